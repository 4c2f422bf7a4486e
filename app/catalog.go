package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"cuelight/app/sessions"
	"cuelight/app/state"
	"cuelight/app/storage"
	"cuelight/providers"
)

// categoriesFresh is how long a category list is used before it is asked for
// again.
const categoriesFresh = 24 * time.Hour

// catalog keeps category lists, in memory and on disk.
type catalog struct {
	mu      sync.Mutex
	kept    map[string]keptCategories // by account and locale
	indexed map[string]*CategoryIndex // by account
}

// keptCategories is one list as it is on disk.
type keptCategories struct {
	Account string               `json:"account"`
	Locale  string               `json:"locale"`
	At      time.Time            `json:"at"`
	List    []providers.Category `json:"list"`
}

func (k keptCategories) fresh(now time.Time) bool {
	age := now.Sub(k.At)
	return len(k.List) > 0 && age >= 0 && age < categoriesFresh
}

// Categories gives the categories of the account in use, in a locale; an empty
// one means the platform's first. A list is kept on disk for a day; an older
// one is used where the platform does not answer.
func (e *Engine) Categories(ctx context.Context, locale string) ([]providers.Category, error) {
	account, session, err := e.current()
	if err != nil {
		return nil, err
	}
	can, err := sessions.Require[providers.Categories](session, "list categories")
	if err != nil {
		return nil, err
	}
	if locale == "" {
		locale = can.Locales()[0]
	}
	kept := e.keptList(account.Name, locale)
	if kept.fresh(e.now()) {
		return kept.List, nil
	}
	list, err := can.Categories(ctx, locale)
	if err != nil {
		if len(kept.List) > 0 && !errors.Is(err, providers.ErrSignIn) {
			e.log.Warn("categories are not fresh", "err", err)
			return kept.List, nil
		}
		return nil, fmt.Errorf("list categories: %w", err)
	}
	e.keepList(keptCategories{Account: account.Name, Locale: locale, At: e.now(), List: list})
	return list, nil
}

// CategoryIndex gives the categories of the account in use, to be searched by
// their names in every locale of the platform. The first locale is needed; the
// others add names where the platform gives them.
func (e *Engine) CategoryIndex(ctx context.Context) (*CategoryIndex, error) {
	list, err := e.Categories(ctx, "")
	if err != nil {
		return nil, err
	}
	account, session, err := e.current()
	if err != nil {
		return nil, err
	}
	e.categories.mu.Lock()
	index := e.categories.indexed[account.Name]
	e.categories.mu.Unlock()
	if index != nil {
		return index, nil
	}
	can, err := sessions.Require[providers.Categories](session, "list categories")
	if err != nil {
		return nil, err
	}
	var others [][]providers.Category
	for _, locale := range can.Locales()[1:] {
		if other, err := e.Categories(ctx, locale); err == nil {
			others = append(others, other)
		}
	}
	index = NewCategoryIndex(list, others...)
	e.categories.mu.Lock()
	defer e.categories.mu.Unlock()
	e.categories.indexed[account.Name] = index
	return index, nil
}

func (e *Engine) keptList(account, locale string) keptCategories {
	key := account + "/" + locale
	e.categories.mu.Lock()
	defer e.categories.mu.Unlock()
	kept, ok := e.categories.kept[key]
	if ok {
		return kept
	}
	data, err := os.ReadFile(e.listFile(account, locale))
	if err != nil || json.Unmarshal(data, &kept) != nil || kept.Account != account || kept.Locale != locale {
		return keptCategories{}
	}
	e.categories.kept[key] = kept
	return kept
}

func (e *Engine) keepList(kept keptCategories) {
	e.categories.mu.Lock()
	e.categories.kept[kept.Account+"/"+kept.Locale] = kept
	delete(e.categories.indexed, kept.Account)
	e.categories.mu.Unlock()
	file := e.listFile(kept.Account, kept.Locale)
	err := os.MkdirAll(filepath.Dir(file), 0o700)
	if err == nil {
		err = storage.WriteJSON(file, kept)
	}
	if err != nil {
		e.log.Warn("keep the categories", "err", err)
	}
}

// forgetLists drops the lists of an account that is gone or points elsewhere.
func (e *Engine) forgetLists(account string) {
	e.categories.mu.Lock()
	defer e.categories.mu.Unlock()
	for key, kept := range e.categories.kept {
		if kept.Account == account {
			_ = os.Remove(e.listFile(account, kept.Locale))
			delete(e.categories.kept, key)
		}
	}
	delete(e.categories.indexed, account)
}

func (e *Engine) listFile(account, locale string) string {
	sum := sha256.Sum256([]byte(account + "/" + locale))
	return filepath.Join(e.dir, "categories", hex.EncodeToString(sum[:8])+".json")
}

// nameCategory gives the confirmed category its name, which the platform's
// settings leave out.
func (e *Engine) nameCategory(ctx context.Context, session providers.Session) {
	now := e.State()
	b := now.Broadcast.Confirmed
	if _, ok := session.(providers.Categories); !ok || b.Category.Number == "" || b.Category.Name != "" {
		return
	}
	list, err := e.Categories(ctx, "")
	if err != nil {
		e.log.Warn("name the category", "err", err)
		return
	}
	i := slices.IndexFunc(list, func(c providers.Category) bool { return c.Number == b.Category.Number })
	if i >= 0 {
		e.emit(state.CategoryNamed{Account: now.Account.Name, Category: list[i]})
	}
}
