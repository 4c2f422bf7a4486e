package app

import (
	"context"

	"cuelight/app/state"
	"cuelight/providers"
)

// nameCategory gives the confirmed category its name, which the platform's
// settings leave out.
func (b *Broadcast) nameCategory(ctx context.Context, account providers.Account, session providers.Session) {
	known := b.states.State().Broadcast.Confirmed.Category
	if _, searched := session.(providers.CategorySearch); searched {
		b.categories.Remember(account.Name, known)
	}
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
