package app

import (
	"context"
	"errors"

	"cuelight/internal/secret"
	"cuelight/providers"
)

// Channels gives one page of the channels or rooms of the account in use.
func (a *Accounts) Channels(ctx context.Context, q providers.ChannelQuery) (providers.ChannelPage, error) {
	return ask(ctx, a.core, "list channels", func(ctx context.Context, c providers.Channels) (providers.ChannelPage, error) {
		return c.Channels(ctx, q)
	})
}

// Channel gives one channel or room.
func (a *Accounts) Channel(ctx context.Context, key string) (providers.Channel, error) {
	return ask(ctx, a.core, "read the channel", func(ctx context.Context, c providers.Channels) (providers.Channel, error) {
		return c.Channel(ctx, key)
	})
}

// Statistics tells numbers about the account's channel.
func (f *Features) Statistics(ctx context.Context) (providers.Stats, error) {
	return ask(ctx, f.core, "read the statistics", func(ctx context.Context, s providers.Statistics) (providers.Stats, error) {
		return s.Statistics(ctx)
	})
}

// KeepIngest keeps a server and stream key that the user gave for the channel
// in use, where the platform's answer has none.
func (a *Accounts) KeepIngest(ctx context.Context, ingest providers.Ingest) error {
	_, err := ask(ctx, a.core, "keep the stream key", func(ctx context.Context, k providers.IngestKeeper) (struct{}, error) {
		return struct{}{}, k.KeepIngest(ctx, ingest)
	})
	return err
}

// Creators lists who may broadcast on the channel in use.
func (a *Accounts) Creators(ctx context.Context) ([]providers.Creator, error) {
	return ask(ctx, a.core, "list creators", func(ctx context.Context, c providers.Creators) ([]providers.Creator, error) {
		return c.Creators(ctx)
	})
}

// UseCreator chooses by name whose stream key is used, and remembers it.
func (a *Accounts) UseCreator(ctx context.Context, name string) error {
	defer a.sessions.ForgetIngest(a.config.Config().Current)
	_, err := ask(ctx, a.core, "choose the creator", func(ctx context.Context, c providers.Creators) (struct{}, error) {
		return struct{}{}, c.UseCreator(ctx, name)
	})
	return err
}

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
