package destination

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/providers"
)

// backup is what is kept of one OBS and profile: an item of its own in the
// keyring, because it holds stream keys. Services are sealed (obs.Service.Seal).
type backup struct {
	place `json:"-"`
	// Earlier is the user's own service, which Cuelight has written over.
	Earlier sealed `json:"earlier,omitempty"`
	// Newer is the user's own service that Earlier is about to replace because
	// the user asked for it: after that write it is Earlier.
	Newer sealed `json:"newer,omitempty"`
	// Given is the user's own service that was put back last. OBS holds it itself;
	// it is needed only should a process be killed whose write met a switch of
	// profiles and hit this one.
	Given sealed `json:"given,omitempty"`
	// Rehearsed is what the sandbox has written over where that was not the
	// user's own but the ordinary Cuelight's.
	Rehearsed sealed `json:"rehearsed,omitempty"`
}

// sealed is a sealed service, which is JSON and stands in the item as such.
type sealed string

func seal(s obs.Service) sealed { return sealed(s.Seal().Reveal()) }

// MarshalJSON implements json.Marshaler.
func (s sealed) MarshalJSON() ([]byte, error) { return []byte(s), nil }

// UnmarshalJSON implements json.Unmarshaler.
func (s *sealed) UnmarshalJSON(data []byte) error {
	*s = sealed(data)
	return nil
}

func (s sealed) text() secret.Text { return secret.New(string(s)) }

func (b backup) empty() bool {
	return b.Earlier == "" && b.Newer == "" && b.Given == "" && b.Rehearsed == ""
}

// item names a place's item. Profiles have names of any kind and length.
func (p place) item() string {
	sum := sha256.Sum256([]byte(p.Profile))
	return "obs/backup/" + p.OBS + "/" + hex.EncodeToString(sum[:8])
}

// kept is what Cuelight knows of a place: its backup and whose OBS's service is.
type kept struct {
	backup
	prints fingerprints
	// known: something is kept of the place already.
	known bool
	// claimed: the backup is that of an earlier version and not stored here yet.
	claimed bool
}

// backups is the owner of what is kept of the OBSes and profiles: their items in
// the keyring, and whose what they hold is.
type backups struct{ scopes scopes }

// load reads what is kept of a place, which holds present.
func (b backups) load(ctx context.Context, at place, present obs.Service) (kept, error) {
	prints, err := loadFingerprints(ctx, b.scopes.of(at).vault)
	if err != nil {
		return kept{}, err
	}
	return b.loadWith(ctx, at, present, prints)
}

// loadWith is load with the fingerprints at hand.
func (b backups) loadWith(ctx context.Context, at place, present obs.Service, prints fingerprints) (kept, error) {
	k := kept{backup: backup{place: at}, prints: prints}
	value, err := b.scopes.of(at).vault.Get(ctx, at.item())
	switch {
	case errors.Is(err, providers.ErrNoSecret):
		return k.claim(present), nil
	case err != nil:
		return k, fmt.Errorf("read OBS's earlier settings: %w", err)
	}
	if json.Unmarshal([]byte(value.Reveal()), &k.backup) != nil {
		return k, errors.New("read OBS's earlier settings: not written by Cuelight")
	}
	k.known = true
	return k.settled(present), nil
}

// settled ends what a process that was killed had begun: where OBS holds Earlier
// again, the exchange has taken place; where it holds what Cuelight wrote and
// nothing is kept, what was given back last is the user's own.
func (k kept) settled(present obs.Service) kept {
	if k.Newer != "" && holds(present, k.Earlier) {
		k.Earlier = k.Newer
	}
	k.Newer = ""
	if _, ours := k.prints.writer(present); ours && k.Earlier == "" {
		k.Earlier = k.Given
	}
	return k
}

// target is what is put back: where the sandbox rehearses, what it found; else
// the user's own.
func (k kept) target(rehearses bool) sealed {
	if rehearses && k.Rehearsed != "" {
		return k.Rehearsed
	}
	return k.Earlier
}

// beforeWriting is what is kept once present is written over. Settings that
// Cuelight itself wrote are never kept over the user's own.
func (k kept) beforeWriting(present obs.Service, rehearses bool) backup {
	b := k.backup
	by, ours := k.prints.writer(present)
	switch {
	case !ours:
		b.Earlier, b.Given, b.Rehearsed = seal(present), "", ""
	case rehearses && !by.Rehearsal:
		b.Rehearsed = seal(present)
	case !rehearses:
		b.Rehearsed = ""
	}
	return b
}

// store keeps a backup; an empty one is forgotten.
func (b backups) store(ctx context.Context, kept backup) error {
	v := b.scopes.of(kept.place).vault
	if kept.empty() {
		return v.Delete(ctx, kept.item())
	}
	value, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	return v.Set(ctx, kept.item(), secret.New(string(value)))
}

// holds reports whether a service is the sealed one.
func holds(present obs.Service, s sealed) bool {
	service, err := obs.OpenService(s.text())
	return err == nil && present.Equal(service)
}
