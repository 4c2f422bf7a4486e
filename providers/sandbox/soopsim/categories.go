package soopsim

import (
	_ "embed"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// categories.tsv holds a line for each category: number, the number of its
// group or "-", Korean name, English name. Lines starting with "#" are notes.
// The numbers and names in the documents are kept; most other numbers are the
// sandbox's own.
//
//go:embed categories.tsv
var categoryTable string

type category struct {
	Number, Korean, English string
	Children                []category
}

// tree returns the groups in the order of the table.
var tree = sync.OnceValue(func() []category {
	var groups []category
	for line := range strings.Lines(categoryTable) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 4 {
			panic(fmt.Sprintf("categories.tsv: %q has %d columns, not 4", line, len(f)))
		}
		c := category{Number: f[0], Korean: f[2], English: f[3]}
		if f[1] == "-" {
			groups = append(groups, c)
			continue
		}
		at := slices.IndexFunc(groups, func(g category) bool { return g.Number == f[1] })
		if at < 0 {
			panic(fmt.Sprintf("categories.tsv: %q comes before its group", line))
		}
		groups[at].Children = append(groups[at].Children, c)
	}
	return groups
})

// name returns the name in a locale: Korean, and English for every other, as the
// sandbox knows no third language.
func (c category) name(locale string) string {
	if locale == "ko_KR" {
		return c.Korean
	}
	return c.English
}

// categoryName finds a name by number; "" for none.
func categoryName(number, locale string) string {
	for _, group := range tree() {
		if group.Number == number {
			return group.name(locale)
		}
		for _, child := range group.Children {
			if child.Number == number {
				return child.name(locale)
			}
		}
	}
	return ""
}

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
func (s *Service) categoryList(w http.ResponseWriter, c *call) {
	if _, ok := s.authenticateClient(w, c); !ok {
		return
	}
	locale := c.params["locale"]
	if !slices.Contains(c.d.locales, locale) {
		locale = "ko_KR"
	}
	list := make([]groupJSON, 0, len(tree()))
	for _, group := range tree() {
		out := groupJSON{Name: group.name(locale), Number: group.Number, Child: []childJSON{}}
		for _, child := range group.Children {
			out.Child = append(out.Child, childJSON{child.name(locale), child.Number})
		}
		list = append(list, out)
	}
	writeJSON(w, struct {
		List []groupJSON `json:"broad_category"`
	}{list})
}
