package catalog

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"cuelight/app/category"
	"cuelight/app/config"
	"cuelight/app/desktop/kit/kittest"
	"cuelight/providers"
	"cuelight/widgets/input"
)

var league = providers.Category{Number: "GAME:League_of_Legends", Name: "리그 오브 레전드"}

// searching is a picker over a platform without a list.
func searching(t *testing.T, find func(context.Context, string) ([]providers.Category, error)) (*kittest.Rig, *Categories, *input.Picker) {
	t.Helper()
	s := kittest.Complete()
	s.Account.Has.CategorySearch = true
	r := kittest.NewRig(t, s)
	r.Fake.SearchFunc = find
	r.Fake.IndexFunc = func(context.Context) (*category.Index, error) {
		return category.NewIndex([]providers.Category{{Number: "ETC:talk", Name: "talk"}}), nil
	}
	r.Fake.Memory = config.CategoryMemory{Recent: []string{"ETC:talk"}}
	c := NewCategories(r.UI, r.Fake)
	picker := c.Picker("카테고리", "")
	c.Load(nil)
	r.Settle()
	return r, c, picker
}

func names(items []input.PickItem) []string {
	found := []string{}
	for _, item := range items {
		found = append(found, item.Name)
	}
	return found
}

func TestAPlatformIsSearchedOnceTypingPauses(t *testing.T) {
	r, c, picker := searching(t, func(_ context.Context, query string) ([]providers.Category, error) {
		if strings.Contains(league.Name, query) {
			return []providers.Category{league}, nil
		}
		return nil, nil
	})
	if got := names(c.Search("")); !slices.Equal(got, []string{"talk"}) {
		t.Errorf("before anything is typed: %v", got)
	}
	for _, typed := range []string{"ㄹ", "리", "리그"} {
		c.look(picker, typed)
		r.Clock.Advance(typingPause / 2)
	}
	if n := r.Fake.Times("search 리") + r.Fake.Times("search ㄹ"); n != 0 {
		t.Errorf("asked %d times while typing went on", n)
	}
	r.Clock.Advance(typingPause)
	r.Settle()
	if got := names(c.Search("리그")); !slices.Equal(got, []string{league.Name}) || r.Fake.Times("search 리그") != 1 {
		t.Errorf("found %v after %d searches", got, r.Fake.Times("search 리그"))
	}
	if c.Name(league.Number) != league.Name {
		t.Error("the name of what was found is not known afterwards")
	}
	c.look(picker, " 리그")
	r.Clock.Advance(2 * typingPause)
	r.Settle()
	if r.Fake.Times("search 리그") != 1 {
		t.Error("what was answered is asked again")
	}
}

func TestAFailedSearchIsToldOnce(t *testing.T) {
	r, c, picker := searching(t, func(context.Context, string) ([]providers.Category, error) {
		return nil, &providers.Error{Kind: providers.ErrUnreachable, Err: errors.New("away")}
	})
	c.look(picker, "리그")
	for range 5 {
		r.Clock.Advance(2 * typingPause)
		r.Settle()
		c.look(picker, "리그") // what a refresh of the open list does
	}
	if n := r.Fake.Times("search 리그"); n != 1 {
		t.Errorf("asked %d times", n)
	}
	c.look(picker, "리")
	r.Clock.Advance(2 * typingPause)
	r.Settle()
	if n := r.Fake.Times("search 리"); n != 1 {
		t.Errorf("asked for something else %d times", n)
	}
}

func TestAnotherAccountDropsTheAnswersOfTheOneBefore(t *testing.T) {
	r, c, picker := searching(t, func(context.Context, string) ([]providers.Category, error) {
		return []providers.Category{league}, nil
	})
	c.look(picker, "리그")
	r.Clock.Advance(2 * typingPause)
	r.Settle()
	c.found.forget()
	if got := c.Search("리그"); len(got) != 0 {
		t.Errorf("still offers %v", names(got))
	}
}
