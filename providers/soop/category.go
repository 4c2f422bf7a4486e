package soop

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"cuelight/providers"
	"cuelight/providers/internal/lenient"
)

// categoryDigits is the length of a category number in lists.
const categoryDigits = 8

// NormalizeCategory returns a category number in the form that lists use,
// "00040066", from that or the short form of updates, "40066". ok is false for
// anything else and for zero, which means no category.
func NormalizeCategory(typed string) (number string, ok bool) {
	whole, decimals, _ := strings.Cut(strings.TrimSpace(typed), ".") // PHP writes 40066.0 for a computed number
	n, err := strconv.ParseUint(whole, 10, 64)
	if err != nil || n == 0 || n >= 1e8 || strings.Trim(decimals, "0") != "" {
		return "", false
	}
	short := strconv.FormatUint(n, 10)
	return strings.Repeat("0", categoryDigits-len(short)) + short, true
}

// shortCategory returns the form that broad/info/update takes, an integer.
func shortCategory(number string) string { return strings.TrimLeft(number, "0") }

// Locales implements providers.Categories (broad/category/list, locale).
func (s *session) Locales() []string { return slices.Clone(s.dialect.locales) }

// categoryNode is one entry of the tree. Its children are read when it is known
// that they are not too deep: each level would else be read again for the next.
type categoryNode struct {
	Name   lenient.Text    `json:"cate_name"`
	Number lenient.Text    `json:"cate_no"`
	Child  json.RawMessage `json:"child"`
}

// Categories implements providers.Categories (SOOP Open API,
// broad/category/list): each group followed by its children, in the platform's
// order. An empty locale means the default.
func (s *session) Categories(ctx context.Context, locale string) ([]providers.Category, error) {
	const op = "broad/category/list"
	if locale == "" {
		locale = s.dialect.locales[0]
	}
	if !slices.Contains(s.dialect.locales, locale) {
		return nil, usage("locale", "locale.unknown", 0)
	}
	a, err := s.call(ctx, request{
		method: http.MethodGet, op: op, form: url.Values{"client_id": {s.clientID}, "locale": {locale}},
	})
	if err != nil {
		return nil, err
	}
	var tree lenient.List[categoryNode]
	raw, present := a["broad_category"]
	_ = tree.UnmarshalJSON(raw)
	if !present || tree.Unexpected != nil {
		return nil, missing(op, "broad_category")
	}
	all := categoryReader{seen: make(map[string]bool)}
	all.add(tree.Items, "", 0)
	return all.list, nil
}

// maxCategoryDepth bounds the depth of the tree; two levels are documented.
const maxCategoryDepth = 8

// categoryReader makes a list of the tree, each number once.
type categoryReader struct {
	list []providers.Category
	seen map[string]bool
}

// add adds categories that lie under parent, and what lies under them. A group
// without a number of its own is left out, and its children are not.
func (r *categoryReader) add(nodes []categoryNode, parent string, depth int) {
	for _, n := range nodes {
		number, ok := NormalizeCategory(string(n.Number))
		switch {
		case !ok:
			number = parent
		case !r.seen[number]:
			r.seen[number] = true
			r.list = append(r.list, providers.Category{Number: number, Name: n.Name.String(), Parent: parent})
		}
		if depth+1 < maxCategoryDepth {
			var children lenient.List[categoryNode]
			_ = children.UnmarshalJSON(n.Child)
			r.add(children.Items, number, depth+1)
		}
	}
}
