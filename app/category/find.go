package category

import (
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"

	"cuelight/providers"
)

// Find gives the one category that a number or an exact name means.
// The error of kind ErrUsage says whether nothing or several were meant.
func Find(list []providers.Category, text string) (providers.Category, error) {
	want := foldName(text)
	var found []providers.Category
	for _, c := range list {
		if sameNumber(c.Number, want) {
			return c, nil
		}
		if want != "" && foldName(c.Name) == want {
			found = append(found, c)
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	reason := "category.unknown"
	if len(found) > 1 {
		reason = "category.ambiguous"
	}
	return providers.Category{}, &providers.Error{
		Kind: providers.ErrUsage, Op: "find category", Field: string(providers.FieldCategory), Reason: reason,
		Err: fmt.Errorf("%q", text),
	}
}

// foldName makes names comparable: one form of each character (macOS writes
// Hangul in pieces), no case, no space around.
func foldName(s string) string { return strings.ToLower(norm.NFC.String(strings.TrimSpace(s))) }

// sameNumber compares category numbers, which come with leading zeros in lists
// and without in updates.
func sameNumber(number, query string) bool {
	if query == "" || strings.Trim(query, "0123456789") != "" {
		return false
	}
	return strings.TrimLeft(number, "0") == strings.TrimLeft(query, "0")
}
