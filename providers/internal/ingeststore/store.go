// Package ingeststore keeps RTMP servers and stream keys in an account's Vault, one
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
// be listed; each entry is stored under entryPrefix and the channel.
const (
	indexName   = "ingest"
	entryPrefix = "ingest/"
)

// Entry is what is kept for one channel.
type Entry struct {
	Ingest providers.Ingest
	// Expires is when it stops working; zero where it does not.
	Expires time.Time
	// Creator is whose stream key is wanted, and CreatorName how that was written;
	// empty where nobody was chosen.
	Creator, CreatorName string
}

// storedEntry is an Entry as the Vault stores it; secret.Text would encode as a mask.
type storedEntry struct {
	Server  string    `json:"server,omitempty"`
	Key     string    `json:"key,omitempty"`
	Expires time.Time `json:"until,omitzero"`

	Creator     string `json:"creator,omitempty"`
	CreatorName string `json:"creator_name,omitempty"`
}

// Store keeps servers and stream keys in one account's Vault.
type Store struct{ Vault providers.Vault }

// Get returns what is kept for a channel; found is false where there is nothing,
// or nothing that can be read.
func (s Store) Get(ctx context.Context, channel string) (entry Entry, found bool, err error) {
	value, err := s.Vault.Get(ctx, entryPrefix+channel)
	if errors.Is(err, providers.ErrNoSecret) {
		return Entry{}, false, nil
	}
	if err != nil {
		return Entry{}, false, fmt.Errorf("read stream key: %w", err)
	}
	var stored storedEntry
	if json.Unmarshal([]byte(value.Reveal()), &stored) != nil {
		return Entry{}, false, nil
	}
	entry = Entry{
		Ingest:  providers.Ingest{Server: stored.Server, Key: secret.New(stored.Key)},
		Expires: stored.Expires, Creator: stored.Creator, CreatorName: stored.CreatorName,
	}
	return entry, entry != (Entry{}), nil
}

// Put keeps a server and key for a channel in place of those before.
func (s Store) Put(ctx context.Context, channel string, entry Entry) error {
	return s.Change(ctx, channel, func(Entry) Entry { return entry })
}

// Change keeps what change makes of what is kept for a channel; what is empty is
// forgotten. The index is written first: a name in it without a value is
// harmless, a value without a name would outlive the account.
func (s Store) Change(ctx context.Context, channel string, change func(Entry) Entry) error {
	return s.withLock(ctx, func(channels []string) error {
		before, _, err := s.Get(ctx, channel)
		if err != nil {
			return err
		}
		entry, at := change(before), slices.Index(channels, channel)
		if entry == (Entry{}) {
			if err := s.deleteEntry(ctx, channel); err != nil || at < 0 {
				return err
			}
			return s.setChannels(ctx, slices.Delete(channels, at, at+1))
		}
		if at < 0 {
			if err := s.setChannels(ctx, append(channels, channel)); err != nil {
				return err
			}
		}
		return s.set(ctx, channel, entry)
	})
}

func (s Store) set(ctx context.Context, channel string, entry Entry) error {
	plain, err := json.Marshal(storedEntry{
		Server: entry.Ingest.Server, Key: entry.Ingest.Key.Reveal(), Expires: entry.Expires,
		Creator: entry.Creator, CreatorName: entry.CreatorName,
	})
	if err != nil {
		return fmt.Errorf("encode stream key: %w", err)
	}
	if err := s.Vault.Set(ctx, entryPrefix+channel, secret.New(string(plain))); err != nil {
		return fmt.Errorf("keep stream key: %w", err)
	}
	return nil
}

// RemoveAll forgets everything kept.
func (s Store) RemoveAll(ctx context.Context) error {
	return s.withLock(ctx, func(channels []string) error {
		for _, channel := range channels {
			if err := s.deleteEntry(ctx, channel); err != nil {
				return err
			}
		}
		return s.setChannels(ctx, nil)
	})
}

// withLock runs do under the Vault's lock, so that no other process changes the
// entries meanwhile; channels are those in the index.
func (s Store) withLock(ctx context.Context, do func(channels []string) error) error {
	unlock, err := s.Vault.Lock(ctx)
	if err != nil {
		return fmt.Errorf("lock the account's secrets: %w", err)
	}
	defer unlock()
	channels, err := s.channels(ctx)
	if err != nil {
		return err
	}
	return do(channels)
}

func (s Store) deleteEntry(ctx context.Context, channel string) error {
	if err := s.Vault.Delete(ctx, entryPrefix+channel); err != nil {
		return fmt.Errorf("forget stream key: %w", err)
	}
	return nil
}

// channels reads the index; one that cannot be read counts as empty.
func (s Store) channels(ctx context.Context) ([]string, error) {
	value, err := s.Vault.Get(ctx, indexName)
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

func (s Store) setChannels(ctx context.Context, channels []string) error {
	if len(channels) == 0 {
		if err := s.Vault.Delete(ctx, indexName); err != nil {
			return fmt.Errorf("forget the list of stream keys: %w", err)
		}
		return nil
	}
	plain, err := json.Marshal(channels)
	if err != nil {
		return fmt.Errorf("list stream keys: %w", err)
	}
	if err := s.Vault.Set(ctx, indexName, secret.New(string(plain))); err != nil {
		return fmt.Errorf("keep the list of stream keys: %w", err)
	}
	return nil
}
