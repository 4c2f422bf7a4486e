package history

import (
	"fmt"
	"testing"

	"cuelight/app/state"
	"cuelight/providers"
)

func TestEntriesAreFoundByAllThatTheyShow(t *testing.T) {
	index := NewIndex([]state.Past{
		{ID: "1", Title: "{episode}화 자러 가기 전 한 판만 더", Category: providers.Category{Name: "배틀그라운드"}, Hashtags: []string{"시참"}},
		{ID: "2", Title: "오랜만에 노래방송", Category: providers.Category{Name: "음악"}},
	})
	for query, want := range map[string]string{
		"한 판": "1", "ㅂㄱ": "1", "시참": "1", "회차": "1", "EPISODE": "1", "ㄴㄹ": "2", "음악": "2", "": "1 2 ", "없음": "",
	} {
		got := ""
		for _, p := range index.Search(query) {
			got += p.ID
			if query == "" {
				got += " "
			}
		}
		if got != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
}

// A keystroke in the recent titles: under 1 ms for 10 000 of them.
func BenchmarkSearch(b *testing.B) {
	list := make([]state.Past, 10_000)
	for i := range list {
		list[i] = state.Past{
			ID: fmt.Sprint(i), Title: fmt.Sprintf("[생] 자러 가기 전 한 판만 더 · 시즌 {episode}화 %d", i),
			Category: providers.Category{Number: "00040066", Name: "배틀그라운드"}, Hashtags: []string{"게임", "자러가자"},
		}
	}
	index := NewIndex(list)
	for _, query := range []string{"자", "자러", "ㅂㄱ", "배그", "9999", "없는 것"} {
		b.Run(query, func(b *testing.B) {
			for b.Loop() {
				index.Search(query)
			}
		})
	}
}
