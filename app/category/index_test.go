package category

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"golang.org/x/text/unicode/norm"

	"cuelight/providers"
)

var someCategories = []providers.Category{
	{Number: "00130000", Name: "게임"},
	{Number: "00040070", Name: "새 스타크래프트"},
	{Number: "00040001", Name: "스타크래프트", Parent: "00130000"},
	{Number: "00040066", Name: "스타크래프트 II"},
	{Number: "00040130", Name: "League of Legends"},
	{Number: "00810000", Name: "음악"},
	{Number: "00820000", Name: "음악"},
}

func numbers(list []providers.Category) []string {
	found := []string{}
	for _, c := range list {
		found = append(found, c.Number)
	}
	return found
}

func TestSearch(t *testing.T) {
	for _, c := range []struct {
		name, query string
		want        []string
	}{
		{"exact first, then beginnings, then parts", "스타크래프트", []string{"00040001", "00040066", "00040070"}},
		{"Hangul in pieces, as macOS writes it", norm.NFD.String("스타크래프트"), []string{"00040001", "00040066", "00040070"}},
		{"upper and lower case alike", "LEAGUE", []string{"00040130"}},
		{"space around", "  게임\t", []string{"00130000"}},
		{"number with zeros", "00040066", []string{"00040066"}},
		{"number without zeros", "40066", []string{"00040066"}},
		{"number in full-width digits", "４００６６", []string{"00040066"}},
		{"part of a number", "4007", []string{"00040070"}},
		{"same name twice, in the platform's order", "음악", []string{"00810000", "00820000"}},
		{"nothing", "없는 것", []string{}},
		{"part of a name in the middle", "of leg", []string{"00040130"}},
		{"empty gives all", " ", numbers(someCategories)},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := numbers(NewIndex(someCategories).Search(c.query)); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestSearchFindsNamesThatThePlatformWritesInPieces(t *testing.T) {
	list := []providers.Category{{Number: "1", Name: norm.NFD.String("게임")}}
	if len(NewIndex(list).Search("게임")) != 1 {
		t.Error("not found")
	}
	if _, err := Find(list, "게임"); err != nil {
		t.Error(err)
	}
}

func TestTheIndexFindsByInitialConsonantsAndOtherLanguagesNames(t *testing.T) {
	english := []providers.Category{{Number: "00040001", Name: "StarCraft"}, {Number: "00999999", Name: "not in the list"}}
	index := NewIndex(someCategories, english)
	for query, want := range map[string][]string{
		"starcraft": {"00040001"},
		"ㅅㅌㅋㄹㅍㅌ":    {"00040001", "00040066", "00040070"},
		"ㅇㅇ":        {"00810000", "00820000"},
		"not in":    {},
	} {
		found := numbers(index.Search(query))
		slices.Sort(found)
		if !slices.Equal(found, want) {
			t.Errorf("%s: got %v, want %v", query, found, want)
		}
	}
	if len(index.All()) != len(someCategories) {
		t.Error("the whole list is not the whole list")
	}
}

func TestFind(t *testing.T) {
	for _, c := range []struct{ name, text, want, reason string }{
		{name: "exact name", text: "스타크래프트", want: "00040001"},
		{name: "name in pieces", text: norm.NFD.String("스타크래프트"), want: "00040001"},
		{name: "name in another case", text: "league OF legends", want: "00040130"},
		{name: "number with zeros", text: "00040066", want: "00040066"},
		{name: "full-width number", text: "\u200b４００６６ ", want: "00040066"},
		{name: "name with what nobody sees", text: "스타\u200b크래프트\ufeff", want: "00040001"},
		{name: "number without zeros", text: "40066", want: "00040066"},
		{name: "ambiguous number wins over the name twice", text: "810000", want: "00810000"},
		{name: "only a beginning", text: "스타", reason: "category.unknown"},
		{name: "a name that two have", text: "음악", reason: "category.ambiguous"},
		{name: "nothing", text: "", reason: "category.unknown"},
		{name: "zeros alone", text: "0", reason: "category.unknown"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Find(someCategories, c.text)
			if c.reason == "" {
				if err != nil || got.Number != c.want {
					t.Fatalf("got %+v, %v", got, err)
				}
				return
			}
			var usage *providers.Error
			if !errors.As(err, &usage) || usage.Reason != c.reason || !errors.Is(err, providers.ErrUsage) || usage.Field != "category" {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

// A keystroke in the picker searches everything: the target is under 1 ms for
// 10 000 categories.
func BenchmarkIndexSearch(b *testing.B) {
	list := make([]providers.Category, 10_000)
	for i := range list {
		list[i] = providers.Category{Number: fmt.Sprintf("%08d", i), Name: fmt.Sprintf("스타크래프트 리마스터 %d", i)}
	}
	index := NewIndex(list)
	for _, query := range []string{"스", "스타크래프트 리마스터 99", "ㅅㅌ", "9999", "없는 것"} {
		b.Run(query, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				index.Search(query)
			}
		})
	}
}
