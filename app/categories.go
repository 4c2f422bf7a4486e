package app

import (
	"context"
	"slices"

	"cuelight/app/category"
	"cuelight/app/sessions"
	"cuelight/app/state"
	"cuelight/providers"
)

// Categories gives the categories of the account in use, in a locale; an empty
// one means the platform's first. See category.Catalog.
func (e *Engine) Categories(ctx context.Context, locale string) ([]providers.Category, error) {
	account, platform, err := e.categoriesOfCurrent()
	if err != nil {
		return nil, err
	}
	return e.categories.List(ctx, account, platform, locale)
}

// CategoryIndex gives the categories of the account in use, to be searched by
// their names in every locale of the platform.
func (e *Engine) CategoryIndex(ctx context.Context) (*category.Index, error) {
	account, platform, err := e.categoriesOfCurrent()
	if err != nil {
		return nil, err
	}
	return e.categories.Index(ctx, account, platform)
}

func (e *Engine) categoriesOfCurrent() (string, providers.Categories, error) {
	account, session, err := e.current()
	if err != nil {
		return "", nil, err
	}
	platform, err := sessions.Require[providers.Categories](session, "list categories")
	return account.Name, platform, err
}

// nameCategory gives the confirmed category its name, which the platform's
// settings leave out.
func (e *Engine) nameCategory(ctx context.Context, account string, session providers.Session) {
	b := e.State().Broadcast.Confirmed
	platform, ok := session.(providers.Categories)
	if !ok || b.Category.Number == "" || b.Category.Name != "" {
		return
	}
	list, err := e.categories.List(ctx, account, platform, "")
	if err != nil {
		e.log.Warn("name the category", "err", err)
		return
	}
	i := slices.IndexFunc(list, func(c providers.Category) bool { return c.Number == b.Category.Number })
	if i >= 0 {
		e.emit(state.CategoryNamed{Account: account, Category: list[i]})
	}
}
