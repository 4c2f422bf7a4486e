package contract

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"cuelight/internal/secret"
	"cuelight/providers"
)

// bound is a value at, or just past, a limit.
type bound struct {
	name  string
	patch providers.Patch
	fits  bool
}

// bounds are the values at the limits of a field.
func bounds(field providers.FieldID, l providers.Limit) []bound {
	var out []bound
	add := func(fits bool, name string, p providers.Patch) {
		out = append(out, bound{fmt.Sprintf("%s %s", field, name), p, fits})
	}
	text := func(n int, to func(string) providers.Patch) {
		typed := ofLength(l.Unit, n, "가")
		add(n <= l.Max, fmt.Sprintf("of %d", n), to(typed))
		// A syllable typed as three letters is one character.
		add(n <= l.Max, fmt.Sprintf("of %d, decomposed", n), to(norm.NFD.String(typed)))
		add(n <= l.Max, fmt.Sprintf("of %d, four bytes each", n), to(ofLength(l.Unit, n, "\U0001f600")))
	}
	number := func(to func(int) providers.Patch) {
		add(true, "at the least", to(l.Min))
		add(false, "below the least", to(l.Min-1))
		if l.Max > 0 {
			add(true, "at the most", to(l.Max))
			add(false, "above the most", to(l.Max+1))
		}
	}
	switch field {
	case providers.FieldTitle:
		add(false, "of nothing", providers.Patch{Title: ptr(" ")})
		if l.Max > 0 {
			text(l.Max, func(s string) providers.Patch { return providers.Patch{Title: &s} })
			text(l.Max+1, func(s string) providers.Patch { return providers.Patch{Title: &s} })
		}
	case providers.FieldEndingMessage:
		text(l.Max, func(s string) providers.Patch { return providers.Patch{EndingMessage: &s} })
		text(l.Max+1, func(s string) providers.Patch { return providers.Patch{EndingMessage: &s} })
	case providers.FieldCover:
		if l.Max > 0 {
			const start = "https://example.test/"
			for _, n := range []int{l.Max, l.Max + 1} {
				address := start + ofLength(l.Unit, n-len(start), "가")
				add(n <= l.Max, fmt.Sprintf("of %d", n), providers.Patch{CoverURL: &address})
			}
		}
	case providers.FieldViewerLimit:
		number(func(n int) providers.Patch { return providers.Patch{ViewerLimit: &n} })
	case providers.FieldWatermark:
		number(func(n int) providers.Patch { return providers.Patch{Watermark: &n} })
	case providers.FieldStandby:
		number(func(n int) providers.Patch { return providers.Patch{Standby: ptr(true), StandbyMinutes: &n} })
	case providers.FieldAgeGrade:
		for _, option := range l.Options {
			n, _ := strconv.Atoi(option)
			add(true, option, providers.Patch{AgeGrade: &n})
		}
		add(false, "of no option", providers.Patch{AgeGrade: ptr(18)})
	case providers.FieldHashtags:
		for _, n := range []int{l.Max, l.Max + 1} {
			tags := make([]string, n)
			for i := range tags {
				tags[i] = fmt.Sprintf("태그%d", i)
			}
			add(n <= l.Max, fmt.Sprintf("of %d", n), providers.Patch{Hashtags: &tags})
		}
		if l.Each > 0 {
			for _, n := range []int{l.Each, l.Each + 1} {
				tag := ofLength(l.Unit, n, "가")
				add(n <= l.Each, fmt.Sprintf("of one of %d", n), providers.Patch{Hashtags: &[]string{tag}})
				add(n <= l.Each, fmt.Sprintf("of one of %d, decomposed", n), providers.Patch{Hashtags: &[]string{norm.NFD.String(tag)}})
			}
		}
		add(false, "with a sign", providers.Patch{Hashtags: &[]string{"c++"}})
	case providers.FieldPassword:
		long := strings.Repeat("a", l.Min-1) + "1"
		add(true, "at the least", providers.Patch{Password: ptr(secret.New(long))})
		add(false, "below the least", providers.Patch{Password: ptr(secret.New(long[1:]))})
		add(false, "of letters", providers.Patch{Password: ptr(secret.New("abcdefgh"))})
		add(false, "with a sign", providers.Patch{Password: ptr(secret.New("abc-123"))})
	}
	return out
}

// ofLength gives a text of so many units, of one character as far as it goes.
func ofLength(unit providers.Unit, n int, character string) string {
	each := unit.Length(character)
	return strings.Repeat(character, n/each) + strings.Repeat("a", n%each)
}

func TestCheckAgreesWithThePlatformAtEveryLimit(t *testing.T) {
	with(t, func(w *world, s providers.Editor) {
		ctx := w.t.Context()
		for field, limit := range s.Limits() {
			for _, b := range bounds(field, limit) {
				before := w.broadcast(s)
				w.clear()
				checked, updated := s.Check(b.patch), s.Update(ctx, b.patch)
				if b.fits {
					if checked != nil || updated != nil {
						w.t.Errorf("%s: check says %v, the platform %v", b.name, checked, updated)
					}
					if calls, _ := w.sent(); len(calls) == 0 {
						w.t.Errorf("%s: nothing was sent", b.name)
					}
					continue
				}
				w.usage(b.name, updated)
				e := w.usage(b.name, checked)
				if e.Field != string(field) || !strings.HasPrefix(e.Reason, string(field)+".") {
					w.t.Errorf("%s: %q about %q", b.name, e.Reason, e.Field)
				}
				w.withoutSecrets(b.name, checked)
				if after := w.broadcast(s); !same(before, after) {
					w.t.Errorf("%s: %+v became %+v", b.name, before, after)
				}
			}
		}
	})
}
