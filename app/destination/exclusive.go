package destination

import (
	"context"
	"errors"
	"fmt"
	"time"

	"cuelight/app/storage"
	"cuelight/obs"
)

const (
	// lockTimeout bounds the wait for another Cuelight that changes the same OBS:
	// an OBS that answers takes milliseconds, one that has hung up to 10 s.
	lockTimeout = 20 * time.Second
	// keyLockTimeout bounds the wait for another Cuelight that resets the same
	// account's key or sets OBS up with it: the platform may take 30 s for that.
	keyLockTimeout = 60 * time.Second
	// fileLockTimeout bounds the wait for a note in a file or the keyring.
	fileLockTimeout = 20 * time.Second
	// changeAttempts is how often a step is decided anew because OBS was changed
	// between reading and writing.
	changeAttempts = 4
)

// lock takes a name from goroutines and processes alike, and gives up after a
// while. It is no mutex: it is held over calls to OBS on purpose, because what
// was read must still be true when it is written over.
func lock(ctx context.Context, locks *storage.Locks, name string, timeout time.Duration) (func(), error) {
	waiting, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	unlock, err := locks.Lock(waiting, name)
	if err == nil {
		return unlock, nil
	}
	if ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
		return nil, fmt.Errorf("%w: waited %v for %s", ErrLocked, timeout, name)
	}
	return nil, err
}

// exclusive does one step on an OBS alone: nobody else of Cuelight, in whatever
// process, reads or writes its stream service meanwhile. do decides from what
// OBS holds now. Programs that know nothing of our lock are noticed at the write
// (obs.ErrChanged): then do decides anew.
func (d *Destination) exclusive(ctx context.Context, conn Connection, do func(present obs.ServiceSnapshot) error) error {
	locks := d.scopes.of(place{OBS: conn.id()}).locks
	unlock, err := lock(ctx, locks, "obs/service/"+conn.id(), lockTimeout)
	if err != nil {
		return err
	}
	defer unlock()
	for attempt := 1; ; attempt++ {
		present, err := conn.Snapshot(ctx)
		if err != nil {
			return &ReadError{Err: err}
		}
		d.queue.see(conn.at(present))
		err = do(present)
		if !errors.Is(err, obs.ErrChanged) || attempt == changeAttempts {
			return err
		}
	}
}

// lookAgain makes sure that what was read belongs to the profile that it was
// read with, where the snapshot is not sure of it (obs.ServiceSnapshot). It is
// asked for before anything is kept or given back, not where a set-up only
// replaces what Cuelight wrote.
func (d *Destination) lookAgain(ctx context.Context, conn Connection, present obs.ServiceSnapshot) error {
	if present.Sure {
		return nil
	}
	timer := time.NewTimer(d.secondLookAfter)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
		return ctx.Err()
	}
	again, err := conn.Snapshot(ctx)
	if err != nil {
		return &ReadError{Err: err}
	}
	if !again.Equal(present) {
		return &obs.Error{Kind: obs.ErrChanged, Op: "second look"}
	}
	return nil
}

// ReadError: what OBS holds could not be read, so that nothing was changed.
type ReadError struct{ Err error }

// Error says so in English.
func (e *ReadError) Error() string { return "read OBS's stream settings: " + e.Err.Error() }

// Unwrap gives OBS's error.
func (e *ReadError) Unwrap() error { return e.Err }

// nothingWritten reports whether a failed write left OBS as it was, see
// obs.Client.ReplaceService. Where only the answer is missing, nobody knows.
func nothingWritten(err error) bool {
	for _, unknown := range []error{obs.ErrMismatch, obs.ErrTorn, obs.ErrClosed, obs.ErrNoAnswer, obs.ErrProtocol} {
		if errors.Is(err, unknown) {
			return false
		}
	}
	return true
}
