package destination

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"

	"cuelight/app/storage"
	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/providers"
)

// Earlier versions kept one backup for all OBSes and profiles. It belongs to
// wherever OBS holds what it says was written last.

// legacyItem is where they kept it.
const legacyItem = "obs/kept"

// legacyBackup is that backup among the fingerprints, until the OBS and profile
// are seen that it belongs to.
type legacyBackup struct {
	// Print is the fingerprint of what was written last.
	Print   string `json:"print"`
	Earlier sealed `json:"earlier"`
}

// legacy is what is in the item.
type legacy struct {
	earlier sealed
	written obs.Service
}

// loadLegacy reads the item; found is false where there is none of use.
func loadLegacy(ctx context.Context, v Vault) (old legacy, found bool, err error) {
	value, err := v.Get(ctx, legacyItem)
	if errors.Is(err, providers.ErrNoSecret) {
		return legacy{}, false, nil
	}
	if err != nil {
		return legacy{}, false, err
	}
	var item struct{ Earlier, Server, Key string }
	if json.Unmarshal([]byte(value.Reveal()), &item) != nil {
		return legacy{}, false, errors.New("not written by Cuelight") // the parser's error would quote it
	}
	old.earlier = sealed(item.Earlier)
	old.written, err = obs.Service{}.WithServer(item.Server, secret.New(item.Key))
	return old, err == nil && old.earlier != "", nil
}

// claim takes what an earlier version kept for this place's, where this place
// holds what that version wrote last.
func (k kept) claim(present obs.Service) kept {
	old := k.prints.Legacy
	if print, ok := k.prints.print(present); old != nil && ok && print == old.Print {
		k.Earlier, k.claimed = old.Earlier, true
	}
	return k
}

// claimed notes that the backup of an earlier version has found its place, after
// it was stored there.
func (b backups) claimed(ctx context.Context, at place) error {
	in := b.scopes.of(at)
	_, err := changeFingerprints(ctx, in, func(f fingerprints) (fingerprints, bool) {
		had := f.Legacy != nil
		f.Legacy = nil
		return f, had
	})
	if err != nil {
		return err
	}
	return in.vault.Delete(ctx, legacyItem)
}

// legacyMarkName is the mark of earlier versions, in the sandbox's folder: the
// address of the one real OBS that it changed.
const legacyMarkName = "real-obs.json"

func (r *rehearsals) legacyMarkPath() string { return filepath.Join(r.dir, legacyMarkName) }

// legacyMark gives the OBS that a sandbox of an earlier version changed.
func (r *rehearsals) legacyMark() (id string, ok bool) {
	var left struct{ Address string }
	data, err := storage.ReadJSON(r.legacyMarkPath(), storage.MaxJSON)
	if err != nil || json.Unmarshal(data, &left) != nil || left.Address == "" {
		return "", false
	}
	return Connection{Address: left.Address}.id(), true
}

// putBackLegacy puts back what the sandbox of an earlier version kept in the
// sandbox's own keyring items. Its profile is not known: the mark stays until
// the one is in use that holds what was written.
func (d *Destination) putBackLegacy(ctx context.Context, conn Connection, present obs.ServiceSnapshot) (bool, error) {
	old, found, err := loadLegacy(ctx, d.opt.SandboxVault)
	if err != nil {
		return false, err
	}
	if found && !present.Service.Matches(old.written.Server, old.written.Key) {
		return false, nil
	}
	if found {
		if err := d.giveBackSealed(ctx, conn, present, old.earlier); err != nil {
			return false, err
		}
	}
	ctx, cancel := afterwards(ctx)
	defer cancel()
	if err := os.Remove(d.rehearsals.legacyMarkPath()); err != nil {
		return found, err
	}
	return found, d.opt.SandboxVault.Delete(ctx, legacyItem)
}
