package providers_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"cuelight/providers"
)

// reasons gives the reasons and limits of joined errors.
func reasons(err error) (all []string, limits []int) {
	if err == nil {
		return nil, nil
	}
	errs := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		errs = joined.Unwrap()
	}
	for _, one := range errs {
		if e, ok := errors.AsType[*providers.Error](one); ok && errors.Is(e, providers.ErrUsage) {
			all, limits = append(all, e.Reason), append(limits, e.Limit)
		}
	}
	return all, limits
}

func TestATextIsMeasuredInTheUnitOfItsLimit(t *testing.T) {
	const hangul = "가"
	for _, c := range []struct {
		name  string
		limit providers.Limit
		text  string
		want  string
	}{
		{"no bound", providers.Limit{}, strings.Repeat(hangul, 1000), ""},
		{"characters that fit", providers.Limit{Max: 75}, strings.Repeat(hangul, 75), ""},
		{"a character too many", providers.Limit{Max: 75}, strings.Repeat(hangul, 76), "title.too_long"},
		{"syllables in pieces", providers.Limit{Max: 75}, norm.NFD.String(strings.Repeat(hangul, 75)), ""},
		{"bytes that fit", providers.Limit{Max: 100, Unit: providers.Bytes}, strings.Repeat(hangul, 33) + "a", ""},
		{"a byte too many", providers.Limit{Max: 100, Unit: providers.Bytes}, strings.Repeat(hangul, 33) + "ab", "title.too_long_bytes"},
		{"a syllable too many", providers.Limit{Max: 100, Unit: providers.Bytes}, strings.Repeat(hangul, 34), "title.too_long_bytes"},
		{"bytes of syllables in pieces", providers.Limit{Max: 100, Unit: providers.Bytes}, norm.NFD.String(strings.Repeat(hangul, 33)), ""},
		{"space around it is not sent", providers.Limit{Max: 3, Unit: providers.Bytes}, "  가 \n", ""},
		{"nothing where something is needed", providers.Limit{Min: 1, Max: 9}, " \u200b", "title.empty"},
		{"nothing where that is allowed", providers.Limit{Max: 9}, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, limits := reasons(c.limit.CheckText(providers.FieldTitle, c.text))
			if strings.Join(got, " ") != c.want || c.want != "" && limits[0] != max(c.limit.Min, c.limit.Max) && c.want != "title.empty" {
				t.Errorf("got %v, %v", got, limits)
			}
		})
	}
}

func TestAListIsBoundedInNumberInEachAndInAll(t *testing.T) {
	for _, c := range []struct {
		name  string
		limit providers.Limit
		tags  []string
		want  []string
	}{
		{"no bound", providers.Limit{}, []string{strings.Repeat("가", 99)}, nil},
		{"number", providers.Limit{Max: 2}, []string{"a", "b", "c"}, []string{"hashtags.too_many"}},
		{"each, in characters", providers.Limit{Each: 15}, []string{strings.Repeat("가", 15), strings.Repeat("나", 16)}, []string{"hashtags.entry_too_long"}},
		{"each, in bytes", providers.Limit{Each: 25, Unit: providers.Bytes}, []string{strings.Repeat("가", 9)}, []string{"hashtags.entry_too_long_bytes"}},
		{"each fits, in bytes", providers.Limit{Each: 25, Unit: providers.Bytes}, []string{strings.Repeat("가", 8)}, nil},
		{"all together", providers.Limit{All: 500}, []string{strings.Repeat("가", 250), strings.Repeat("나", 251)}, []string{"hashtags.all_too_long"}},
		{"all of them", providers.Limit{Max: 1, Each: 2, All: 3}, []string{"abc", "d"}, []string{"hashtags.too_many", "hashtags.entry_too_long", "hashtags.all_too_long"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, limits := reasons(c.limit.CheckEntries(providers.FieldHashtags, c.tags)); !slices.Equal(got, c.want) {
				t.Errorf("got %v, %v", got, limits)
			}
		})
	}
}
