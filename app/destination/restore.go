package destination

import (
	"cmp"
	"context"
	"fmt"

	"cuelight/app/state"
	"cuelight/obs"
)

// ChangedError tells that OBS holds what the user, or another program, has set
// since Cuelight wrote. It is of kind ErrChangedSince.
type ChangedError struct {
	// Server and Name are where OBS sends now, for showing.
	Server, Name string
	// Earlier is where it would send after all, named as Place names it.
	Earlier string
}

// Place names where OBS sends now: the named service ("Twitch"), else the
// server; empty where it sends nowhere.
func (e *ChangedError) Place() string {
	if e.Name != "" {
		return e.Name
	}
	return e.Server
}

// Error says so in English.
func (e *ChangedError) Error() string { return ErrChangedSince.Error() }

// Is matches ErrChangedSince.
func (e *ChangedError) Is(target error) bool { return target == ErrChangedSince }

// Restore puts back what was kept of the OBS and profile in use.
// Where OBS holds what the user has set since, nothing is written and the error
// is a *ChangedError, unless overwrite asks for it: then what OBS holds is kept
// in its place, so that the next Restore with overwrite exchanges the two again.
//
// A profile switched meanwhile is not the one that was meant: the error is then
// of kind obs.ErrChanged.
//
// Where nothing is kept of the OBS and profile in use but of others, the error is a
// *MovedError, and RestoreFrom takes what is kept of one of them.
func (d *Destination) Restore(ctx context.Context, conn Connection, overwrite bool) (obs.Service, error) {
	return d.RestoreFrom(ctx, conn, Origin{}, overwrite)
}

// RestoreFrom is Restore with what is kept of another OBS or profile, which the user
// has chosen: this one under an earlier name or address. It stays kept there. The
// zero Origin means the OBS and profile in use.
func (d *Destination) RestoreFrom(ctx context.Context, conn Connection, origin Origin, overwrite bool) (obs.Service, error) {
	var given obs.Service
	var meant place
	err := d.exclusive(ctx, conn, func(present obs.ServiceSnapshot) error {
		at := conn.at(present)
		if meant == (place{}) {
			meant = at
		}
		if at != meant {
			return &obs.Error{Kind: obs.ErrChanged, Op: "restore", Comment: "another profile was chosen"}
		}
		var err error
		given, err = d.restore(ctx, conn, present, origin, overwrite)
		return err
	})
	return given, err
}

func (d *Destination) restore(ctx context.Context, conn Connection, present obs.ServiceSnapshot, origin Origin, overwrite bool) (obs.Service, error) {
	at := conn.at(present)
	k, err := d.backups.load(ctx, at, present.Service)
	if err == nil && origin != (Origin{}) {
		k, err = d.backups.from(ctx, k, origin)
	}
	if err != nil {
		return obs.Service{}, err
	}
	target := k.target(d.rehearses(at))
	if target == "" {
		return obs.Service{}, d.noBackup(ctx, k)
	}
	earlier, err := obs.OpenService(target.text())
	if err != nil {
		return obs.Service{}, fmt.Errorf("read OBS's earlier settings: %w", err)
	}
	if err := d.lookAgain(ctx, conn, present); err != nil {
		return obs.Service{}, err
	}
	now := k.afterRestoring(d.rehearses(at))
	if present.Service.Equal(earlier) {
		return earlier, d.restored(ctx, at, k, now)
	}
	if _, ours := k.prints.writer(present.Service); !ours {
		if !overwrite {
			return obs.Service{}, &ChangedError{
				Server: present.Service.DisplayServer(), Name: present.Service.Name,
				Earlier: cmp.Or(earlier.Name, earlier.DisplayServer()),
			}
		}
		both := k.backup
		both.Newer = seal(present.Service)
		if err := d.backups.store(ctx, both); err != nil {
			return obs.Service{}, fmt.Errorf("keep OBS's present settings: %w", err)
		}
		now.Earlier = both.Newer
	}
	if err := d.giveBack(ctx, conn, present, earlier); err != nil {
		return obs.Service{}, err // what is kept stays, also where nobody knows what OBS holds
	}
	return earlier, d.restored(ctx, at, k, now)
}

// noBackup is the error of a place that nothing is kept of.
func (d *Destination) noBackup(ctx context.Context, k kept) error {
	if origins := d.backups.origins(ctx, k.place, k.prints); len(origins) > 0 {
		return &MovedError{Origins: origins}
	}
	return ErrNoBackup
}

// giveBack writes what was kept.
func (d *Destination) giveBack(ctx context.Context, conn Connection, present obs.ServiceSnapshot, earlier obs.Service) error {
	_, err := conn.ReplaceService(ctx, present, earlier)
	if err != nil {
		after, cancel := afterwards(ctx)
		defer cancel()
		d.keepTorn(after, conn, err)
	}
	return err
}

// afterRestoring is what is still kept once the target was put back.
func (k kept) afterRestoring(rehearses bool) backup {
	b := k.backup
	if !rehearses || b.Rehearsed == "" {
		b.Earlier, b.Given = "", b.Earlier
	}
	b.Rehearsed, b.Newer = "", ""
	return b
}

// restored notes that a place holds again what it held before Cuelight came.
func (d *Destination) restored(ctx context.Context, at place, k kept, now backup) error {
	ctx, cancel := afterwards(ctx)
	defer cancel()
	if err := d.backups.store(ctx, now); err != nil {
		// OBS is as it was; that it is still kept does no harm.
		d.opt.Log.Warn("forget what was kept of OBS", "err", err)
	}
	if k.claimed {
		if err := d.backups.claimed(ctx, at); err != nil {
			d.opt.Log.Warn("take over what an earlier version kept", "err", err)
		}
	}
	d.rehearsals.unmark(at)
	d.queue.leave(ctx, at)
	d.opt.Emit(state.RestorableChanged{CanRestore: now.Earlier != ""}, state.SenderRead{})
	return nil
}
