// Package category owns the lists of a platform's categories, and searches them;
// where a platform has no list, it owns what searches found.
package category

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"cuelight/app/storage"
	"cuelight/providers"
)

// FreshFor is how long a list is used before it is asked for again.
const FreshFor = 24 * time.Hour

// Options are what a Catalog is made of; all are needed.
type Options struct {
	// Dir is the folder of the lists; it is made when there is one to keep.
	Dir string
	// Now is the clock.
	Now func() time.Time
	Log *slog.Logger
}

// Catalog keeps the lists of every account, in memory and on disk. Its methods
// may be called from any goroutine.
type Catalog struct {
	opt Options

	// mu guards the fields below. It is never held over the disk or the network.
	mu      sync.Mutex
	lists   map[listKey]list
	indexes map[string]datedIndex // by account
	answers map[searchKey]foundList
	// forgotten counts, by account, how often its lists were forgotten: one that
	// was asked for before that is not kept.
	forgotten map[string]int
}

type listKey struct{ account, locale string }

// list is one list, in its form on disk.
type list struct {
	Account string               `json:"account"`
	Locale  string               `json:"locale"`
	At      time.Time            `json:"at"`
	List    []providers.Category `json:"list"`
}

// datedIndex is the index of a list, by when that was asked for.
type datedIndex struct {
	at    time.Time
	index *Index
}

func (l list) fresh(now time.Time) bool {
	age := now.Sub(l.At)
	return len(l.List) > 0 && age >= 0 && age < FreshFor
}

// New makes a Catalog. It reads nothing yet.
func New(opt Options) *Catalog {
	return &Catalog{
		opt: opt, lists: make(map[listKey]list), indexes: make(map[string]datedIndex), forgotten: make(map[string]int),
		answers: make(map[searchKey]foundList),
	}
}

// List gives the categories of an account in a locale; an empty one means the
// platform's first. A list is kept for a day; an older one is used where the
// platform does not answer.
func (c *Catalog) List(ctx context.Context, account string, platform providers.Categories, locale string) ([]providers.Category, error) {
	if locale == "" {
		locale = platform.Locales()[0]
	}
	found, err := c.list(ctx, listKey{account, locale}, platform)
	return found.List, err
}

func (c *Catalog) list(ctx context.Context, key listKey, platform providers.Categories) (list, error) {
	known, forgotten := c.known(key)
	if known.fresh(c.opt.Now()) {
		return known, nil
	}
	categories, err := platform.Categories(ctx, key.locale)
	if err != nil {
		if len(known.List) > 0 && !errors.Is(err, providers.ErrSignIn) {
			c.opt.Log.Warn("an older list of categories is used", "err", err)
			return known, nil
		}
		return list{}, fmt.Errorf("list categories: %w", err)
	}
	asked := list{Account: key.account, Locale: key.locale, At: c.opt.Now(), List: categories}
	c.keep(key, asked, forgotten)
	return asked, nil
}

// Index gives the categories of an account, to be searched by their names in
// every locale of the platform. The first locale is needed; the others add
// names where the platform gives them.
func (c *Catalog) Index(ctx context.Context, account string, platform providers.Categories) (*Index, error) {
	locales := platform.Locales()
	first, err := c.list(ctx, listKey{account, locales[0]}, platform)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	present, made := c.indexes[account]
	forgotten := c.forgotten[account]
	c.mu.Unlock()
	if made && present.at.Equal(first.At) {
		return present.index, nil
	}
	var others [][]providers.Category
	for _, locale := range locales[1:] {
		if other, err := c.list(ctx, listKey{account, locale}, platform); err == nil {
			others = append(others, other.List)
		}
	}
	index := NewIndex(first.List, others...)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.forgotten[account] == forgotten {
		c.indexes[account] = datedIndex{at: first.At, index: index}
	}
	return index, nil
}

// known gives what is kept, in memory or on disk, and how often the account was
// forgotten before.
func (c *Catalog) known(key listKey) (list, int) {
	c.mu.Lock()
	known, ok := c.lists[key]
	forgotten := c.forgotten[key.account]
	c.mu.Unlock()
	if ok {
		return known, forgotten
	}
	known, ok = read(c.file(key))
	if !ok || known.Account != key.account || known.Locale != key.locale {
		return list{}, forgotten
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.forgotten[key.account] == forgotten {
		c.lists[key] = known
	}
	return known, forgotten
}

// keep keeps a list, unless its account was forgotten since it was asked for.
func (c *Catalog) keep(key listKey, asked list, forgotten int) {
	c.mu.Lock()
	if c.forgotten[key.account] != forgotten {
		c.mu.Unlock()
		return
	}
	c.lists[key] = asked
	c.mu.Unlock()
	err := os.MkdirAll(c.opt.Dir, 0o700)
	if err == nil {
		err = storage.WriteJSON(c.file(key), asked, storage.MaxList)
	}
	if err != nil {
		c.opt.Log.Warn("keep the categories", "err", err)
	}
}

// Forget drops the lists of an account that is gone, also those that another
// run left on disk.
func (c *Catalog) Forget(account string) {
	c.mu.Lock()
	for key := range c.lists {
		if key.account == account {
			delete(c.lists, key)
		}
	}
	for key := range c.answers {
		if key.account == account {
			delete(c.answers, key)
		}
	}
	delete(c.indexes, account)
	c.forgotten[account]++
	c.mu.Unlock()
	files, _ := filepath.Glob(filepath.Join(c.opt.Dir, "*.json")) // the pattern is ours and well formed
	for _, file := range files {
		if kept, ok := read(file); ok && kept.Account == account {
			if err := os.Remove(file); err != nil {
				c.opt.Log.Warn("forget the categories", "err", err)
			}
		}
	}
}

func read(file string) (kept list, ok bool) {
	data, err := storage.ReadJSON(file, storage.MaxList)
	return kept, err == nil && json.Unmarshal(data, &kept) == nil
}

func (c *Catalog) file(key listKey) string {
	sum := sha256.Sum256([]byte(key.account + "/" + key.locale))
	return filepath.Join(c.opt.Dir, hex.EncodeToString(sum[:8])+".json")
}
