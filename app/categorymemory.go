package app

import (
	"context"
	"maps"
	"slices"
)

// maxRecent is how many of the last used categories are kept.
const maxRecent = 6

// CategoryMemory are the categories of one account that are of use again, by
// their numbers as the platform's lists have them.
type CategoryMemory struct {
	// Recent are the ones used last, newest first, at most six.
	Recent []string `json:"recent,omitempty"`
	// Favourite are the ones the user marked, in the order of marking.
	Favourite []string `json:"favourite,omitempty"`
}

// used gives the memory after a category was used.
func (m CategoryMemory) used(number string) CategoryMemory {
	recent := slices.DeleteFunc(slices.Clone(m.Recent), func(n string) bool { return n == number })
	recent = slices.Insert(recent, 0, number)
	m.Recent = recent[:min(len(recent), maxRecent)]
	return m
}

// marked gives the memory after a category was marked as a favourite, or not.
func (m CategoryMemory) marked(number string, favourite bool) CategoryMemory {
	m.Favourite = slices.DeleteFunc(slices.Clone(m.Favourite), func(n string) bool { return n == number })
	if favourite {
		m.Favourite = append(m.Favourite, number)
	}
	return m
}

// empty reports whether there is nothing to keep.
func (m CategoryMemory) empty() bool { return len(m.Recent) == 0 && len(m.Favourite) == 0 }

// CategoryMemory gives the recent and favourite categories of the account in
// use.
func (e *Engine) CategoryMemory() CategoryMemory {
	config := e.Config()
	return config.Categories[config.Current]
}

// MarkCategory marks a category of the account in use as a favourite, or takes
// the mark away.
func (e *Engine) MarkCategory(ctx context.Context, number string, favourite bool) error {
	account, _, err := e.current()
	if err != nil {
		return err
	}
	return e.remember(ctx, account.Name, func(m CategoryMemory) CategoryMemory { return m.marked(number, favourite) })
}

// useCategory notes that a category was sent. A memory that cannot be kept is
// no failure of what was sent.
func (e *Engine) useCategory(ctx context.Context, account, number string) {
	if number == "" {
		return
	}
	err := e.remember(ctx, account, func(m CategoryMemory) CategoryMemory { return m.used(number) })
	if err != nil {
		e.log.Warn("remember the category", "err", err)
	}
}

// remember changes what is kept for an account. The maps of a Config in use
// are shared and never changed.
func (e *Engine) remember(ctx context.Context, account string, change func(CategoryMemory) CategoryMemory) error {
	return e.Configure(ctx, func(c *Config) {
		kept := maps.Clone(c.Categories)
		if kept == nil {
			kept = make(map[string]CategoryMemory)
		}
		kept[account] = change(kept[account])
		if kept[account].empty() {
			delete(kept, account)
		}
		c.Categories = kept
	})
}
