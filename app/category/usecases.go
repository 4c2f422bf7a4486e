package category

import (
	"context"

	"cuelight/app/config"
	"cuelight/providers"
)

// UseCases are what is done with the categories of the account in use. Their
// methods may be called from any goroutine.
type UseCases struct {
	Catalog *Catalog
	// Current gives the account in use with its session.
	Current func() (providers.Account, providers.Session, error)
	// Config is where recent and favourite categories are kept.
	Config func() *config.Store
}

// Categories gives the categories in a locale; an empty one means the platform's
// first. Where the platform has no list, they are those that were used.
func (u *UseCases) Categories(ctx context.Context, locale string) ([]providers.Category, error) {
	account, session, err := u.Current()
	if err != nil {
		return nil, err
	}
	switch platform := session.(type) {
	case providers.Categories:
		return u.Catalog.List(ctx, account.Name, platform, locale)
	case providers.CategorySearch:
		return u.Catalog.Remembered(account.Name), nil
	}
	return nil, cannot("list categories")
}

// CategoryIndex gives the same categories, to be searched by their names in every
// locale of the platform.
func (u *UseCases) CategoryIndex(ctx context.Context) (*Index, error) {
	account, session, err := u.Current()
	if err != nil {
		return nil, err
	}
	switch platform := session.(type) {
	case providers.Categories:
		return u.Catalog.Index(ctx, account.Name, platform)
	case providers.CategorySearch:
		return NewIndex(u.Catalog.Remembered(account.Name)), nil
	}
	return nil, cannot("list categories")
}

// SearchCategories asks the platform for categories, where it has no list of them.
func (u *UseCases) SearchCategories(ctx context.Context, query string) ([]providers.Category, error) {
	account, session, err := u.Current()
	if err != nil {
		return nil, err
	}
	platform, ok := session.(providers.CategorySearch)
	if !ok {
		return nil, cannot("search categories")
	}
	return u.Catalog.Search(ctx, account.Name, platform, query)
}

// FindCategory gives the one category that a number or an exact name means, on
// every platform. The error of kind ErrUsage says whether nothing or several were
// meant.
func (u *UseCases) FindCategory(ctx context.Context, text string) (providers.Category, error) {
	account, session, err := u.Current()
	if err != nil {
		return providers.Category{}, err
	}
	return u.Catalog.Lookup(ctx, account.Name, session, text)
}

// CategoryMemory gives the recent and favourite categories.
func (u *UseCases) CategoryMemory() config.CategoryMemory {
	config := u.Config().Config()
	return config.Categories[config.Current]
}

// MarkCategory marks a category as a favourite, or takes the mark away.
func (u *UseCases) MarkCategory(number string, favourite bool) error {
	account, ok := u.Config().Config().InUse()
	if !ok {
		return config.ErrNoAccount
	}
	u.Config().MarkCategory(account.Name, number, favourite)
	u.Catalog.RememberFound(account.Name, number)
	return nil
}

// UseCategory notes that an account's broadcast is in a category.
func (u *UseCases) UseCategory(account, number string) {
	u.Config().UseCategory(account, number)
	u.Catalog.RememberFound(account, number)
}

func cannot(op string) error {
	return &providers.Error{Kind: providers.ErrUsage, Op: op, Reason: "platform.cannot"}
}
