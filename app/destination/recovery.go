package destination

import (
	"context"
	"errors"

	"cuelight/obs"
)

// A real OBS that the sandbox pointed at its simulated platform is put back when
// the sandbox's window closes. Where that did not happen, because of a crash or
// because a command pointed it there, the mark left behind lets the next start do
// it, inside the sandbox or outside: once no sandbox is alive any more.

// Rehearsed reports whether some OBS may still hold the sandbox's settings.
func (d *Destination) Rehearsed() bool { return d.rehearsals.any() }

// Recover puts back an OBS that a sandbox which is gone left pointing at itself,
// ending a stream that goes nowhere any more, and reports whether it did. Settings
// that somebody has changed since are theirs and stay.
func (d *Destination) Recover(ctx context.Context, conn Connection) (bool, error) {
	if conn.Simulated || !d.Rehearsed() || d.rehearsals.othersAlive() {
		return false, nil
	}
	return d.putBack(ctx, conn, d.rehearsals.leftBehind)
}

// EndRehearsal puts back the OBS in use because the sandbox ends, whichever of
// its runs pointed it here.
func (d *Destination) EndRehearsal(ctx context.Context, conn Connection) (bool, error) {
	if conn.Simulated || !d.Rehearsed() {
		return false, nil
	}
	return d.putBack(ctx, conn, d.rehearsals.marked)
}

func (d *Destination) putBack(ctx context.Context, conn Connection, left func(place) bool) (done bool, err error) {
	err = d.exclusive(ctx, conn, func(present obs.ServiceSnapshot) error {
		if old, ok := d.rehearsals.legacyMark(); ok && old == conn.id() {
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
	k, err := d.backups.load(ctx, at, present.Service)
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
	if err := d.giveBackSealed(ctx, conn, present, target); err != nil {
		return false, err
	}
	return true, d.restored(ctx, at, k, now)
}

// giveBackSealed writes what was there before a rehearsal, after ending the
// stream of one that still goes on: it goes nowhere once the sandbox has ended.
func (d *Destination) giveBackSealed(ctx context.Context, conn Connection, present obs.ServiceSnapshot, target sealed) error {
	earlier, err := obs.OpenService(target.text())
	if err != nil {
		return err
	}
	if status, err := conn.StreamStatus(ctx); err == nil && status.Active {
		if err := conn.StopStream(ctx); err != nil && !errors.Is(err, obs.ErrNotStreaming) {
			return err
		}
	}
	return d.giveBack(ctx, conn, present, earlier)
}
