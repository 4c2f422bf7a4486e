package kittest

import (
	"context"
	"fmt"
	"sync"
	"time"

	"cuelight/app/state"
	"cuelight/app/titles"
	"cuelight/app/titletemplate"
	"cuelight/providers"
	"cuelight/widgets/fakeclock"
)

// Titles expands titles with made-up values, and notes what is asked of the history.
type Titles struct {
	titling sync.Mutex // guards everything below
	lang    string
	episode int
	// wanted are the calls, such as "mark 3 true".
	wanted []string
}

func (t *Titles) SetLang(lang string) {
	t.titling.Lock()
	defer t.titling.Unlock()
	t.lang = lang
}

func (t *Titles) TitleNow(change providers.Patch) (titles.Text, error) {
	parsed, err := titletemplate.Parse(*change.Title)
	if err != nil {
		return titles.Text{}, err
	}
	t.titling.Lock()
	defer t.titling.Unlock()
	now := titles.Text{}
	if parsed.Uses(titletemplate.Episode) {
		now.Episode = max(t.episode, 13)
	}
	now.Text = parsed.Expand(titletemplate.Values{
		Now: fakeclock.New().Now(), Lang: t.lang, Episode: now.Episode, Category: "배틀그라운드", Scene: "게임",
	})
	return now, nil
}

func (t *Titles) SetEpisode(_ context.Context, title string, number int) error {
	t.titling.Lock()
	t.episode = number
	t.titling.Unlock()
	return t.want("episode %d of %s", number, title)
}

func (t *Titles) MarkPast(_ context.Context, id string, favourite bool) error {
	return t.want("mark %s %t", id, favourite)
}

func (t *Titles) ForgetPast(_ context.Context, id string) error { return t.want("forget %s", id) }

func (t *Titles) DraftAgain(_ context.Context, title, category string) error {
	return t.want("again %s in %s", title, category)
}

func (t *Titles) want(format string, args ...any) error {
	t.titling.Lock()
	defer t.titling.Unlock()
	t.wanted = append(t.wanted, fmt.Sprintf(format, args...))
	return nil
}

// Wanted gives what was asked so far.
func (t *Titles) Wanted() []string {
	t.titling.Lock()
	defer t.titling.Unlock()
	return append([]string{}, t.wanted...)
}

// WithHistory is a State with titles that were applied before.
func WithHistory(s state.State) state.State {
	now := fakeclock.New().Now()
	pubg, music := providers.Category{Number: "00040066", Name: "배틀그라운드"}, providers.Category{Number: "00810000", Name: "음악"}
	games := providers.Category{Number: "00040032", Name: "종합게임"}
	past := func(id, title string, c providers.Category, uses int, ago time.Duration, favourite bool) state.Past {
		return state.Past{ID: id, Title: title, Category: c, Hashtags: []string{"게임"}, Platform: s.Account.Platform, Uses: uses, Last: now.Add(-ago), Favorite: favourite}
	}
	s.History = []state.Past{
		past("4", "[생] 자러 가기 전 한 판만 더 · 시즌 {episode}화", pubg, 42, 26*time.Hour, true),
		past("3", "금요일은 시참! 스쿼드 두 자리", pubg, 9, 5*24*time.Hour, false),
		past("2", "오랜만에 노래방송", music, 3, 25*24*time.Hour, false),
		past("1", "{weekday} 저녁 종겜", games, 17, 28*24*time.Hour, false),
	}
	return s
}
