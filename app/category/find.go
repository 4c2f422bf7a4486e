package category

import (
	"fmt"
	"strings"

	"cuelight/app/search"
	"cuelight/internal/text"
	"cuelight/providers"
)

// Find gives the one category that a number or an exact name means.
// The error of kind ErrUsage says whether nothing or several were meant.
func Find(list []providers.Category, given string) (providers.Category, error) {
	want, number := search.Fold(given), text.Digits(given)
	var found []providers.Category
	for _, c := range list {
		if sameNumber(c.Number, number) {
			return c, nil
		}
		if want != "" && search.Fold(c.Name) == want {
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
		Err: fmt.Errorf("%q", given),
	}
}

// sameNumber compares category numbers, which come with leading zeros in lists
// and without in updates.
func sameNumber(number, query string) bool {
	if query == "" || strings.Trim(query, "0123456789") != "" {
		return false
	}
	return strings.TrimLeft(number, "0") == strings.TrimLeft(query, "0")
}
