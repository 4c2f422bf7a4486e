package features

import (
	"context"

	"cuelight/providers"
)

// Channels gives one page of the channels or rooms of the account in use.
func (f *Features) Channels(ctx context.Context, q providers.ChannelQuery) (providers.ChannelPage, error) {
	return Ask(ctx, f, "list channels", func(ctx context.Context, c providers.Channels) (providers.ChannelPage, error) {
		return c.Channels(ctx, q)
	})
}

// Channel gives one channel or room.
func (f *Features) Channel(ctx context.Context, key string) (providers.Channel, error) {
	return Ask(ctx, f, "read the channel", func(ctx context.Context, c providers.Channels) (providers.Channel, error) {
		return c.Channel(ctx, key)
	})
}

// KeepIngest keeps a server and stream key that the user gave for the channel
// in use, where the platform's answer has none.
func (f *Features) KeepIngest(ctx context.Context, ingest providers.Ingest) error {
	_, err := Ask(ctx, f, "keep the stream key", func(ctx context.Context, k providers.IngestKeeper) (struct{}, error) {
		return struct{}{}, k.KeepIngest(ctx, ingest)
	})
	return err
}

// Creators lists who may broadcast on the channel in use.
func (f *Features) Creators(ctx context.Context) ([]providers.Creator, error) {
	return Ask(ctx, f, "list creators", func(ctx context.Context, c providers.Creators) ([]providers.Creator, error) {
		return c.Creators(ctx)
	})
}

// UseCreator chooses by name whose stream key is used, and remembers it.
func (f *Features) UseCreator(ctx context.Context, name string) error {
	account, _, err := f.opt.Current()
	if err != nil {
		return err
	}
	defer f.opt.ForgetIngest(account.Name)
	_, err = Ask(ctx, f, "choose the creator", func(ctx context.Context, c providers.Creators) (struct{}, error) {
		return struct{}{}, c.UseCreator(ctx, name)
	})
	return err
}
