package category

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"cuelight/providers"
)

// searchedPlatform is a platform without a list, with an editor that knows its numbers.
type searchedPlatform struct {
	providers.Session
	providers.Editor
	all   []providers.Category
	asked []string
	err   error
}

func newSearched() *searchedPlatform {
	return &searchedPlatform{all: []providers.Category{
		{Number: "GAME:LoL", Name: "리그 오브 레전드"},
		{Number: "SPORTS:Golf", Name: "골프"},
		{Number: "ETC:Golf", Name: "골프"},
		{Number: "GAME:PUBG", Name: "배틀그라운드"},
		{Number: "GAME:PUBGM", Name: "배틀그라운드 모바일"},
	}}
}

func (p *searchedPlatform) SearchCategories(_ context.Context, query string) ([]providers.Category, error) {
	p.asked = append(p.asked, query)
	found := []providers.Category{}
	for _, c := range p.all {
		if strings.Contains(c.Name, query) {
			found = append(found, c)
		}
	}
	return found, p.err
}

func (p *searchedPlatform) Check(patch providers.Patch) error {
	if kind, _, found := strings.Cut(*patch.Category, ":"); !found || strings.ToUpper(kind) != kind {
		return &providers.Error{Kind: providers.ErrUsage, Reason: "category.unknown"}
	}
	return nil
}

func TestTheSameSearchAsksOnceInAWhile(t *testing.T) {
	r, p := newRig(t), newSearched()
	for _, query := range []string{"배틀", " 배틀 ", "배틀"} {
		if found, err := r.Search(t.Context(), "mine", p, query); err != nil || len(found) != 2 {
			t.Errorf("%q: %v, %v", query, found, err)
		}
	}
	if len(p.asked) != 1 {
		t.Errorf("asked for %q", p.asked)
	}
	r.now = noon.Add(answerFresh)
	_, _ = r.Search(t.Context(), "mine", p, "배틀")
	_, _ = r.Search(t.Context(), "another", p, "배틀")
	r.Forget("mine")
	_, _ = r.Search(t.Context(), "mine", p, "배틀")
	if len(p.asked) != 4 {
		t.Errorf("asked %d times", len(p.asked))
	}
	p.err = errAway
	if _, err := r.Search(t.Context(), "mine", p, "리그"); !errors.Is(err, errAway) {
		t.Errorf("away: %v", err)
	}
}

func TestCategoriesThatWereUsedKeepTheirNames(t *testing.T) {
	r, p := newRig(t), newSearched()
	if _, err := r.Search(t.Context(), "mine", p, "골프"); err != nil {
		t.Fatal(err)
	}
	r.RememberFound("mine", "ETC:Golf")
	r.RememberFound("mine", "GAME:unknown") // no search has found it
	r.Remember("mine", p.all[0])
	r.Remember("mine", providers.Category{Number: "GAME:nameless"})
	r.again() // another run
	want := []string{"GAME:LoL", "ETC:Golf"}
	if got := numbers(r.Remembered("mine")); !slices.Equal(got, want) || r.Remembered("mine")[1].Name != "골프" {
		t.Errorf("remembered %v", r.Remembered("mine"))
	}
	if got := r.Remembered("another"); len(got) != 0 {
		t.Errorf("another account remembers %v", got)
	}
	r.Remember("mine", p.all[2]) // used again: it is the last one now
	if got := numbers(r.Remembered("mine")); !slices.Equal(got, []string{"ETC:Golf", "GAME:LoL"}) {
		t.Errorf("in the order %v", got)
	}
	for i := range 3 * maxRemembered {
		r.Remember("mine", providers.Category{Number: "GAME:" + strings.Repeat("x", i+1), Name: "x"})
	}
	if n := len(r.Remembered("mine")); n != maxRemembered {
		t.Errorf("%d are remembered", n)
	}
	r.Forget("mine")
	r.again()
	if got := r.Remembered("mine"); len(got) != 0 {
		t.Errorf("forgotten and still there: %v", got)
	}
}

func TestACategoryIsLookedUpOnEveryPlatform(t *testing.T) {
	r, p := newRig(t), newSearched()
	r.Remember("mine", p.all[0])
	for _, c := range []struct{ text, want, reason string }{
		{"배틀그라운드", "GAME:PUBG", ""},
		{"골프", "", "category.ambiguous"},
		{"배틀", "", "category.unknown"},
		{"없는 게임", "", "category.unknown"},
		{"GAME:LoL", "GAME:LoL", ""},
		{"ETC:Golf", "ETC:Golf", ""},
	} {
		got, err := r.Lookup(t.Context(), "mine", p, c.text)
		var e *providers.Error
		if errors.As(err, &e); got.Number != c.want || (e == nil) != (c.reason == "") || e != nil && e.Reason != c.reason {
			t.Errorf("%q is %+v, %v", c.text, got, err)
		}
	}
	if got, _ := r.Lookup(t.Context(), "mine", p, "GAME:LoL"); got.Name != "리그 오브 레전드" {
		t.Errorf("a remembered number has the name %q", got.Name)
	}
	if slices.Contains(p.asked, "GAME:LoL") {
		t.Error("what is remembered was searched for")
	}
	listed := struct {
		providers.Session
		*platform
	}{platform: &platform{name: "list "}}
	if got, err := r.Lookup(t.Context(), "listed", listed, "list ko_KR"); err != nil || got.Number != "1" {
		t.Errorf("from a list: %+v, %v", got, err)
	}
	var e *providers.Error
	if _, err := r.Lookup(t.Context(), "neither", struct{ providers.Session }{}, "x"); !errors.As(err, &e) || e.Reason != "platform.cannot" {
		t.Errorf("a platform without categories: %v", err)
	}
}

func TestAnAnswerThatComesAfterItsAccountIsGoneIsNotKept(t *testing.T) {
	r, p := newRig(t), newSearched()
	late := lateSearch{p, func() { r.Forget("mine") }}
	if _, err := r.Search(t.Context(), "mine", late, "골프"); err != nil {
		t.Fatal(err)
	}
	_, _ = r.Search(t.Context(), "mine", p, "골프")
	if len(p.asked) != 2 {
		t.Error("the answer was kept")
	}
}

// lateSearch runs something while the platform is asked.
type lateSearch struct {
	*searchedPlatform
	while func()
}

func (l lateSearch) SearchCategories(ctx context.Context, query string) ([]providers.Category, error) {
	l.while()
	return l.searchedPlatform.SearchCategories(ctx, query)
}
