package destination

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"cuelight/app/state"
	"cuelight/app/storage"
)

// A target is a place that Cuelight has pointed at an account. Where the
// account's key is reset it has to learn the new one, at once or later: then it
// is queued. Targets are in a file of the configuration folder, so that the
// queue survives everything; keys are not in it, they are asked for again.

const (
	targetsName = "obs-targets.json"
	// legacyQueueName is the queue of earlier versions: the name of the account
	// whose key waits, and nothing of where.
	legacyQueueName = "obs-write-queued"
	targetsVersion  = 1
)

type target struct {
	place
	Account string `json:"account"`
	// Queued: the account's key was, or is about to be, replaced.
	Queued bool `json:"queued,omitempty"`
}

type targetsFile struct {
	Version int      `json:"version"`
	Targets []target `json:"targets"`
}

// covers reports whether a target concerns a place. One of an earlier version
// may be anywhere.
func (t target) covers(at place) bool { return t.place == at || t.place == place{} }

// concerns is covers for an OBS whose profile is not known yet.
func (t target) concerns(conn Connection) bool { return t.OBS == conn.id() || t.place == place{} }

func (d *Destination) targetsPath() string { return filepath.Join(d.opt.Dir, targetsName) }

// targets reads the file. A broken one names no account: it is kept aside, and
// OBS stays as it is.
func (d *Destination) targets() []target {
	var file targetsFile
	data, err := storage.ReadFile(d.targetsPath())
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		d.opt.Log.Warn("read where OBS was pointed", "err", err)
	case json.Unmarshal(data, &file) != nil:
		aside, err := storage.KeepAside(d.targetsPath(), time.Now())
		d.opt.Log.Warn("the notes of where OBS was pointed are broken", "kept", aside, "err", err)
	}
	all := slices.DeleteFunc(file.Targets, func(t target) bool { return t.Account == "" })
	if name, _ := storage.ReadFile(filepath.Join(d.opt.Dir, legacyQueueName)); len(name) > 0 {
		all = append(all, target{Account: string(name), Queued: true})
	}
	return all
}

// changeTargets reads, changes and writes the file alone. change must leave the
// slice that it is given as it is.
func (d *Destination) changeTargets(ctx context.Context, change func([]target) []target) error {
	unlock, err := lock(ctx, d.own, targetsName, fileLockTimeout)
	if err != nil {
		return err
	}
	defer unlock()
	now := d.targets()
	next := change(slices.Clone(now))
	if slices.Equal(now, next) {
		return nil
	}
	if err := storage.WriteJSON(d.targetsPath(), targetsFile{Version: targetsVersion, Targets: next}); err != nil {
		return err
	}
	_ = os.Remove(filepath.Join(d.opt.Dir, legacyQueueName)) // it is in the file now
	return nil
}

// amend is changeTargets where a failure must not hold up what has been done: a
// target too many is found out at the next look at OBS.
func (d *Destination) amend(ctx context.Context, change func([]target) []target) {
	if err := d.changeTargets(ctx, change); err != nil {
		d.opt.Log.Warn("note where OBS was pointed", "err", err)
	}
	d.showQueued()
}

// expect notes that a place is about to be pointed at an account.
func (d *Destination) expect(ctx context.Context, at place, account string) {
	d.amend(ctx, func(all []target) []target {
		if slices.ContainsFunc(all, func(t target) bool { return t.place == at && t.Account == account }) {
			return all
		}
		return append(all, target{place: at, Account: account})
	})
}

// settle notes that a place holds an account's present key, and so no other's.
func (d *Destination) settle(ctx context.Context, at place, account string) {
	d.amend(ctx, func(all []target) []target {
		all = slices.DeleteFunc(all, func(t target) bool {
			return t.place == at && t.Account != account || t.place == place{} && t.Account == account
		})
		for i := range all {
			if all[i].place == at {
				all[i].Queued = false
			}
		}
		return all
	})
}

// leave notes that a place is not pointed at any account any more.
func (d *Destination) leave(ctx context.Context, at place) {
	d.amend(ctx, func(all []target) []target {
		return slices.DeleteFunc(all, func(t target) bool { return t.place == at })
	})
}

// drop notes that a place is not pointed at one account any more.
func (d *Destination) drop(ctx context.Context, at place, account string) {
	d.amend(ctx, func(all []target) []target {
		return slices.DeleteFunc(all, func(t target) bool { return t.covers(at) && t.Account == account })
	})
}

// Forget notes that an account is gone.
func (d *Destination) Forget(ctx context.Context, account string) {
	d.amend(ctx, func(all []target) []target {
		return slices.DeleteFunc(all, func(t target) bool { return t.Account == account })
	})
}

// Queued reports whether a new key waits for the OBS and profile last seen, or
// for any where none was seen yet.
func (d *Destination) Queued() bool {
	at := d.lastSeen()
	return slices.ContainsFunc(d.targets(), func(t target) bool {
		return t.Queued && (at == place{} || t.covers(at))
	})
}

func (d *Destination) showQueued() { d.opt.Emit(state.WriteQueuedChanged{Queued: d.Queued()}) }

// queuedFor names the accounts whose new keys wait for a place.
func queuedFor(all []target, covers func(target) bool) []string {
	var names []string
	for _, t := range all {
		if t.Queued && covers(t) && !slices.Contains(names, t.Account) {
			names = append(names, t.Account)
		}
	}
	return names
}
