package destination

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/providers"
)

// fingerprintsItem holds, in the keyring, the fingerprints of everything that
// Cuelight ever wrote to an OBS. Settings with one of them, such as a key since
// reset or another account's, are Cuelight's own and never taken for the user's.
const fingerprintsItem = "obs/fingerprints"

// maxFingerprints bounds their number: one for each key that an account had.
const maxFingerprints = 400

// writer tells who wrote a stream service.
type writer struct {
	// Account is the fingerprint of its name: whatever stands in the keyring is
	// masked in logs, and names are no secrets. Empty where an earlier version
	// wrote, which did not note for whom.
	Account string `json:"a,omitempty"`
	// Rehearsal: the sandbox did, into the user's own OBS.
	Rehearsal bool `json:"r,omitempty"`
}

type fingerprint struct {
	writer
	// Print is keyed with the salt, which is in the keyring only: it says nothing
	// about the stream key.
	Print string `json:"p"`
}

// fingerprints is what is in the item.
type fingerprints struct {
	Salt string        `json:"salt"`
	All  []fingerprint `json:"all"`
	// Legacy is what an earlier version kept, until it is known where it belongs.
	Legacy *legacyBackup `json:"legacy,omitempty"`
	// Places are those that something may be kept of, the newest last: the keyring
	// does not list its items.
	Places []place `json:"places,omitempty"`
}

// newFingerprints begins the item with what an earlier version kept.
func newFingerprints(ctx context.Context, v Vault) (fingerprints, error) {
	f := fingerprints{Salt: rand.Text()}
	old, found, err := loadLegacy(ctx, v)
	if err != nil || !found {
		return f, err
	}
	f, _ = f.with(old.written, writer{})
	print, _ := f.print(old.written)
	f.Legacy = &legacyBackup{Print: print, Earlier: old.earlier}
	return f, nil
}

// print gives the fingerprint of a service; none for one that Cuelight cannot
// have written: another type, a login, a bandwidth test.
func (f fingerprints) print(s obs.Service) (string, bool) {
	if s.Key.Empty() || !s.Matches(s.Server, s.Key) {
		return "", false
	}
	return f.keyed(strings.TrimRight(strings.TrimSpace(s.Server), "/"), s.Key.Reveal()), true
}

func (f fingerprints) keyed(parts ...string) string {
	mac := hmac.New(sha256.New, []byte(f.Salt))
	for _, part := range parts {
		mac.Write([]byte(part))
		mac.Write([]byte{0})
	}
	return base64.RawStdEncoding.EncodeToString(mac.Sum(nil)[:12])
}

// by is the writer of an account's ingest.
func (f fingerprints) by(account string, rehearsal bool) writer {
	return writer{Account: f.keyed("account", account), Rehearsal: rehearsal}
}

// writer tells who of Cuelight wrote a service; ok is false where it is the
// user's own.
func (f fingerprints) writer(s obs.Service) (w writer, ok bool) {
	print, ok := f.print(s)
	if !ok {
		return w, false
	}
	for _, known := range slices.Backward(f.All) {
		if known.Print == print {
			return known.writer, true
		}
	}
	return w, false
}

// with adds a service about to be written. It leaves f as it is.
func (f fingerprints) with(s obs.Service, by writer) (next fingerprints, added bool) {
	print, ok := f.print(s)
	if now, known := f.writer(s); !ok || known && now == by {
		return f, false
	}
	f.All = append(slices.Clone(f.All), fingerprint{writer: by, Print: print})
	if over := len(f.All) - maxFingerprints; over > 0 {
		f.All = f.All[over:]
	}
	return f, true
}

// loadFingerprints reads the item, or makes one of what an earlier version kept.
func loadFingerprints(ctx context.Context, v Vault) (fingerprints, error) {
	value, err := v.Get(ctx, fingerprintsItem)
	if errors.Is(err, providers.ErrNoSecret) {
		return newFingerprints(ctx, v)
	}
	if err != nil {
		return fingerprints{}, fmt.Errorf("read what Cuelight wrote to OBS: %w", err)
	}
	var f fingerprints
	if json.Unmarshal([]byte(value.Reveal()), &f) != nil || f.Salt == "" {
		return fingerprints{}, errors.New("read what Cuelight wrote to OBS: not written by Cuelight")
	}
	return f, nil
}

func (f fingerprints) store(ctx context.Context, v Vault) error {
	value, err := json.Marshal(f)
	if err != nil {
		return err
	}
	if err := v.Set(ctx, fingerprintsItem, secret.New(string(value))); err != nil {
		return fmt.Errorf("note what Cuelight writes to OBS: %w", err)
	}
	return nil
}

// changeFingerprints reads, changes and stores the item, which all OBSes share,
// alone, and gives it as it was. Each call of the keyring costs time in the
// middle of a one-click set-up: nothing is stored that is not new.
func changeFingerprints(ctx context.Context, in scope, change func(fingerprints) (next fingerprints, changed bool)) (before fingerprints, err error) {
	unlock, err := lock(ctx, in.locks, fingerprintsItem, fileLockTimeout)
	if err != nil {
		return before, err
	}
	defer unlock()
	before, err = loadFingerprints(ctx, in.vault)
	if err != nil {
		return before, err
	}
	next, changed := change(before)
	if !changed {
		return before, nil
	}
	return before, next.store(ctx, in.vault)
}
