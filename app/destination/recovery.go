package destination

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"

	"cuelight/app/storage"
	"cuelight/obs"
)

// A real OBS that the sandbox pointed at its simulated platform is put back when
// the sandbox's window closes. Where that did not happen, because of a crash or
// because a command pointed it there, the mark left behind lets the next start do
// it, inside the sandbox or outside: once no sandbox is alive any more.

// mark notes that a place holds, or is about to hold, the sandbox's settings.
type mark struct {
	place
	// Instance is the run that noted it.
	Instance string `json:"instance"`
}

func (d *Destination) sandboxDir() string  { return filepath.Join(d.opt.Ordinary, "sandbox") }
func (d *Destination) instanceDir() string { return filepath.Join(d.sandboxDir(), "instances") }
func (d *Destination) marksDir() string    { return filepath.Join(d.sandboxDir(), "rehearsals") }

func (d *Destination) markPath(at place) string {
	sum := sha256.Sum256([]byte(at.OBS + "\x00" + at.Profile))
	return filepath.Join(d.marksDir(), hex.EncodeToString(sum[:8])+".json")
}

// mark notes a rehearsal; fresh is false where one was noted already.
func (d *Destination) mark(at place) (fresh bool, err error) {
	_, err = os.Stat(d.markPath(at))
	fresh = err != nil
	if err := os.MkdirAll(d.marksDir(), 0o700); err != nil {
		return false, err
	}
	return fresh, storage.WriteJSON(d.markPath(at), mark{place: at, Instance: d.instance.id})
}

func (d *Destination) unmark(at place) { _ = os.Remove(d.markPath(at)) }

// marks reads all of them, by file. One that cannot be read names no place.
func (d *Destination) marks() map[string]mark {
	all := make(map[string]mark)
	names, _ := filepath.Glob(filepath.Join(d.marksDir(), "*.json")) // the pattern is well formed
	for _, name := range names {
		var m mark
		data, err := storage.ReadFile(name)
		if err == nil && json.Unmarshal(data, &m) == nil && m.OBS != "" {
			all[name] = m
		}
	}
	return all
}

// Rehearsed reports whether some OBS may still hold the sandbox's settings.
func (d *Destination) Rehearsed() bool {
	_, legacy := d.legacyMark()
	return legacy || len(d.marks()) > 0
}

// Recover puts back an OBS that a sandbox which is gone left pointing at itself,
// ending a stream that goes nowhere any more, and reports whether it did. A run
// of the sandbox never takes its own mark, or one that was noted while it runs,
// for a leftover. Settings that somebody has changed since are theirs and stay.
func (d *Destination) Recover(ctx context.Context, conn Connection) (bool, error) {
	if conn.Simulated || !d.Rehearsed() || d.instance.othersAlive(d.instanceDir()) {
		return false, nil
	}
	return d.putBack(ctx, conn, func(at place) bool {
		m, ok := d.marks()[d.markPath(at)]
		return ok && (!d.opt.Sandbox || d.inherited[d.markPath(at)] == m)
	})
}

// EndRehearsal puts back the OBS in use because the sandbox ends, whichever of
// its runs pointed it here.
func (d *Destination) EndRehearsal(ctx context.Context, conn Connection) (bool, error) {
	if conn.Simulated || !d.Rehearsed() {
		return false, nil
	}
	return d.putBack(ctx, conn, func(at place) bool {
		_, ok := d.marks()[d.markPath(at)]
		return ok
	})
}

func (d *Destination) putBack(ctx context.Context, conn Connection, left func(place) bool) (done bool, err error) {
	err = d.exclusive(ctx, conn, func(present obs.ServiceSnapshot) error {
		if old, ok := d.legacyMark(); ok && old == conn.id() {
			done, err = d.putBackLegacy(ctx, conn, present)
			if done || err != nil {
				return err
			}
		}
		if !left(conn.at(present)) {
			return nil
		}
		done, err = d.putBackMarked(ctx, conn, present)
		return err
	})
	return done, err
}

func (d *Destination) putBackMarked(ctx context.Context, conn Connection, present obs.ServiceSnapshot) (bool, error) {
	if err := d.lookAgain(ctx, conn, present); err != nil {
		return false, err
	}
	at := conn.at(present)
	k, err := d.load(ctx, at, present.Service)
	if err != nil {
		return false, err
	}
	target := k.target(true)
	now := k.afterRestoring(true)
	if by, ours := k.prints.writer(present.Service); !ours || !by.Rehearsal || target == "" {
		// Changed since, by the user or by the ordinary Cuelight: that stays.
		now.Earlier, now.Given = k.Earlier, k.Given
		if !ours && !holds(present.Service, target) {
			return false, errors.Join(ErrChangedSince, d.restored(ctx, at, k, now))
		}
		return false, d.restored(ctx, at, k, now)
	}
	if err := giveBack(ctx, conn, present, target); err != nil {
		return false, err
	}
	return true, d.restored(ctx, at, k, now)
}

// giveBack writes what was there before a rehearsal. One still going on goes
// nowhere once the sandbox has ended.
func giveBack(ctx context.Context, conn Connection, present obs.ServiceSnapshot, target sealed) error {
	earlier, err := obs.OpenService(target.text())
	if err != nil {
		return err
	}
	if status, err := conn.StreamStatus(ctx); err == nil && status.Active {
		if err := conn.StopStream(ctx); err != nil && !errors.Is(err, obs.ErrNotStreaming) {
			return err
		}
	}
	_, err = conn.ReplaceService(ctx, present, earlier)
	return err
}
