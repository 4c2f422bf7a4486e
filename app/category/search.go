package category

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"cuelight/app/search"
	"cuelight/providers"
)

const (
	// answerFresh is how long the answer to a search is used again.
	answerFresh = 10 * time.Minute
	// maxAnswers and maxRemembered bound the answers kept, and the categories
	// remembered of an account.
	maxAnswers    = 200
	maxRemembered = 60
	// searched is the locale of the list of categories remembered.
	searched = "searched"
)

// searchKey is a search of an account.
type searchKey struct{ account, query string }

// foundList is the answer to a search.
type foundList struct {
	at   time.Time
	list []providers.Category
}

// Search gives the categories that a query finds, where a platform can be searched
// and has no list. The same search within ten minutes asks nothing.
func (c *Catalog) Search(ctx context.Context, account string, platform providers.CategorySearch, query string) ([]providers.Category, error) {
	key := searchKey{account, search.Fold(query)}
	c.mu.Lock()
	known, ok := c.answers[key]
	forgotten := c.forgotten[account]
	c.mu.Unlock()
	if age := c.opt.Now().Sub(known.at); ok && age >= 0 && age < answerFresh {
		return known.list, nil
	}
	list, err := platform.SearchCategories(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("search categories: %w", err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.forgotten[account] == forgotten {
		if len(c.answers) >= maxAnswers {
			clear(c.answers)
		}
		c.answers[key] = foundList{at: c.opt.Now(), list: list}
	}
	return list, nil
}

// Remembered gives the categories of an account that were used or marked, the last
// one first: the only ones whose names are known without a search.
func (c *Catalog) Remembered(account string) []providers.Category {
	known, _ := c.known(listKey{account, searched})
	return known.List
}

// Named gives the categories of an account whose names are known: the platform's
// list, or what was used and found where it has none; nil where it has no
// categories.
func (c *Catalog) Named(ctx context.Context, account string, session providers.Session) ([]providers.Category, error) {
	switch platform := session.(type) {
	case providers.Categories:
		return c.List(ctx, account, platform, "")
	case providers.CategorySearch:
		return c.Known(account), nil
	}
	return nil, nil
}

// Known gives the categories of an account that were used, and those that searches
// have just found.
func (c *Catalog) Known(account string) []providers.Category {
	all := slices.Clone(c.Remembered(account))
	c.mu.Lock()
	defer c.mu.Unlock()
	for key, answer := range c.answers {
		if key.account == account {
			all = append(all, answer.list...)
		}
	}
	return all
}

// Remember keeps a category of a platform without a list, so that its name is known
// later.
func (c *Catalog) Remember(account string, one providers.Category) {
	if one.Number == "" || one.Name == "" {
		return
	}
	key := listKey{account, searched}
	known, forgotten := c.known(key)
	if len(known.List) > 0 && known.List[0] == one {
		return
	}
	others := slices.DeleteFunc(slices.Clone(known.List), func(other providers.Category) bool { return other.Number == one.Number })
	all := slices.Insert(others, 0, one)
	c.keep(key, list{Account: account, Locale: searched, At: c.opt.Now(), List: all[:min(len(all), maxRemembered)]}, forgotten)
}

// RememberFound remembers a category that a search found, by its number.
func (c *Catalog) RememberFound(account, number string) {
	all := c.Known(account)
	if i := slices.IndexFunc(all, func(one providers.Category) bool { return one.Number == number }); i >= 0 {
		c.Remember(account, all[i])
	}
}

// Lookup gives the one category of an account's platform that a number or an exact
// name means, whether the platform has a list or is searched. The error of kind
// ErrUsage says whether nothing or several were meant.
func (c *Catalog) Lookup(ctx context.Context, account string, session providers.Session, text string) (providers.Category, error) {
	if platform, ok := session.(providers.Categories); ok {
		all, err := c.List(ctx, account, platform, "")
		if err != nil {
			return providers.Category{}, err
		}
		return Find(all, text)
	}
	platform, ok := session.(providers.CategorySearch)
	if !ok {
		return providers.Category{}, cannot("find category")
	}
	for _, one := range c.Remembered(account) {
		if one.Number == text {
			return one, nil
		}
	}
	found, err := c.Search(ctx, account, platform, text)
	if err != nil {
		return providers.Category{}, err
	}
	one, err := Find(found, text)
	if e, is := errors.AsType[*providers.Error](err); is && e.Reason == "category.unknown" && isNumber(session, text) {
		return providers.Category{Number: text}, nil
	}
	return one, err
}

// isNumber reports whether a text has the form of the platform's numbers. A search
// by names does not find those.
func isNumber(session providers.Session, text string) bool {
	editor, ok := session.(providers.Editor)
	return ok && text != "" && editor.Check(providers.Patch{Category: &text}) == nil
}
