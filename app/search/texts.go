package search

import (
	"strings"
	"unicode/utf8"
)

// texts are many short texts in one long one: looking through that once is several
// times as fast as through each of them.
type texts struct {
	all string
	// ends are where each text ends, and items what it belongs to.
	ends  []int
	items []int
}

type textsBuilder struct {
	all strings.Builder
	texts
}

func (b *textsBuilder) add(item int, text string) {
	b.all.WriteString(text)
	b.ends, b.items = append(b.ends, b.all.Len()), append(b.items, item)
}

func (b *textsBuilder) build() texts {
	b.texts.all = b.all.String()
	return b.texts
}

// rank improves the ranks of the items with a text that holds the query. of gives
// the rank of a text by where that first is and how long it is.
func (t *texts) rank(ranks []uint8, query string, of func(text string, at, length int) uint8) {
	start, from := 0, 0
	for i := 0; i < len(t.ends); i++ {
		at := strings.Index(t.all[from:], query)
		if at < 0 {
			return
		}
		at += from
		for t.ends[i] <= at {
			start = t.ends[i]
			i++
		}
		end := t.ends[i]
		if at+len(query) <= end { // not across the end of a text
			item := t.items[i]
			ranks[item] = min(ranks[item], of(t.all[start:end], at-start, len(query)))
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
		if item := t.items[i]; ranks[item] == rankCount && strings.HasPrefix(text, first) && inOrder(text[size:], others) {
			ranks[item] = rankShort
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
