// Package catalog holds what the simulated SOOP is filled with: its categories,
// and the streamers that are on air beside the user's own.
package catalog

import (
	_ "embed"
	"fmt"
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

// Category is one entry of the tree; only groups have Children.
type Category struct {
	// Number has eight digits, as in the platform's lists.
	Number, Korean, English string
	Children                []Category
}

// Tree returns the groups in the order of the table. It must not be changed.
func Tree() []Category { return tree() }

// tree parses the table once.
var tree = sync.OnceValue(func() []Category {
	var groups []Category
	for line := range strings.Lines(categoryTable) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 4 {
			panic(fmt.Sprintf("categories.tsv: %q has %d columns, not 4", line, len(f)))
		}
		c := Category{Number: f[0], Korean: f[2], English: f[3]}
		if f[1] == "-" {
			groups = append(groups, c)
			continue
		}
		at := slices.IndexFunc(groups, func(g Category) bool { return g.Number == f[1] })
		if at < 0 {
			panic(fmt.Sprintf("categories.tsv: %q comes before its group", line))
		}
		groups[at].Children = append(groups[at].Children, c)
	}
	return groups
})

// Name returns the name in a locale: Korean, and English for every other, as the
// sandbox knows no third language.
func (c Category) Name(locale string) string {
	if locale == "ko_KR" {
		return c.Korean
	}
	return c.English
}

// NameOf finds a name by number; "" for none.
func NameOf(number, locale string) string {
	for _, group := range Tree() {
		if group.Number == number {
			return group.Name(locale)
		}
		for _, child := range group.Children {
			if child.Number == number {
				return child.Name(locale)
			}
		}
	}
	return ""
}
