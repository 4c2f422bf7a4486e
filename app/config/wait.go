package config

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// update makes a change and waits until it is on disk, has refused, or ctx
// ends; then it is withdrawn.
func (d *document[T]) update(ctx context.Context, apply func(*T) error) error {
	saved := make(chan error, 1)
	c := &change[T]{apply: apply, saved: saved}
	d.add(c)
	select {
	case err := <-saved:
		return err
	case <-ctx.Done():
	}
	if d.withdraw(c) {
		return fmt.Errorf("save %s: %w: %w", d.name, ErrHeld, ctx.Err())
	}
	// It is being written: how that ends is worth a moment.
	settled := time.NewTimer(settleTimeout)
	defer settled.Stop()
	select {
	case err := <-saved:
		return err
	case <-settled.C:
		return fmt.Errorf("save %s: %w", d.name, ctx.Err())
	}
}

// readAnew reads the file again, in order with all changes, and takes over what
// others wrote. A broken file is left for the next save to deal with.
func (d *document[T]) readAnew(ctx context.Context) error {
	done := make(chan error, 1)
	d.mu.Lock()
	d.reloads = append(d.reloads, done)
	d.mu.Unlock()
	signal(d.reload)
	select {
	case err := <-done:
		return err
	case <-d.ended:
		return ErrClosed
	case <-ctx.Done():
		return fmt.Errorf("read %s: %w", d.name, ctx.Err())
	}
}

// readAgain is readAnew on the document's goroutine.
func (d *document[T]) readAgain() {
	d.mu.Lock()
	reloads := d.reloads
	d.reloads = nil
	d.mu.Unlock()
	found, _, err := d.read()
	if err == nil {
		d.changed(d.rebase(found))
	}
	for _, done := range reloads {
		done <- err
	}
}

// close saves what waits and ends the goroutine. What cannot be saved in time is
// an error.
func (d *document[T]) close() error {
	d.mu.Lock()
	again := d.closed
	d.closed = true
	d.mu.Unlock()
	if again {
		return nil
	}
	d.stop()
	<-d.ended
	err := d.attempt(context.Background(), closeTimeout)
	tell(d.take(), errors.Join(ErrClosed, err))
	return err
}
