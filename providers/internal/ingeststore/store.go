// Package ingests keeps RTMP servers and stream keys in an account's Vault, one
// for each channel, under names of their own.
package ingeststore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers"
)

// Names in the Vault: index lists the channels that have one, as a Vault cannot
// be listed; each lies under prefix and the channel.
const (
	index  = "ingest"
	prefix = "ingest/"
)

// Kept is what is kept for one channel.
type Kept struct {
	Ingest providers.Ingest
	// Until is when it stops working; zero where it does not.
	Until time.Time
}

// sealed is a Kept as the Vault holds it; secret.Text would encode as a mask.
type sealed struct {
	Server string    `json:"server,omitempty"`
	Key    string    `json:"key,omitempty"`
	Until  time.Time `json:"until,omitzero"`
}

// Keeper keeps them in a Vault.
type Keeper struct{ Vault providers.Vault }

// Get gives what is kept for a channel; found is false where there is nothing,
// or nothing that can be read.
func (k Keeper) Get(ctx context.Context, channel string) (kept Kept, found bool, err error) {
	value, err := k.Vault.Get(ctx, prefix+channel)
	if errors.Is(err, providers.ErrNoSecret) {
		return Kept{}, false, nil
	}
	if err != nil {
		return Kept{}, false, fmt.Errorf("read stream key: %w", err)
	}
	var s sealed
	if json.Unmarshal([]byte(value.Reveal()), &s) != nil {
		return Kept{}, false, nil
	}
	return Kept{providers.Ingest{Server: s.Server, Key: secret.New(s.Key)}, s.Until}, true, nil
}

// Put keeps a server and key for a channel in place of those before. The index
// is written first: a name in it without a value is harmless, a value without a
// name would outlive the account.
func (k Keeper) Put(ctx context.Context, channel string, kept Kept) error {
	plain, err := json.Marshal(sealed{kept.Ingest.Server, kept.Ingest.Key.Reveal(), kept.Until})
	if err != nil {
		return fmt.Errorf("seal stream key: %w", err)
	}
	return k.change(ctx, func(channels []string) error {
		if !slices.Contains(channels, channel) {
			if err := k.setChannels(ctx, append(channels, channel)); err != nil {
				return err
			}
		}
		if err := k.Vault.Set(ctx, prefix+channel, secret.New(string(plain))); err != nil {
			return fmt.Errorf("keep stream key: %w", err)
		}
		return nil
	})
}

// Remove forgets what is kept for a channel.
func (k Keeper) Remove(ctx context.Context, channel string) error {
	return k.change(ctx, func(channels []string) error {
		if err := k.forget(ctx, channel); err != nil {
			return err
		}
		if at := slices.Index(channels, channel); at >= 0 {
			return k.setChannels(ctx, slices.Delete(channels, at, at+1))
		}
		return nil
	})
}

// RemoveAll forgets everything kept.
func (k Keeper) RemoveAll(ctx context.Context) error {
	return k.change(ctx, func(channels []string) error {
		for _, channel := range channels {
			if err := k.forget(ctx, channel); err != nil {
				return err
			}
		}
		return k.setChannels(ctx, nil)
	})
}

// change lets do change what is kept, alone among all processes; channels are
// those in the index.
func (k Keeper) change(ctx context.Context, do func(channels []string) error) error {
	unlock, err := k.Vault.Lock(ctx)
	if err != nil {
		return fmt.Errorf("lock the account's secrets: %w", err)
	}
	defer unlock()
	channels, err := k.channels(ctx)
	if err != nil {
		return err
	}
	return do(channels)
}

func (k Keeper) forget(ctx context.Context, channel string) error {
	if err := k.Vault.Delete(ctx, prefix+channel); err != nil {
		return fmt.Errorf("forget stream key: %w", err)
	}
	return nil
}

// channels reads the index; one that cannot be read counts as empty.
func (k Keeper) channels(ctx context.Context) ([]string, error) {
	value, err := k.Vault.Get(ctx, index)
	if errors.Is(err, providers.ErrNoSecret) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the list of stream keys: %w", err)
	}
	var channels []string
	if json.Unmarshal([]byte(value.Reveal()), &channels) != nil {
		return nil, nil
	}
	return channels, nil
}

func (k Keeper) setChannels(ctx context.Context, channels []string) error {
	if len(channels) == 0 {
		if err := k.Vault.Delete(ctx, index); err != nil {
			return fmt.Errorf("forget the list of stream keys: %w", err)
		}
		return nil
	}
	plain, err := json.Marshal(channels)
	if err != nil {
		return fmt.Errorf("list stream keys: %w", err)
	}
	if err := k.Vault.Set(ctx, index, secret.New(string(plain))); err != nil {
		return fmt.Errorf("keep the list of stream keys: %w", err)
	}
	return nil
}
