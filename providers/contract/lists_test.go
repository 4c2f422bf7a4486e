package contract

import (
	"strings"
	"testing"
	"time"

	"cuelight/providers"
)

const hour = time.Hour

// pass lets time pass.
func (*world) pass(d time.Duration) { time.Sleep(d) }

// settle waits until no platform answers from a cache any more.
func (w *world) settle() { w.pass(10 * time.Second) }

func TestCategoriesAreATreeWithoutRepeats(t *testing.T) {
	with(t, func(w *world, s providers.Categories) {
		ctx := w.t.Context()
		locales := s.Locales()
		if len(locales) == 0 {
			w.t.Fatal("no locale")
		}
		for _, locale := range append([]string{""}, locales...) {
			list, err := s.Categories(ctx, locale)
			if err != nil || len(list) == 0 {
				w.t.Fatalf("%q: %d, %v", locale, len(list), err)
			}
			seen := map[string]bool{}
			for _, c := range list {
				if c.Number == "" || c.Name == "" || seen[c.Number] || c.Parent != "" && !seen[c.Parent] {
					w.t.Errorf("%q: %+v (seen before: %t)", locale, c, seen[c.Number])
				}
				seen[c.Number] = true
			}
		}
		w.clear()
		_, err := s.Categories(ctx, "xx_XX")
		w.usage("an unknown locale", err)
		// What the platform lists, a broadcast can be in.
		if editor, ok := s.(providers.Editor); ok {
			if err := editor.Update(ctx, providers.Patch{Category: &w.platform.category[0]}); err != nil {
				w.t.Errorf("a listed category: %v", err)
			}
		}
	})
}

func TestCategoriesAreFoundByAnyPartOfTheirNames(t *testing.T) {
	with(t, func(w *world, s providers.CategorySearch) {
		ctx := w.t.Context()
		list, err := s.SearchCategories(ctx, w.platform.found)
		if err != nil || len(list) == 0 {
			w.t.Fatalf("%d, %v", len(list), err)
		}
		seen := map[string]bool{}
		for _, c := range list {
			if c.Number == "" || !strings.Contains(c.Name, w.platform.found) || seen[c.Number] {
				w.t.Errorf("%+v (seen before: %t)", c, seen[c.Number])
			}
			seen[c.Number] = true
		}
		if !seen[w.platform.category[0]] {
			w.t.Errorf("%s is not among %+v", w.platform.category[0], list)
		}
		if none, err := s.SearchCategories(ctx, "없는이름입니다"); err != nil || none == nil || len(none) != 0 {
			w.t.Errorf("of a name that none has: %v, %v", none, err)
		}
		w.clear()
		_, err = s.SearchCategories(ctx, " \t")
		w.usage("an empty query", err)
		// What is found, a broadcast can be in.
		if err := s.(providers.Editor).Update(ctx, providers.Patch{Category: &list[0].Number}); err != nil {
			w.t.Errorf("a category that was found: %v", err)
		}
		if b := w.broadcast(s.(providers.Editor)); b.Category.Number != list[0].Number {
			w.t.Errorf("the broadcast is in %+v", b.Category)
		}
		// It needs no sign-in.
		if err := s.(providers.SignedIn).SignOut(ctx); err != nil {
			w.t.Fatal(err)
		}
		if again, err := s.SearchCategories(ctx, w.platform.found); err != nil || len(again) != len(list) {
			w.t.Errorf("signed out: %v, %v", again, err)
		}
	})
}

func TestDirectoryPagesRepeatNobodyAndLeaveNobodyOut(t *testing.T) {
	with(t, func(w *world, s providers.Directory) {
		ctx := w.t.Context()
		for _, order := range append([]string{""}, s.DirectoryOptions().Orders...) {
			seen := map[string]bool{}
			var before *providers.LiveEntry
			total := 0
			for page := 1; ; page++ {
				got, err := s.Directory(ctx, providers.DirectoryQuery{Order: order, Page: page})
				if err != nil {
					w.t.Fatal(err)
				}
				if got.Page != page || got.PerPage < 1 || len(got.Entries) > got.PerPage {
					w.t.Errorf("page %d: page %d, %d of %d", page, got.Page, len(got.Entries), got.PerPage)
				}
				if page == 1 {
					total = got.Total
				}
				if len(got.Entries) == 0 {
					break
				}
				for _, e := range got.Entries {
					if seen[e.ID] || e.ID == "" || e.UserID == "" || e.Title == "" || e.WatchURL == "" {
						w.t.Errorf("page %d: %+v (seen before: %t)", page, e, seen[e.ID])
					}
					if before != nil && order == providers.OrderNewest && e.Started.After(before.Started) {
						w.t.Errorf("page %d: %s before %s", page, before.Started, e.Started)
					}
					if before != nil && order != providers.OrderNewest && e.Viewers > before.Viewers {
						w.t.Errorf("page %d: %d before %d viewers", page, before.Viewers, e.Viewers)
					}
					seen[e.ID], before = true, &e
				}
			}
			if total >= 0 && len(seen) != total || len(seen) < 100 {
				w.t.Errorf("order %q: %d of %d", order, len(seen), total)
			}
		}
	})
}

func TestDirectoryIsNarrowedByWhatIsAskedFor(t *testing.T) {
	with(t, func(w *world, s providers.Directory) {
		ctx := w.t.Context()
		category, can := w.platform.category[0], s.DirectoryOptions()
		if !can.Categories {
			_, err := s.Directory(ctx, providers.DirectoryQuery{Category: category})
			w.usage("a category where the list cannot be narrowed", err)
			_, err = s.Directory(ctx, providers.DirectoryQuery{Language: "ko_KR"})
			w.usage("a language where the list cannot be narrowed", err)
			_, err = s.Directory(ctx, providers.DirectoryQuery{Order: "loudest"})
			w.usage("an unknown order", err)
			return
		}
		got, err := s.Directory(ctx, providers.DirectoryQuery{Category: category})
		if err != nil || len(got.Entries) == 0 {
			w.t.Fatalf("%d entries, %v", len(got.Entries), err)
		}
		for _, e := range got.Entries {
			if e.CategoryNumber != category {
				w.t.Errorf("%s is in %s", e.ID, e.CategoryNumber)
			}
		}
		languages, err := s.Languages(ctx)
		if err != nil {
			w.t.Fatal(err)
		}
		if can.Languages != (len(languages) > 0) {
			w.t.Errorf("languages: %t, and there are %d", can.Languages, len(languages))
		}
		if len(languages) > 0 {
			if got, err := s.Directory(ctx, providers.DirectoryQuery{Language: "ko_KR"}); err != nil || len(got.Entries) == 0 {
				w.t.Errorf("by language: %d entries, %v", len(got.Entries), err)
			}
		}
		w.clear()
		for what, q := range map[string]providers.DirectoryQuery{
			"category and language": {Category: category, Language: "ko_KR"},
			"an unknown order":      {Order: "loudest"}, "a category that is none": {Category: "games"},
		} {
			_, err := s.Directory(ctx, q)
			w.usage(what, err)
		}
		if len(languages) == 0 {
			_, err := s.Directory(ctx, providers.DirectoryQuery{Language: "ko_KR"})
			w.usage("a language where there are none", err)
		}
	})
}

func TestChannelPagesRepeatNoneAndLeaveNoneOut(t *testing.T) {
	with(t, func(w *world, s providers.Channels) {
		ctx := w.t.Context()
		seen := map[string]bool{}
		q, total := providers.ChannelQuery{Page: 1, PerPage: 7}, -1
		for {
			page, err := s.Channels(ctx, q)
			if err != nil {
				w.t.Fatal(err)
			}
			if len(page.Channels) > q.PerPage {
				w.t.Errorf("%d on a page of %d", len(page.Channels), q.PerPage)
			}
			for _, c := range page.Channels {
				if c.Key == "" || c.Title == "" || seen[c.Key] || c.Viewers < -1 {
					w.t.Errorf("%+v (seen before: %t)", c, seen[c.Key])
				}
				seen[c.Key] = true
			}
			total = page.Total
			if page.Next == "" {
				break
			}
			q.Cursor = page.Next
		}
		if len(seen) < 50 || total >= 0 && total != len(seen) {
			w.t.Errorf("%d of %d", len(seen), total)
		}
	})
}

func TestAChannelIsFoundByItsKeyAndBySearch(t *testing.T) {
	with(t, func(w *world, s providers.Channels) {
		ctx := w.t.Context()
		key := w.platform.account(w).Channel
		got, err := s.Channel(ctx, key)
		if err != nil || got.Key != key || got.Title == "" {
			w.t.Fatalf("%+v, %v", got, err)
		}
		page, err := s.Channels(ctx, providers.ChannelQuery{Search: strings.ToUpper(got.Title)})
		if err != nil || len(page.Channels) == 0 {
			w.t.Fatalf("searched: %d, %v", len(page.Channels), err)
		}
		for _, c := range page.Channels {
			if !strings.Contains(strings.ToLower(c.Title+c.Key+c.Owner), strings.ToLower(got.Title)) {
				w.t.Errorf("searching %q found %q", got.Title, c.Title)
			}
		}
		_, err = s.Channel(ctx, "no-such-key")
		if e := failure(err); e.Kind != providers.ErrRefused || e.Reason == "" || e.Op == "" {
			w.t.Errorf("an unknown key: %v", err)
		}
		w.clear()
		_, err = s.Channel(ctx, " ")
		w.usage("no key", err)
	})
}
