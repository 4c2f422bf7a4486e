package app

import (
	"context"

	"cuelight/app/category"
	"cuelight/app/config"
	"cuelight/app/sessions"
	"cuelight/app/state"
	"cuelight/providers"
)

// Categories gives the categories of the account in use, in a locale; an empty
// one means the platform's first. See category.Catalog.
func (b *Broadcast) Categories(ctx context.Context, locale string) ([]providers.Category, error) {
	account, platform, err := b.categoriesOfCurrent()
	if err != nil {
		return nil, err
	}
	return b.categories.List(ctx, account, platform, locale)
}

// CategoryIndex gives the categories of the account in use, to be searched by
// their names in every locale of the platform.
func (b *Broadcast) CategoryIndex(ctx context.Context) (*category.Index, error) {
	account, platform, err := b.categoriesOfCurrent()
	if err != nil {
		return nil, err
	}
	return b.categories.Index(ctx, account, platform)
}

func (b *Broadcast) categoriesOfCurrent() (string, providers.Categories, error) {
	account, session, err := b.current()
	if err != nil {
		return "", nil, err
	}
	platform, err := sessions.Require[providers.Categories](session, "list categories")
	return account.Name, platform, err
}

// nameCategory gives the confirmed category its name, which the platform's
// settings leave out.
func (b *Broadcast) nameCategory(ctx context.Context, account providers.Account, session providers.Session) {
	known := b.states.State().Broadcast.Confirmed.Category
	if known.Number == "" || known.Name != "" {
		return
	}
	named, err := b.Titles.Named(ctx, account, session, known.Number)
	switch {
	case err != nil:
		b.log.Warn("name the category", "err", err)
	case named.Name != "":
		b.emit(state.CategoryNamed{Account: account.Name, Category: named})
	}
}

// CategoryMemory gives the recent and favourite categories of the account in
// use.
func (b *Broadcast) CategoryMemory() config.CategoryMemory {
	config := b.config.Config()
	return config.Categories[config.Current]
}

// MarkCategory marks a category of the account in use as a favourite, or takes
// the mark away.
func (b *Broadcast) MarkCategory(number string, favourite bool) error {
	account, ok := b.config.Config().InUse()
	if !ok {
		return config.ErrNoAccount
	}
	b.config.MarkCategory(account.Name, number, favourite)
	return nil
}
