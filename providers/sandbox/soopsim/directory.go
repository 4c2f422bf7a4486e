package soopsim

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// crowd is how many other streamers are on air.
const crowd = 780

// stranger is one simulated streamer. Who they are never changes; when they
// started and how many watch follows the clock.
type stranger struct {
	id, nick, title, category, language string
	no                                  int
	// offset and lasts place the broadcast in time: one of them is always
	// running, of the length lasts.
	offset, lasts time.Duration
	peak          int
	password      bool
	adult         bool
	tuneOut       bool
	paid          bool
	// paidKnown reports whether the row has paid_promotion at all.
	paidKnown  bool
	thumbnail  bool
	bps        int
	resolution string
}

type directory struct{ strangers []stranger }

var (
	nickHeads = strings.Fields("달콤한 졸린 새벽의 은하수 불타는 조용한 수다쟁이 겨울 분홍 검은 하얀 용감한 배고픈 느긋한 반짝이는 우주 골목 바닷가 연남동 성수동 제주 부산 대전 행복한 까칠한 엉뚱한")
	nickTails = strings.Fields("토끼 고양이 감자 우동 만두 호두 다람쥐 펭귄 두부 복숭아 라떼 판다 곰돌이 하마 수달 꽃게 김밥 모찌 율무 초코 보리 사슴 여우 참새 알파카 너구리")
	// openings stand before a title; most have none.
	openings = []string{"[생]", "", "", "", "[뉴비] ", "[합방] ", "[종합] "}
	// sayings are titles, by what a broadcast is about. %s is the streamer's
	// name, or for games the game's.
	sayings = map[string][]string{
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

// newDirectory makes the crowd, the same in every process.
func newDirectory() *directory {
	dice := rand.New(rand.NewPCG(2026, 11))
	leaves := leafCategories()
	d := &directory{}
	for i := range crowd {
		nick := nickHeads[dice.IntN(len(nickHeads))] + nickTails[dice.IntN(len(nickTails))]
		id := fmt.Sprintf("%s%d", []string{"afree", "soop", "live", "play", "star"}[dice.IntN(5)], 1000+i)
		number := leaves[pick(dice, len(leaves))]
		// Few are watched by many: a Pareto tail, cut off at 60 000.
		peak := min(60000, int(3/math.Pow(1-dice.Float64(), 1.15)))
		d.strangers = append(d.strangers, stranger{
			id: id, nick: nick, title: titleFor(dice, number, nick), no: 250_000_000 + i*37,
			category: number, language: languageOf(dice.Float64()),
			offset: time.Duration(dice.IntN(43200)) * time.Second, lasts: time.Duration(2+dice.IntN(9)) * time.Hour,
			peak: peak, password: dice.Float64() < 0.04, adult: dice.Float64() < 0.07, tuneOut: dice.Float64() < 0.5,
			paid: dice.Float64() < 0.1, paidKnown: dice.Float64() < 0.4, thumbnail: dice.Float64() > 0.03,
			bps: []int{2000, 4000, 6000, 8000}[dice.IntN(4)], resolution: resolutions[dice.IntN(len(resolutions))],
		})
	}
	return d
}

// titleFor makes a title that suits the category.
func titleFor(dice *rand.Rand, number, nick string) string {
	about, name := number, nick
	for _, group := range tree() {
		if slices.ContainsFunc(group.Children, func(child category) bool { return child.Number == number }) {
			about, name = "00040000", categoryName(number, "ko_KR")
		}
	}
	pool := sayings[about]
	if pool == nil {
		pool = sayings[""]
	}
	title := strings.ReplaceAll(pool[dice.IntN(len(pool))], "%s", name)
	return openings[dice.IntN(len(openings))] + title
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
	for _, group := range tree() {
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
func pick(dice *rand.Rand, n int) int {
	if dice.Float64() < 0.36 {
		return dice.IntN(min(6, n))
	}
	return dice.IntN(n)
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

// started returns when the running broadcast began.
func (p *stranger) started(now time.Time) time.Time {
	into := time.Duration((now.Unix()*int64(time.Second) + int64(p.offset)) % int64(p.lasts))
	return now.Add(-into).Truncate(time.Second)
}

// watching returns the viewers at a moment: up to the peak within half an hour,
// then breathing.
func (p *stranger) watching(now time.Time) int {
	minutes := now.Sub(p.started(now)).Minutes()
	ramp := 1 - math.Exp(-(minutes+1)/12)
	return max(1, int(float64(p.peak)*ramp*(1+0.05*math.Sin(minutes/7+float64(p.no%11)))))
}
