// Package search finds what somebody types the beginning, a part, the initial
// consonants or an abbreviation of: categories, titles of before.
package search

import (
	"slices"
	"strings"

	"cuelight/internal/text"
)

// Item is what can be found.
type Item struct {
	// Number finds it as well, with leading zeros and without; may be empty.
	Number string
	// Names are the texts that it is found by; the same one twice counts once.
	Names []string
}

// Index finds items by any of their names, by the initial consonants of a Korean
// name ("ㅂㄱ" finds 배틀그라운드), or by number. It is made once for a list and
// safe for use from many goroutines.
type Index struct {
	numbers []string // of each item, without leading zeros
	names   texts
	// initials are the names with each Hangul syllable replaced by its initial
	// consonant.
	initials texts
}

// NewIndex indexes a list.
func NewIndex(items []Item) *Index {
	x := &Index{numbers: make([]string, len(items))}
	var names, initials textsBuilder
	for i, item := range items {
		x.numbers[i] = strings.TrimLeft(item.Number, "0")
		for n, name := range item.Names {
			if slices.Contains(item.Names[:n], name) {
				continue
			}
			folded := Fold(name)
			names.add(i, folded)
			if consonants := initialsOf(folded); consonants != folded {
				initials.add(i, consonants)
			}
		}
	}
	x.names, x.initials = names.build(), initials.build()
	return x
}

// Fold makes names comparable: one form of each character (macOS writes Hangul in
// pieces), no case, nothing around or inside that nobody sees.
func Fold(s string) string { return strings.ToLower(text.Title(s)) }

// The ranks of a match, best first.
const (
	rankExact = iota
	rankBegins
	rankWord
	rankHolds
	rankInitials
	rankShort
	rankCount
)

// Find gives the positions of the items that a query finds: exact matches first,
// then names that begin with it, names with a word that does, names that hold it,
// names whose initial consonants do, and names it is short for last ("배그",
// "ㅂㄱ" for 배틀그라운드); each in the order of the list. An empty query finds all.
func (x *Index) Find(query string) []int {
	query = Fold(query)
	ranks := make([]uint8, len(x.numbers))
	if query != "" {
		for i := range ranks {
			ranks[i] = rankCount
		}
		x.rankNumbers(ranks, text.Digits(query))
		x.names.rank(ranks, query, rankOf)
		initials := onlyInitials(query)
		if initials {
			x.initials.rank(ranks, query, func(string, int, int) uint8 { return rankInitials })
		}
		switch {
		case initials:
			x.initials.rankShort(ranks, query)
		case onlySyllables(query):
			x.names.rankShort(ranks, query)
		}
	}
	return sorted(ranks)
}

// sorted gives the positions by rank: setting each once, in its place, is what
// keeps a single letter that everything matches fast.
func sorted(ranks []uint8) []int {
	var next [rankCount + 1]int // where the next position of a rank goes
	for _, rank := range ranks {
		if rank < rankCount {
			next[rank+1]++
		}
	}
	for rank := range rankCount {
		next[rank+1] += next[rank]
	}
	found := make([]int, next[rankCount])
	for i, rank := range ranks {
		if rank < rankCount {
			found[next[rank]] = i
			next[rank]++
		}
	}
	return found
}

func (x *Index) rankNumbers(ranks []uint8, query string) {
	if strings.Trim(query, "0123456789") != "" {
		return
	}
	query = strings.TrimLeft(query, "0")
	for i, number := range x.numbers {
		switch {
		case number == query && number != "":
			ranks[i] = rankExact
		case strings.HasPrefix(number, query):
			ranks[i] = rankBegins
		}
	}
}

// rankOf ranks a name that holds a query of a length from a place on.
func rankOf(name string, at, length int) uint8 {
	switch {
	case at == 0 && len(name) == length:
		return rankExact
	case at == 0:
		return rankBegins
	case name[at-1] == ' ':
		return rankWord
	}
	return rankHolds
}

// Hangul syllables are laid out in Unicode by initial, vowel and final
// (Unicode Standard, section 3.12): 588 syllables an initial.
const (
	syllableFirst = 0xAC00
	syllableLast  = 0xD7A3
	perInitial    = 588
)

// initialConsonants are the letters a keyboard types, in the order of the
// syllables' initials.
var initialConsonants = []rune("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ")

func initialsOf(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= syllableFirst && r <= syllableLast:
			return initialConsonants[(r-syllableFirst)/perInitial]
		case r == ' ':
			return -1 // nobody types the space between initials
		}
		return r
	}, name)
}

func onlyInitials(query string) bool {
	for _, r := range query {
		if !strings.ContainsRune(string(initialConsonants), r) {
			return false
		}
	}
	return query != ""
}

func onlySyllables(query string) bool {
	return strings.IndexFunc(query, func(r rune) bool { return r < syllableFirst || r > syllableLast }) < 0
}
