package config

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"cuelight/app/storage"
)

const (
	// SaveDelay is how long the disk may lag behind memory: what is typed in
	// that time is written once.
	SaveDelay = 200 * time.Millisecond
	// lockTimeout bounds one wait for another process that holds the file, so
	// that what others wrote is still read meanwhile.
	lockTimeout = time.Second
	// retryFirst and retryLongest are the pauses after a save that failed.
	retryFirst, retryLongest = time.Second, 30 * time.Second
	// heldTimeout is how long another process may hold the file before the user
	// is told that nothing can be saved.
	heldTimeout = 10 * time.Second
	// closeTimeout bounds the last save.
	closeTimeout = 3 * time.Second
	// settleTimeout bounds the wait for a write that had begun already when
	// the one who asked for it would wait no longer.
	settleTimeout = 2 * time.Second
)

// run saves what waits until ctx ends.
func (d *document[T]) run(ctx context.Context) {
	defer close(d.ended)
	later := time.NewTimer(0)
	later.Stop()
	armed := false
	pause := time.Duration(0)
	for {
		select {
		case <-ctx.Done():
			return
		case <-d.reload:
			d.readAgain()
			continue
		case <-d.soon:
			if !armed {
				armed = true
				later.Reset(d.delay)
			}
			continue
		case <-d.atOnce:
		case <-later.C:
		}
		armed = false
		if d.attempt(ctx, lockTimeout) == nil {
			pause = 0
			continue
		}
		armed = true
		pause = min(max(2*pause, retryFirst), retryLongest)
		if d.awaited() { // the wait for the lock was pause enough
			pause = 0
		}
		later.Reset(pause)
	}
}

// awaited reports whether somebody waits for a change to be on disk.
func (d *document[T]) awaited() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, c := range d.waiting {
		if c.saved != nil {
			return true
		}
	}
	return false
}

// attempt saves what waits, and tells the first time that it cannot be saved.
func (d *document[T]) attempt(ctx context.Context, timeout time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	err := d.save(ctx)
	if d.worthTelling(err) {
		d.unsaved(err)
	}
	return err
}

// worthTelling reports whether a failure is news to the user: once, and of a
// file that another process holds only when that lasts.
func (d *document[T]) worthTelling(err error) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err == nil {
		d.failing, d.toldFailing = time.Time{}, false
		return false
	}
	if d.failing.IsZero() {
		d.failing = time.Now()
	}
	if d.toldFailing || errors.Is(err, ErrHeld) && time.Since(d.failing) < heldTimeout {
		return false
	}
	d.toldFailing = true
	return true
}

// save applies what waits to what is on disk now, and replaces the file.
func (d *document[T]) save(ctx context.Context) error {
	if d.idle() {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(d.path), 0o700); err != nil {
		return d.giveUp(d.take(), fmt.Errorf("make the configuration folder: %w", err))
	}
	unlock, err := d.locks.Lock(ctx, d.lock)
	if err != nil {
		if ctx.Err() == nil { // it is not held: it cannot be had at all
			return d.giveUp(d.take(), err)
		}
		return fmt.Errorf("%w: %w", ErrHeld, err)
	}
	batch := d.take()
	before, after, replaced, err := d.replace(batch)
	unlock()
	if err != nil {
		return d.giveUp(batch, err)
	}
	if replaced {
		d.written()
	}
	d.changed(before, after)
	tell(batch, nil)
	return nil
}

// tell gives those who wait what became of their changes.
func tell[T any](changes []*change[T], err error) {
	for _, c := range changes {
		if c.saved == nil {
			continue
		}
		outcome := err
		if c.refusal != nil {
			outcome = c.refusal
		}
		c.saved <- outcome
	}
}

func (d *document[T]) idle() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.waiting) == 0
}

// take begins an attempt with all the changes that wait.
func (d *document[T]) take() []*change[T] {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.writing, d.waiting = d.waiting, nil
	return d.writing
}

// replace does the reading, changing and writing for one who holds the lock. A
// change that refuses is told so and leaves no trace.
func (d *document[T]) replace(batch []*change[T]) (before, after T, replaced bool, err error) {
	found, there, err := d.readOrKeepAside()
	var broken *BrokenError
	if errors.As(err, &broken) { // gone on with what was read or written last
		found = d.lastRead()
		d.broken(broken)
	} else if err != nil {
		return before, after, false, err
	}
	next := d.clone(found)
	for _, c := range batch {
		candidate := d.clone(next)
		if c.refusal = c.apply(&candidate); c.refusal == nil {
			next = candidate
		}
	}
	next = d.finish(next)
	if replaced = !there || d.encode(next) != d.encode(found); replaced {
		if err := storage.WriteJSON(d.path, next, storage.MaxJSON); err != nil {
			return before, after, false, err
		}
	}
	d.mu.Lock()
	d.writing = nil
	d.mu.Unlock()
	before, after = d.rebase(next)
	return before, after, replaced, nil
}

func (d *document[T]) lastRead() T {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.disk
}

// giveUp ends an attempt that failed: who waits is told, and the other changes
// wait for the next one.
func (d *document[T]) giveUp(batch []*change[T], err error) error {
	d.mu.Lock()
	since := d.waiting
	d.writing, d.waiting = nil, nil
	for _, c := range batch {
		if c.saved == nil {
			d.waiting = append(d.waiting, c)
		}
	}
	for _, c := range since {
		if d.coalesce == nil {
			d.waiting = append(d.waiting, c)
		} else {
			d.waiting = d.coalesce(d.waiting, c)
		}
	}
	d.mu.Unlock()
	tell(batch, err)
	return err
}
