package destination

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
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

// queue is the owner of the targets: it knows which places hold an account's
// key, and which of them a new one waits for.
type queue struct {
	// dir is the configuration folder and locks keep others from the file in it.
	dir   string
	locks *storage.Locks
	emit  func(...state.Event)
	log   *slog.Logger

	mu sync.Mutex // guards current; never held over I/O
	// current is the OBS and profile last seen.
	current place
}

func (q *queue) path() string { return filepath.Join(q.dir, targetsName) }

// targets reads the file. A broken one names no account: it is kept aside, and
// OBS stays as it is.
func (q *queue) targets() []target {
	var file targetsFile
	data, err := storage.ReadJSON(q.path(), storage.MaxJSON)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil && !errors.Is(err, storage.ErrTooLarge):
		q.log.Warn("read where OBS was pointed", "err", err)
	case err != nil || json.Unmarshal(data, &file) != nil:
		aside, err := storage.KeepAside(q.path(), time.Now())
		q.log.Warn("the notes of where OBS was pointed are broken", "kept", aside, "err", err)
	}
	all := slices.DeleteFunc(file.Targets, func(t target) bool { return t.Account == "" })
	if name, _ := storage.ReadFile(filepath.Join(q.dir, legacyQueueName)); len(name) > 0 {
		all = append(all, target{Account: string(name), Queued: true})
	}
	return all
}

// change reads, changes and writes the file alone. to gives what is to be in it
// from what is, in a slice of its own.
func (q *queue) change(ctx context.Context, to func([]target) []target) error {
	unlock, err := lock(ctx, q.locks, targetsName, fileLockTimeout)
	if err != nil {
		return err
	}
	defer unlock()
	now := q.targets()
	next := to(slices.Clone(now))
	if slices.Equal(now, next) {
		return nil
	}
	if err := storage.WriteJSON(q.path(), targetsFile{Version: targetsVersion, Targets: next}, storage.MaxJSON); err != nil {
		return err
	}
	_ = os.Remove(filepath.Join(q.dir, legacyQueueName)) // it is in the file now
	return nil
}

// amend is change where a failure must not hold up what has been done: a
// target too many is found out at the next look at OBS.
func (q *queue) amend(ctx context.Context, to func([]target) []target) {
	if err := q.change(ctx, to); err != nil {
		q.log.Warn("note where OBS was pointed", "err", err)
	}
	q.show()
}

// expect notes that a place is about to be pointed at an account.
func (q *queue) expect(ctx context.Context, at place, account string) {
	q.amend(ctx, func(all []target) []target {
		if slices.ContainsFunc(all, func(t target) bool { return t.place == at && t.Account == account }) {
			return all
		}
		return append(all, target{place: at, Account: account})
	})
}

// settle notes that a place holds an account's present key, and so no other's.
func (q *queue) settle(ctx context.Context, at place, account string) {
	q.amend(ctx, func(all []target) []target {
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
func (q *queue) leave(ctx context.Context, at place) {
	q.amend(ctx, func(all []target) []target {
		return slices.DeleteFunc(all, func(t target) bool { return t.place == at })
	})
}

// drop notes that a place is not pointed at one account any more.
func (q *queue) drop(ctx context.Context, at place, account string) {
	q.amend(ctx, func(all []target) []target {
		return slices.DeleteFunc(all, func(t target) bool { return t.covers(at) && t.Account == account })
	})
}

// forget notes that an account is gone.
func (q *queue) forget(ctx context.Context, account string) {
	q.amend(ctx, func(all []target) []target {
		return slices.DeleteFunc(all, func(t target) bool { return t.Account == account })
	})
}

// see notes the OBS and profile in use.
func (q *queue) see(at place) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.current = at
}

func (q *queue) lastSeen() place {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.current
}

// queued reports whether a new key waits for the OBS and profile last seen, or
// for any where none was seen yet.
func (q *queue) queued() bool {
	at := q.lastSeen()
	return slices.ContainsFunc(q.targets(), func(t target) bool {
		return t.Queued && (at == place{} || t.covers(at))
	})
}

func (q *queue) show() { q.emit(state.WriteQueuedChanged{Queued: q.queued()}) }

// waits reports whether an account's key waits for a place.
func (q *queue) waits(at place, account string) bool {
	return slices.Contains(queuedFor(q.targets(), func(t target) bool { return t.covers(at) }), account)
}

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
