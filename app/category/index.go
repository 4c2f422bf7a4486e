package category

import (
	"strings"

	"cuelight/providers"
)

// Index finds categories by any of their names, by the initial
// consonants of a Korean name ("ㅂㄱ" finds 배틀그라운드), or by number. It is
// made once for a list and safe for use from many goroutines.
type Index struct {
	list    []providers.Category
	entries []indexEntry
}

type indexEntry struct {
	number string // without leading zeros
	names  []string
	// initials are the names with each Hangul syllable replaced by its initial
	// consonant.
	initials []string
}

// NewIndex indexes a list. Further lists, of other locales, give
// further names to the same numbers.
func NewIndex(list []providers.Category, others ...[]providers.Category) *Index {
	index := &Index{list: list, entries: make([]indexEntry, len(list))}
	place := make(map[string]int, len(list))
	for i, c := range list {
		place[c.Number] = i
		index.entries[i].number = strings.TrimLeft(c.Number, "0")
		index.entries[i].add(c.Name)
	}
	for _, other := range others {
		for _, c := range other {
			if i, ok := place[c.Number]; ok {
				index.entries[i].add(c.Name)
			}
		}
	}
	return index
}

func (e *indexEntry) add(name string) {
	folded := foldName(name)
	for _, known := range e.names {
		if known == folded {
			return
		}
	}
	e.names = append(e.names, folded)
	if initials := initialsOf(folded); initials != folded {
		e.initials = append(e.initials, initials)
	}
}

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

// All gives the whole list.
func (x *Index) All() []providers.Category { return x.list }

// Search gives the categories that a query finds: exact matches first, then
// names that begin with it, names with a word that does, names that hold it,
// names whose initial consonants do, and names it is short for last ("배그",
// "ㅂㄱ" for 배틀그라운드); each in the platform's order. An empty query gives
// all.
func (x *Index) Search(query string) []providers.Category {
	query = foldName(query)
	if query == "" {
		return x.list
	}
	q := searchQuery{text: query, number: strings.TrimLeft(query, "0"), initials: onlyInitials(query)}
	q.hangul = strings.IndexFunc(query, func(r rune) bool { return r < syllableFirst || r > syllableLast }) < 0
	q.isNumber = strings.Trim(query, "0123456789") == ""
	// Ranks first, entries after: copying each entry once, to its place, is what
	// keeps a single letter that everything matches fast.
	ranks := make([]uint8, len(x.entries))
	var next [rankCount + 1]int // where the next entry of a rank goes
	for i := range x.entries {
		rank := x.entries[i].rank(q)
		ranks[i] = uint8(rank)
		if rank < rankCount {
			next[rank+1]++
		}
	}
	for rank := range rankCount {
		next[rank+1] += next[rank]
	}
	found := make([]providers.Category, next[rankCount])
	for i, rank := range ranks {
		if rank < rankCount {
			found[next[rank]] = x.list[i]
			next[rank]++
		}
	}
	return found
}

type searchQuery struct {
	text, number string
	// isNumber: the query is digits only; initials: it is consonants only;
	// hangul: it is syllables only.
	isNumber, initials, hangul bool
}

func (e *indexEntry) rank(q searchQuery) int {
	best := rankCount
	if q.isNumber {
		switch {
		case e.number == q.number:
			return rankExact
		case strings.HasPrefix(e.number, q.number):
			best = rankBegins
		}
	}
	for _, name := range e.names {
		best = min(best, rankName(name, q.text))
		if best == rankCount && q.hangul && shortFor(name, q.text) {
			best = rankShort
		}
	}
	if q.initials {
		for _, initials := range e.initials {
			switch {
			case strings.Contains(initials, q.text):
				best = min(best, rankInitials)
			case best == rankCount && shortFor(initials, q.text):
				best = rankShort
			}
		}
	}
	return best
}

// shortFor reports whether a name begins with the first character of short and
// has the others in their order, as Korean abbreviations do.
func shortFor(name, short string) bool {
	rest := []rune(short)
	if len(rest) < 2 || !strings.HasPrefix(name, string(rest[:1])) {
		return false
	}
	for _, r := range name {
		if len(rest) > 0 && r == rest[0] {
			rest = rest[1:]
		}
	}
	return len(rest) == 0
}

func rankName(name, query string) int {
	at := strings.Index(name, query)
	switch {
	case at < 0:
		return rankCount
	case at == 0 && len(name) == len(query):
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
