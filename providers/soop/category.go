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
	n, err := strconv.ParseUint(strings.TrimSpace(typed), 10, 64)
	if err != nil || n == 0 || n >= 1e8 {
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
	return flatten(nil, tree.Items, "", 0), nil
}

// maxCategoryDepth bounds the depth of the tree; two levels are documented.
const maxCategoryDepth = 8

func flatten(to []providers.Category, nodes []categoryNode, parent string, depth int) []providers.Category {
	for _, n := range nodes {
		number, ok := NormalizeCategory(string(n.Number))
		if !ok {
			continue
		}
		to = append(to, providers.Category{Number: number, Name: n.Name.String(), Parent: parent})
		if depth+1 < maxCategoryDepth {
			var children lenient.List[categoryNode]
			_ = children.UnmarshalJSON(n.Child)
			to = flatten(to, children.Items, number, depth+1)
		}
	}
	return to
}
