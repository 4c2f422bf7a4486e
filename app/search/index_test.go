package search

import (
	"fmt"
	"slices"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestFind(t *testing.T) {
	index := NewIndex([]Item{
		{Names: []string{"[생] 자러 가기 전 한 판만 더", "배틀그라운드"}},
		{Names: []string{"금요일은 시참! 배그", "배틀그라운드", "배틀그라운드"}},
		{Number: "00040066", Names: []string{"Just Chatting"}},
		{},
	})
	for query, want := range map[string][]int{
		"":                    {0, 1, 2, 3},
		"판만":                  {0},
		norm.NFD.String("판만"): {0},
		"배그":                  {1, 0},
		"ㅂㄱ":                  {1, 0},
		"ㅈㄹㄱㄱ":                {0},
		"CHATTING":            {2},
		"40066":               {2},
		"금요일은 시참! 배그":         {1},
		"[생]":                 {0},
		"없는 것":                {},
		"ㅎㅎㅎ":                 {},
	} {
		if got := index.Find(query); !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", query, got, want)
		}
	}
}

// What many items share is kept once, and found for each of them.
func TestASharedNameIsKeptOnce(t *testing.T) {
	items := make([]Item, 100)
	for i := range items {
		items[i] = Item{Names: []string{fmt.Sprint("방송 ", i), "배틀그라운드", "게임"}}
	}
	index := NewIndex(items)
	if kept := len(index.names.ends); kept != 102 {
		t.Errorf("%d names are kept, want 102", kept)
	}
	for _, query := range []string{"배틀", "ㅂㄱ", "배그", "라운", "게임"} {
		if got := index.Find(query); len(got) != 100 || got[0] != 0 || got[99] != 99 {
			t.Errorf("%q finds %v", query, got)
		}
	}
	if got := index.Find("방송 7"); !slices.Equal(got, []int{7, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79}) {
		t.Errorf("the titles of their own: %v", got)
	}
}

// A keystroke in the titles of before searches everything: the target is under
// 1 ms for 10 000 of them.
func BenchmarkFindTitles(b *testing.B) {
	items := make([]Item, 10_000)
	for i := range items {
		items[i] = Item{Names: []string{
			fmt.Sprintf("[생] 자러 가기 전 한 판만 더 · 시즌 {episode}화 %d일째 도전", i), "배틀그라운드", "게임", "자러가자",
		}}
	}
	index := NewIndex(items)
	for _, query := range []string{"[", "자러", "도전", "ㅈㄹㄱㄱ", "ㅂㄱ", "배그", "한 판만 더 99", "없는 것"} {
		b.Run(query, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				index.Find(query)
			}
		})
	}
}
