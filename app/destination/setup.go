package destination

import (
	"context"
	"errors"

	"cuelight/app/state"
	"cuelight/obs"
	"cuelight/providers"
)

// Outcome is what a step did.
type Outcome struct {
	// Changed: OBS was written to.
	Changed bool
	// Kept: earlier settings of the user are kept and can be put back.
	Kept bool
	// Present is what OBS held before.
	Present obs.ServiceSnapshot
}

// Report is told of each part of a step as it changes: StepKeep, StepWrite and
// StepVerify. It must return at once.
type Report func(state.Step)

// LockKey keeps other tasks and Cuelights from resetting an account's key, or
// writing one to OBS, until unlock: from asking the platform for a key until it
// is in OBS nobody may replace it.
func (d *Destination) LockKey(ctx context.Context, account string) (unlock func(), err error) {
	return lock(ctx, d.scopes.own.locks, "obs/key/"+account, keyLockTimeout)
}

// SetUp points OBS at an account's ingest, after keeping what it held. It writes
// nothing where OBS holds that already. Hold LockKey from before asking for the
// ingest.
func (d *Destination) SetUp(ctx context.Context, conn Connection, account string, ingest providers.Ingest, report Report) (Outcome, error) {
	var out Outcome
	err := d.exclusive(ctx, conn, func(present obs.ServiceSnapshot) error {
		at := conn.at(present)
		out = Outcome{Present: present}
		if present.Service.Matches(ingest.Server, ingest.Key) {
			report(state.Step{ID: state.StepKeep, State: state.StepSkipped})
			report(state.Step{ID: state.StepWrite, State: state.StepSkipped})
			report(state.Step{ID: state.StepVerify, State: state.StepDone, Detail: present.Service.DisplayServer()})
			d.queue.settle(ctx, at, account)
			return nil
		}
		next, err := present.Service.WithServer(ingest.Server, ingest.Key)
		if err != nil {
			return err
		}
		if err := d.replace(ctx, conn, present, next, account, report); err != nil {
			return err
		}
		out.Changed, out.Kept = true, true
		return nil
	})
	if read := new(ReadError); errors.As(err, &read) {
		report(state.Step{ID: state.StepKeep, State: state.StepFailed, Err: err})
	}
	return out, err
}

// replace writes next over present and keeps what is to be kept. What must be
// known should this process be killed in the middle is noted before the write.
func (d *Destination) replace(ctx context.Context, conn Connection, present obs.ServiceSnapshot, next obs.Service, account string, report Report) error {
	at := conn.at(present)
	report(state.Step{ID: state.StepKeep, State: state.StepRunning})
	takeBack, err := d.prepare(ctx, conn, present, next, account)
	if err != nil {
		report(state.Step{ID: state.StepKeep, State: state.StepFailed, Err: err})
		return err
	}
	report(state.Step{ID: state.StepKeep, State: state.StepDone})
	report(state.Step{ID: state.StepWrite, State: state.StepRunning})
	_, err = conn.ReplaceService(ctx, present, next)
	after, cancel := afterwards(ctx)
	defer cancel()
	if err == nil {
		report(state.Step{ID: state.StepWrite, State: state.StepDone, Detail: next.DisplayServer()})
		report(state.Step{ID: state.StepVerify, State: state.StepDone, Detail: next.DisplayServer()})
		d.queue.settle(after, at, account)
		return nil
	}
	failed := state.StepWrite
	if nothingWritten(err) {
		takeBack(after)
	}
	d.keepTorn(after, conn, err)
	if errors.Is(err, obs.ErrMismatch) {
		report(state.Step{ID: state.StepWrite, State: state.StepDone})
		failed = state.StepVerify
	}
	report(state.Step{ID: failed, State: state.StepFailed, Err: err})
	return err
}

// prepare notes what is about to be written and keeps what it replaces. takeBack
// undoes that for a write that changed nothing.
func (d *Destination) prepare(ctx context.Context, conn Connection, present obs.ServiceSnapshot, next obs.Service, account string) (takeBack func(context.Context), err error) {
	at := conn.at(present)
	rehearses := d.rehearses(at)
	prints, err := changeFingerprints(ctx, d.scopes.of(at), func(f fingerprints) (fingerprints, bool) {
		f, added := f.with(next, f.by(account, rehearses))
		f, remembered := f.remembering(at)
		return f, added || remembered
	})
	if err != nil {
		return nil, err
	}
	k, err := d.backups.loadWith(ctx, at, present.Service, prints)
	if err != nil {
		return nil, err
	}
	now := k.beforeWriting(present.Service, rehearses)
	if !k.known || now != k.backup {
		if err := d.lookAgain(ctx, conn, present); err != nil {
			return nil, err
		}
	}
	if now != k.backup || k.claimed {
		if err := d.backups.store(ctx, now); err != nil {
			return nil, err
		}
	}
	if k.claimed {
		if err := d.backups.claimed(ctx, at); err != nil {
			d.opt.Log.Warn("take over what an earlier version kept", "err", err)
		}
	}
	marked := false
	if rehearses {
		if marked, err = d.rehearsals.mark(at); err != nil {
			return nil, err
		}
	}
	d.queue.expect(ctx, at, account)
	d.emitRestorable(at, now)
	return func(ctx context.Context) {
		if marked {
			d.rehearsals.unmark(at)
		}
		if now != k.backup {
			if err := d.backups.store(ctx, k.backup); err != nil {
				d.opt.Log.Warn("take back what was kept of OBS", "err", err)
				return
			}
		}
		d.emitRestorable(at, k.backup)
	}, nil
}

func (d *Destination) emitRestorable(at place, b backup) {
	target := kept{backup: b}.target(d.rehearses(at))
	d.opt.Emit(state.RestorableChanged{CanRestore: target != ""})
}

// keepTorn keeps what a write may have overwritten that met another change and
// could not be undone, where err tells of such a one.
func (d *Destination) keepTorn(ctx context.Context, conn Connection, err error) {
	torn := new(obs.TornWriteError)
	if !errors.As(err, &torn) {
		return
	}
	at := conn.at(torn.Before)
	k, err := d.backups.load(ctx, at, torn.Before.Service)
	if err == nil {
		if now := k.beforeWriting(torn.Before.Service, d.rehearses(at)); now != k.backup {
			err = d.backups.store(ctx, now)
		}
	}
	if err != nil {
		d.opt.Log.Warn("keep what a torn write may have overwritten", "err", err)
	}
}
