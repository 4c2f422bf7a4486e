package search

import (
	"strings"
	"unicode/utf8"
)

// texts are many short texts in one long one: looking through that once is several
// times as fast as through each of them. A text that many items share, such as the
// category of thousands of titles, is there once.
type texts struct {
	all string
	// ends are where each text ends, and items those that have it.
	ends  []int
	items [][]int
	// counts are how often each byte is in all.
	counts [256]int
}

type textsBuilder struct {
	all strings.Builder
	// places are where each text is among the items.
	places map[string]int
	texts
}

func (b *textsBuilder) add(item int, text string) {
	if place, ok := b.places[text]; ok {
		b.items[place] = append(b.items[place], item)
		return
	}
	if b.places == nil {
		b.places = make(map[string]int)
	}
	b.places[text] = len(b.items)
	b.all.WriteString(text)
	b.ends, b.items = append(b.ends, b.all.Len()), append(b.items, []int{item})
}

func (b *textsBuilder) build() texts {
	t := b.texts
	t.all = b.all.String()
	for i := range len(t.all) {
		t.counts[t.all[i]]++
	}
	return t
}

// rarest gives the place in the query of the byte that the texts have least: the
// first byte of most Hangul is the same, and looking for that finds little else.
func (t *texts) rarest(query string) int {
	rarest := 0
	for i := range len(query) {
		if t.counts[query[i]] < t.counts[query[rarest]] {
			rarest = i
		}
	}
	return rarest
}

// index gives where the query is from a place on, by its byte at rarest; -1 where it
// is not.
func (t *texts) index(query string, rarest, from int) int {
	for look := from + rarest; look < len(t.all); look++ {
		at := strings.IndexByte(t.all[look:], query[rarest])
		if at < 0 {
			return -1
		}
		look += at
		if strings.HasPrefix(t.all[look-rarest:], query) {
			return look - rarest
		}
	}
	return -1
}

// rank improves the ranks of the items with a text that holds the query. of gives
// the rank of a text by where that first is and how long it is.
func (t *texts) rank(ranks []uint8, query string, of func(text string, at, length int) uint8) {
	start, from, rarest := 0, 0, t.rarest(query)
	for i := 0; i < len(t.ends); i++ {
		at := t.index(query, rarest, from)
		if at < 0 {
			return
		}
		for t.ends[i] <= at {
			start = t.ends[i]
			i++
		}
		end := t.ends[i]
		if at+len(query) <= end { // not across the end of a text
			rank := of(t.all[start:end], at-start, len(query))
			for _, item := range t.items[i] {
				ranks[item] = min(ranks[item], rank)
			}
		}
		start, from = end, end
	}
}

// rankShort ranks the items that nothing else was found in and that have a text
// the query is short for, as Korean abbreviations are: the text begins with its
// first character and has the others in their order.
func (t *texts) rankShort(ranks []uint8, query string) {
	_, size := utf8.DecodeRuneInString(query)
	first, others := query[:size], query[size:]
	if others == "" {
		return
	}
	start := 0
	for i, end := range t.ends {
		text := t.all[start:end]
		start = end
		if !strings.HasPrefix(text, first) || !inOrder(text[size:], others) {
			continue
		}
		for _, item := range t.items[i] {
			ranks[item] = min(ranks[item], rankShort)
		}
	}
}

// inOrder reports whether a text has the characters in their order.
func inOrder(text, characters string) bool {
	for _, r := range characters {
		at := strings.IndexRune(text, r)
		if at < 0 {
			return false
		}
		text = text[at+utf8.RuneLen(r):]
	}
	return true
}
