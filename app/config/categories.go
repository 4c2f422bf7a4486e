package config

import "slices"

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

// UseCategory notes that a category was used by an account. It does not wait
// for the disk.
func (s *Store) UseCategory(account, number string) {
	s.remember(account, func(m CategoryMemory) CategoryMemory { return m.used(number) })
}

// MarkCategory marks a category of an account as a favourite, or takes the mark
// away. It does not wait for the disk.
func (s *Store) MarkCategory(account, number string, favourite bool) {
	s.remember(account, func(m CategoryMemory) CategoryMemory { return m.marked(number, favourite) })
}

func (s *Store) remember(account string, change func(CategoryMemory) CategoryMemory) {
	s.Change(func(c *Config) {
		if c.Categories == nil {
			c.Categories = make(map[string]CategoryMemory)
		}
		c.Categories[account] = change(c.Categories[account])
		if c.Categories[account].empty() {
			delete(c.Categories, account)
		}
	})
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
