package chzzksim

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// pageOfLives is the most, and the default, that a page of lives has, as
// documented. repeated are how many of a page the next one has again, as lists do
// that shift while they are read.
const (
	pageOfLives = 20
	repeated    = 2
)

// koreanTime is the zone of the platform's times, which are written without one.
var koreanTime = time.FixedZone("KST", 9*60*60)

func korean(at time.Time) string { return at.In(koreanTime).Format(time.DateTime) }

// live is somebody who is on air.
type live struct {
	id             int
	channel, nick  string
	title          string
	category       category
	viewers        int
	since          time.Duration
	adult, picture bool
	tags           []string
}

// crowd are those who are always on air beside the user's own streamer, by
// viewers.
var crowd = sync.OnceValue(func() []live {
	rng := rand.New(rand.NewPCG(2026, 12))
	names := strings.Fields("달빛토끼 모찌 감자튀김 새벽수달 연두부 콩나물 바다거북 은하수 솜사탕 호빵 도토리 라떼 구름이 단무지 참치마요")
	titles := strings.Fields("편하게_놀다_가세요 골드까지_안_끕니다 오늘은_새벽까지 처음_해보는_게임 시참_환영 조용히_작업해요 야식_먹으면서_수다")
	all := make([]live, 0, 130)
	for i := range cap(all) {
		c := categories[rng.IntN(len(categories))]
		all = append(all, live{
			id: 9_000_001 + i*13, channel: fmt.Sprintf("%032x", 0xc0ffee00+i), nick: names[i%len(names)] + strconv.Itoa(i),
			title: strings.ReplaceAll(titles[rng.IntN(len(titles))], "_", " "), category: c, viewers: 1 + rng.IntN(200)*rng.IntN(60),
			since: time.Duration(5+rng.IntN(600)) * time.Minute, adult: i%23 == 7, picture: i%5 != 3, tags: []string{"한국어"},
		})
	}
	slices.SortStableFunc(all, func(a, b live) int { return cmp.Compare(b.viewers, a.viewers) })
	return all
})

// lives is GET lives, by viewers.
func (s *Service) lives(w http.ResponseWriter, r *http.Request) {
	size, ok := sizeOf(r, pageOfLives, pageOfLives)
	from := 0
	if cursor := r.FormValue("next"); cursor != "" {
		n, err := strconv.Atoi(strings.TrimPrefix(cursor, "c"))
		ok, from = ok && err == nil && n >= 0, n
	}
	if !ok {
		refuse(w, http.StatusBadRequest, badValue)
		return
	}
	all, err := s.onAir(r)
	if err != nil {
		s.internalError(w, err)
		return
	}
	data, next := []map[string]any{}, any(nil)
	from = min(from, len(all))
	to := min(from+size, len(all))
	for _, l := range all[from:to] {
		data = append(data, l.object(s.Now()))
	}
	if to < len(all) {
		next = "c" + strconv.Itoa(max(from+1, to-repeated))
	}
	page := map[string]any{}
	if next != nil {
		page["next"] = next
	}
	succeed(w, map[string]any{"data": data, "page": page})
}

// onAir are the crowd and the simulated streamers who are on air.
func (s *Service) onAir(r *http.Request) ([]live, error) {
	all := slices.Clone(crowd())
	err := s.State.View(r.Context(), func(st *State) {
		for i, p := range People {
			who := st.Streamers[p.ID]
			who.expire(s.Now())
			if !who.OnAir {
				continue
			}
			c, _ := findCategory(who.Setting.CategoryType, who.Setting.CategoryID)
			all = append(all, live{
				id: 8_000_001 + i, channel: p.ID, nick: p.Nick, title: who.Setting.Title, category: c, viewers: 7,
				since: s.Now().Sub(who.Started), tags: who.Setting.Tags,
			})
		}
	})
	slices.SortStableFunc(all, func(a, b live) int { return cmp.Compare(b.viewers, a.viewers) })
	return all, err
}

func (l live) object(now time.Time) map[string]any {
	out := map[string]any{
		"liveId": l.id, "liveTitle": l.title, "liveThumbnailImageUrl": nil, "concurrentUserCount": l.viewers,
		"openDate": korean(now.Add(-l.since)), "adult": l.adult, "tags": l.tags, "categoryType": l.category.Type,
		"liveCategory": l.category.ID, "liveCategoryValue": l.category.Name, "channelId": l.channel, "channelName": l.nick,
		"channelImageUrl": nil,
	}
	if l.picture {
		out["liveThumbnailImageUrl"] = "https://img.chzzk.example/live/" + l.channel + "/image_{type}.jpg"
	}
	return out
}

// liveStatus is the web site's own live status, which needs no sign-in. What is
// left over from a broadcast stays in it when that is over.
func (s *Service) liveStatus(w http.ResponseWriter, r *http.Request) {
	channel := r.PathValue("channel")
	var who *Streamer
	err := s.State.View(r.Context(), func(st *State) {
		if who = st.Streamers[channel]; who != nil {
			who.expire(s.Now())
		}
	})
	if err != nil {
		s.internalError(w, err)
		return
	}
	if who == nil {
		succeed(w, nil)
		return
	}
	c, _ := findCategory(who.Setting.CategoryType, who.Setting.CategoryID)
	polling, _ := json.Marshal(map[string]any{"status": "STARTED", "isPublishing": who.OnAir, "callPeriodMilliSecond": 10000})
	out := map[string]any{
		"channelId": channel, "liveTitle": who.Setting.Title, "status": "CLOSE", "concurrentUserCount": 7, "adult": false,
		"tags": who.Setting.Tags, "categoryType": c.Type, "liveCategory": c.ID, "liveCategoryValue": c.Name,
		"openDate": korean(who.Started), "closeDate": korean(who.Ended), "livePollingStatusJson": string(polling),
	}
	if who.OnAir {
		out["status"], out["closeDate"] = "OPEN", nil
	}
	succeed(w, out)
}
