package app

import (
	"context"
	"errors"

	"cuelight/internal/secret"
	"cuelight/providers"
)

// UseChannel makes a channel or room of the account in use the one worked on.
func (a *Accounts) UseChannel(ctx context.Context, key string) error {
	return a.config.UseChannel(ctx, a.config.Config().Current, key)
}

// SelectChannel uses a channel or room for this run only, as --channel does.
func (a *Accounts) SelectChannel(key string) error { return a.config.SelectChannel(key) }

// verify proves a new account with a real call, where the platform can, before
// anything of it is kept.
func (a *Accounts) verify(ctx context.Context, account providers.Account, secrets map[string]secret.Text) error {
	session, err := a.open(account, providers.NewMemoryVault(secrets), nil)
	if err != nil {
		return err
	}
	if can, ok := session.(providers.Verifier); ok {
		err = can.Verify(ctx)
	}
	return errors.Join(err, session.Close())
}
