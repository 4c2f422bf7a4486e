package history

import (
	"cuelight/app/search"
	"cuelight/app/state"
)

// Index finds entries by title, category and hashtags, as categories are found. It
// is made once for a list and safe for use from many goroutines.
type Index struct {
	list  []state.Past
	index *search.Index
}

// NewIndex indexes a list.
func NewIndex(list []state.Past) *Index {
	items := make([]search.Item, len(list))
	for i, p := range list {
		names := append([]string{p.Title, p.Category.Name}, p.Hashtags...)
		if s := p.TitleIn("ko"); s != p.Title {
			names = append(names, s)
		}
		items[i] = search.Item{Names: names}
	}
	return &Index{list: list, index: search.NewIndex(items)}
}

// Search gives the entries that a query finds, best first; among those as good, in
// the order of the list. An empty query gives all. They are the list's own: nobody
// changes them, and copies of thousands would take longer than finding them.
func (x *Index) Search(query string) []*state.Past {
	positions := x.index.Find(query)
	found := make([]*state.Past, len(positions))
	for i, at := range positions {
		found[i] = &x.list[at]
	}
	return found
}
