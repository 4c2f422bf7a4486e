package app

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/unicode/norm"

	"cuelight/providers"
)

// categoriesFresh is how long a category list is used before it is asked for
// again.
const categoriesFresh = 24 * time.Hour

type categoryCache struct {
	mu   sync.Mutex
	kept map[string]keptCategories // by account and locale
}

type keptCategories struct {
	list []providers.Category
	at   time.Time
}

// Categories gives the categories of the account in use, in its locale; an
// empty one means the platform's first.
func (e *Engine) Categories(ctx context.Context, locale string) ([]providers.Category, error) {
	account, session, err := e.current()
	if err != nil {
		return nil, err
	}
	can, err := able[providers.Categories](session, "list categories")
	if err != nil {
		return nil, err
	}
	if locale == "" {
		locale = can.Locales()[0]
	}
	key := account.Name + "/" + locale
	e.categories.mu.Lock()
	kept, ok := e.categories.kept[key]
	e.categories.mu.Unlock()
	if ok && e.now().Sub(kept.at) < categoriesFresh {
		return kept.list, nil
	}
	list, err := can.Categories(ctx, locale)
	if err != nil {
		return nil, fmt.Errorf("list categories: %w", err)
	}
	e.categories.mu.Lock()
	defer e.categories.mu.Unlock()
	if e.categories.kept == nil {
		e.categories.kept = make(map[string]keptCategories)
	}
	e.categories.kept[key] = keptCategories{list: list, at: e.now()}
	return list, nil
}

// nameCategory gives the confirmed category its name, which the platform's
// settings leave out.
func (e *Engine) nameCategory(ctx context.Context, session providers.Session) {
	state := e.State()
	b := state.Broadcast.Confirmed
	if _, ok := session.(providers.Categories); !ok || b.Category.Number == "" || b.Category.Name != "" {
		return
	}
	list, err := e.Categories(ctx, "")
	if err != nil {
		e.log.Warn("name the category", "err", err)
		return
	}
	for _, c := range list {
		if c.Number == b.Category.Number {
			e.emit(evCategory{account: state.Account.Name, category: c})
			return
		}
	}
}

// SearchCategories gives the categories that a query names by number or by any
// part of the name: exact matches first, then beginnings, then the rest, each
// in the platform's order. An empty query gives all.
func SearchCategories(list []providers.Category, query string) []providers.Category {
	query = foldName(query)
	if query == "" {
		return list
	}
	var exact, begins, holds []providers.Category
	for _, c := range list {
		name := foldName(c.Name)
		switch {
		case name == query || sameNumber(c.Number, query):
			exact = append(exact, c)
		case strings.HasPrefix(name, query):
			begins = append(begins, c)
		case strings.Contains(name, query) || strings.Contains(c.Number, query):
			holds = append(holds, c)
		}
	}
	return append(append(exact, begins...), holds...)
}

// FindCategory gives the one category that a number or an exact name means.
// The error of kind ErrUsage says whether nothing or several were meant.
func FindCategory(list []providers.Category, text string) (providers.Category, error) {
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
