package soopsim

import (
	"net/http"
	"slices"

	"cuelight/providers/sandbox/soopsim/catalog"
)

// groupJSON and childJSON are as documented: only groups have "child".
type groupJSON struct {
	Name   string      `json:"cate_name"`
	Number string      `json:"cate_no"`
	Child  []childJSON `json:"child"`
}

type childJSON struct {
	Name   string `json:"cate_name"`
	Number string `json:"cate_no"`
}

// categoryList is GET broad/category/list. Its answer has no "result".
func (h directory) categoryList(w http.ResponseWriter, c *call) {
	if _, ok := h.authenticateClient(w, c); !ok {
		return
	}
	locale := c.params["locale"]
	if !slices.Contains(c.d.locales, locale) {
		locale = "ko_KR"
	}
	list := make([]groupJSON, 0, len(catalog.Tree()))
	for _, group := range catalog.Tree() {
		out := groupJSON{Name: group.Name(locale), Number: group.Number, Child: []childJSON{}}
		for _, child := range group.Children {
			out.Child = append(out.Child, childJSON{child.Name(locale), child.Number})
		}
		list = append(list, out)
	}
	writeJSON(w, struct {
		List []groupJSON `json:"broad_category"`
	}{list})
}
