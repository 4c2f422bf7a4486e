package destination

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"cuelight/app/state"
	"cuelight/obs"
	"cuelight/providers"
)

// afterStopTimeout is how long OBS may go on calling its output active once it
// has said that the stream has stopped: seen up to 3 s.
const afterStopTimeout = 6 * time.Second

// Reset is a reset of an account's key under way. Between BeginReset and End no
// other Cuelight resets that key or writes it to OBS.
type Reset struct {
	d       *Destination
	account string
	conn    *Connection
	unlock  func()
	// queued are the targets that were not queued before.
	queued []target
	// Here: the OBS in use holds the account's key.
	Here bool
}

// BeginReset queues the new key for every place that holds the account's
// present one, before the platform is asked to replace it: whatever happens
// then, the places learn of it. conn is nil where OBS is not there. End ends it.
func (d *Destination) BeginReset(ctx context.Context, account string, conn *Connection) (*Reset, error) {
	unlock, err := d.LockKey(ctx, account)
	if err != nil {
		return nil, err
	}
	r := &Reset{d: d, account: account, conn: conn, unlock: unlock}
	if conn != nil {
		// Without it, what OBS holds is told by what Cuelight wrote alone.
		now, _ := d.opt.Ingest(ctx, account)
		if r.Here, err = d.recognise(ctx, *conn, account, now); err != nil {
			if !away(err) {
				r.End()
				return nil, err
			}
			r.conn = nil // gone this moment: the targets known are queued
		}
	}
	if err := r.queue(ctx); err != nil {
		r.End()
		return nil, err
	}
	return r, nil
}

// away reports whether OBS gave no answer, rather than one that is in the way.
func away(err error) bool {
	for _, kind := range []error{obs.ErrClosed, obs.ErrNoAnswer, obs.ErrUnreachable, obs.ErrNotReady, obs.ErrProtocol, obs.ErrPassword, obs.ErrKicked} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}

// recognise sees whether OBS holds an account's present key, and makes that a
// target. A key that the user has typed into OBS is kept first: it is what was
// there before Cuelight wrote.
func (d *Destination) recognise(ctx context.Context, conn Connection, account string, now providers.Ingest) (here bool, err error) {
	err = d.exclusive(ctx, conn, func(present obs.ServiceSnapshot) error {
		at := conn.at(present)
		k, err := d.backups.load(ctx, at, present.Service)
		if err != nil {
			return err
		}
		by, ours := k.prints.writer(present.Service)
		mine := ours && by == k.prints.by(account, d.rehearses(at))
		here = mine || present.Service.Matches(now.Server, now.Key)
		switch {
		case mine:
			d.queue.expect(ctx, at, account)
			return nil
		case here:
			_, err := d.prepare(ctx, conn, present, present.Service, account)
			return err
		case !ours || by.Rehearsal == d.rehearses(at):
			d.queue.drop(ctx, at, account) // OBS has been pointed elsewhere since
		}
		return nil
	})
	return here, err
}

// queue marks the account's targets, and remembers which were not.
func (r *Reset) queue(ctx context.Context) error {
	err := r.d.queue.change(ctx, func(all []target) []target {
		r.queued = nil
		for i, t := range all {
			if t.Account == r.account && !t.Queued {
				r.queued = append(r.queued, t)
				all[i].Queued = true
			}
		}
		return all
	})
	r.d.queue.show()
	return err
}

// Refused takes the queue back: the platform has not replaced the key.
func (r *Reset) Refused(ctx context.Context) {
	ctx, cancel := afterwards(ctx)
	defer cancel()
	r.d.queue.amend(ctx, func(all []target) []target {
		for i, t := range all {
			t.Queued = false
			if slices.Contains(r.queued, t) {
				all[i].Queued = false
			}
		}
		return all
	})
}

// Flush writes the new key to the OBS in use, if OBS takes it now.
func (r *Reset) Flush(ctx context.Context) (Flushed, error) {
	if r.conn == nil {
		return Flushed{}, &obs.Error{Kind: obs.ErrUnreachable, Op: "connect"}
	}
	return r.d.flush(ctx, *r.conn, r.account)
}

// End lets others at the account's key again.
func (r *Reset) End() { r.unlock() }

// Flushed is what became of a key that waited.
type Flushed struct {
	// Written: OBS holds the account's present key.
	Written bool
	// Account is whose key it was, and Service what OBS holds; empty where nothing
	// was found out.
	Account string
	Service obs.Service
}

// Flush writes the keys that wait for the OBS and profile in use. The key is
// asked for the account that it belongs to, whichever account is in use: OBS
// points at that account already and goes on doing so, only with a key that
// works. Where OBS does not hold what Cuelight wrote for that account any more,
// nothing is written, the key waits no longer, and the error is ErrChangedSince.
// A stream is waited for only in the moment in which it ends; a running one is
// obs.ErrStreaming.
func (d *Destination) Flush(ctx context.Context, conn Connection) (Flushed, error) {
	accounts := queuedFor(d.queue.targets(), func(t target) bool { return t.concerns(conn) })
	if len(accounts) == 0 {
		return Flushed{}, nil
	}
	if err := awaitStopped(ctx, conn); err != nil {
		return Flushed{}, err
	}
	var out Flushed
	var errs []error
	for _, account := range accounts {
		unlock, err := d.LockKey(ctx, account)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		done, err := d.flush(ctx, conn, account)
		unlock()
		if done.Account != "" {
			out = done
		}
		errs = append(errs, err)
	}
	return out, errors.Join(errs...)
}

// Forget takes an account that is gone from the queue.
func (d *Destination) Forget(ctx context.Context, account string) { d.queue.forget(ctx, account) }

// Queued reports whether a new key waits for the OBS and profile last seen, or
// for any where none was seen yet.
func (d *Destination) Queued() bool { return d.queue.queued() }

// awaitStopped waits for an output that OBS still calls active right after its
// stream has stopped.
func awaitStopped(ctx context.Context, conn Connection) error {
	ctx, cancel := context.WithTimeout(ctx, afterStopTimeout)
	defer cancel()
	for {
		err := streaming(ctx, conn)
		if !errors.Is(err, obs.ErrStreaming) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(250 * time.Millisecond):
		}
	}
}

func streaming(ctx context.Context, conn Connection) error {
	status, err := conn.StreamStatus(ctx)
	if err == nil && (status.Active || status.Reconnecting) {
		return &obs.Error{Kind: obs.ErrStreaming, Op: "SetStreamServiceSettings"}
	}
	return err
}

// flush writes one account's key; LockKey is held.
func (d *Destination) flush(ctx context.Context, conn Connection, account string) (Flushed, error) {
	present, err := conn.Snapshot(ctx)
	if err != nil || !d.queue.waits(conn.at(present), account) {
		return Flushed{}, err // it may wait for another profile
	}
	if err := streaming(ctx, conn); err != nil {
		return Flushed{}, err
	}
	ingest, err := d.opt.Ingest(ctx, account)
	if err != nil {
		return Flushed{}, err
	}
	var out Flushed
	err = d.exclusive(ctx, conn, func(present obs.ServiceSnapshot) error {
		out, err = d.flushTo(ctx, conn, present, account, ingest)
		return err
	})
	return out, err
}

func (d *Destination) flushTo(ctx context.Context, conn Connection, present obs.ServiceSnapshot, account string, ingest providers.Ingest) (Flushed, error) {
	at := conn.at(present)
	if !d.queue.waits(at, account) {
		return Flushed{}, nil
	}
	done := Flushed{Written: true, Account: account, Service: present.Service}
	if present.Service.Matches(ingest.Server, ingest.Key) {
		d.queue.settle(ctx, at, account)
		return done, nil
	}
	k, err := d.backups.load(ctx, at, present.Service)
	if err != nil {
		return Flushed{}, err
	}
	by, ours := k.prints.writer(present.Service)
	switch {
	case ours && by.Rehearsal && !d.rehearses(at):
		return Flushed{}, nil // it waits for the end of the rehearsal
	case !ours, !k.mayRenew(by, account, present.Service, ingest):
		d.queue.drop(ctx, at, account)
		return Flushed{Account: account, Service: present.Service}, ErrChangedSince
	}
	if done.Service, err = present.Service.WithServer(ingest.Server, ingest.Key); err != nil {
		return Flushed{}, err
	}
	if err := d.replace(ctx, conn, present, done.Service, account, func(state.Step) {}); err != nil {
		return Flushed{}, err
	}
	return done, nil
}

// mayRenew reports whether what OBS holds is the account's own, with a key that
// may be old. An earlier version did not note for whom it wrote: there the
// server has to tell.
func (k kept) mayRenew(by writer, account string, present obs.Service, ingest providers.Ingest) bool {
	trim := func(server string) string { return strings.TrimRight(server, "/") }
	return by.Account == k.prints.by(account, false).Account || by.Account == "" && trim(present.Server) == trim(ingest.Server)
}
