package category

import (
	"cuelight/app/search"
	"cuelight/providers"
)

// Index finds categories by any of their names, by the initial consonants of a
// Korean name, or by number; see search.Index. It is made once for a list and safe
// for use from many goroutines.
type Index struct {
	list  []providers.Category
	index *search.Index
}

// NewIndex indexes a list. Further lists, of other locales, give
// further names to the same numbers.
func NewIndex(list []providers.Category, others ...[]providers.Category) *Index {
	items := make([]search.Item, len(list))
	place := make(map[string]int, len(list))
	for i, c := range list {
		place[c.Number] = i
		items[i] = search.Item{Number: c.Number, Names: []string{c.Name}}
	}
	for _, other := range others {
		for _, c := range other {
			if i, ok := place[c.Number]; ok {
				items[i].Names = append(items[i].Names, c.Name)
			}
		}
	}
	return &Index{list: list, index: search.NewIndex(items)}
}

// All gives the whole list.
func (x *Index) All() []providers.Category { return x.list }

// Search gives the categories that a query finds, best first and then in the
// platform's order. An empty query gives all.
func (x *Index) Search(query string) []providers.Category {
	positions := x.index.Find(query)
	found := make([]providers.Category, len(positions))
	for i, at := range positions {
		found[i] = x.list[at]
	}
	return found
}
