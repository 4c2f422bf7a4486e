package catalog

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"
)

// crowdSize is how many streamers are on air beside the user's own.
const crowdSize = 780

// Broadcaster is one simulated streamer who is always on air. Only when the
// present broadcast started and how many watch it depends on the time.
type Broadcaster struct {
	ID, Nick, Title, Category, Language string
	// Number is the number of the broadcast.
	Number int
	// offset and length determine when the present broadcast started: each has
	// that length, and the next one follows at once.
	offset, length time.Duration
	peakViewers    int
	Password       bool
	Adult          bool
	TuneOut        bool
	Paid           bool
	// PaidKnown is false where the list lacks paid_promotion.
	PaidKnown    bool
	HasThumbnail bool
	Bps          int
	Resolution   string
}

var (
	nickHeads = strings.Fields("달콤한 졸린 새벽의 은하수 불타는 조용한 수다쟁이 겨울 분홍 검은 하얀 용감한 배고픈 느긋한 반짝이는 우주 골목 바닷가 연남동 성수동 제주 부산 대전 행복한 까칠한 엉뚱한")
	nickTails = strings.Fields("토끼 고양이 감자 우동 만두 호두 다람쥐 펭귄 두부 복숭아 라떼 판다 곰돌이 하마 수달 꽃게 김밥 모찌 율무 초코 보리 사슴 여우 참새 알파카 너구리")
	// titlePrefixes precede a title; most have none.
	titlePrefixes = []string{"[생]", "", "", "", "[뉴비] ", "[합방] ", "[종합] "}
	// titleTemplates are titles, by category group. %s is the streamer's
	// name, or for games the game's.
	titleTemplates = map[string][]string{
		"00040000": {
			"%s 다이아 갈 때까지 안 꺼요", "%s 듀오 구합니다 (골드 이상)", "%s 엔딩 보러 왔습니다", "%s 100연승 도전 3일차",
			"%s 한 판만 하고 자야지 (거짓말)", "%s 스크림 중계 (사운드 O)", "복귀 유저의 %s", "%s 시청자 참여 환영해요",
			"%s 클랜전 결승! 응원 부탁드려요", "%s 초보 환영, 훈수 환영", "%s 레이드 공대원 모집", "처음 해보는 %s",
		},
		"00330000": {"%s의 치킨 먹방 + 사연 읽기", "야식 추천 받아요", "집밥 같이 해 먹어요", "매운맛 도전! 물 없이 완뽕", "시장 떡볶이 3만원어치"},
		"00060000": {"노래 신청 받습니다 ♬", "잔잔한 노래 틀어 놓고 수다", "피아노 치는 %s", "커버곡 녹음하는 날"},
		"00250000": {"공부 같이 해요 25분 집중 / 5분 휴식", "%s의 조용한 작업실", "퇴근 후 자격증 공부"},
		"00190000": {"새벽 바다낚시 출조", "%s의 방파제 원투 낚시"},
		"": {
			"%s님의 방송", "오늘은 새벽까지 달립니다", "편하게 놀다 가세요", "첫 방송입니다 잘 부탁드려요", "월요일 아침 같이 출근해요",
			"아무 말 대잔치 & 고민 상담", "이번 주 밀린 이야기 풀기", "오랜만에 켰습니다", "비 오는 날 수다",
			"아주 긴 제목도 잘려 보이는지 확인하기 위한 방송입니다 끝까지 읽어 주셔서 감사하고 오늘도 좋은 하루 보내시길 바라요 꼭이요",
		},
	}
	resolutions = []string{"1280x720", "1920x1080", "1920x1080", "960x540", "2560x1440"}
)

// Crowd returns the streamers that are on air, the same in every process. It
// must not be changed.
func Crowd() []Broadcaster { return crowd() }

// crowd makes them once.
var crowd = sync.OnceValue(func() []Broadcaster {
	rng := rand.New(rand.NewPCG(2026, 11))
	leaves := leafCategories()
	all := make([]Broadcaster, 0, crowdSize)
	for i := range crowdSize {
		nick := nickHeads[rng.IntN(len(nickHeads))] + nickTails[rng.IntN(len(nickTails))]
		id := fmt.Sprintf("%s%d", []string{"afree", "soop", "live", "play", "star"}[rng.IntN(5)], 1000+i)
		number := leaves[pick(rng, len(leaves))]
		// Few are watched by many: a Pareto tail, cut off at 60 000.
		peak := min(60000, int(3/math.Pow(1-rng.Float64(), 1.15)))
		all = append(all, Broadcaster{
			ID: id, Nick: nick, Title: titleFor(rng, number, nick), Number: 250_000_000 + i*37,
			Category: number, Language: languageOf(rng.Float64()),
			offset: time.Duration(rng.IntN(43200)) * time.Second, length: time.Duration(2+rng.IntN(9)) * time.Hour,
			peakViewers: peak, Password: rng.Float64() < 0.04, Adult: rng.Float64() < 0.07, TuneOut: rng.Float64() < 0.5,
			Paid: rng.Float64() < 0.1, PaidKnown: rng.Float64() < 0.4, HasThumbnail: rng.Float64() > 0.03,
			Bps: []int{2000, 4000, 6000, 8000}[rng.IntN(4)], Resolution: resolutions[rng.IntN(len(resolutions))],
		})
	}
	return all
})

// titleFor makes a title that suits the category.
func titleFor(rng *rand.Rand, number, nick string) string {
	about, name := number, nick
	for _, group := range Tree() {
		if slices.ContainsFunc(group.Children, func(child Category) bool { return child.Number == number }) {
			about, name = "00040000", NameOf(number, "ko_KR")
		}
	}
	pool := titleTemplates[about]
	if pool == nil {
		pool = titleTemplates[""]
	}
	title := strings.ReplaceAll(pool[rng.IntN(len(pool))], "%s", name)
	return titlePrefixes[rng.IntN(len(titlePrefixes))] + title
}

// leafCategories returns every category that can be chosen, the documented ones
// first.
func leafCategories() []string {
	first := []string{"00130000", "00330000", "00040019", "00040066", "00040075", "00040103"}
	leaves := slices.Clone(first)
	add := func(number string) {
		if !slices.Contains(first, number) {
			leaves = append(leaves, number)
		}
	}
	for _, group := range Tree() {
		if len(group.Children) == 0 {
			add(group.Number)
		}
		for _, child := range group.Children {
			add(child.Number)
		}
	}
	return leaves
}

// pick favours the first ones: a third of the crowd is in the first six
// categories, as on the service talk and two games hold most.
func pick(rng *rand.Rand, n int) int {
	if rng.Float64() < 0.36 {
		return rng.IntN(min(6, n))
	}
	return rng.IntN(n)
}

func languageOf(roll float64) string {
	switch {
	case roll < 0.90:
		return "ko_KR"
	case roll < 0.94:
		return "en_US"
	case roll < 0.96:
		return "zh_CN"
	case roll < 0.98:
		return "th_TH"
	case roll < 0.99:
		return "ja_JP"
	}
	return "etc"
}

// Started returns when the running broadcast began.
func (b Broadcaster) Started(now time.Time) time.Time {
	into := time.Duration((now.Unix()*int64(time.Second) + int64(b.offset)) % int64(b.length))
	return now.Add(-into).Truncate(time.Second)
}

// Viewers returns the viewers at a moment: up to the peak within half an hour,
// then varying a little.
func (b Broadcaster) Viewers(now time.Time) int {
	minutes := now.Sub(b.Started(now)).Minutes()
	ramp := 1 - math.Exp(-(minutes+1)/12)
	return max(1, int(float64(b.peakViewers)*ramp*(1+0.05*math.Sin(minutes/7+float64(b.Number%11)))))
}
