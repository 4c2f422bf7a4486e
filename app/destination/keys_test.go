package destination

import (
	"context"
	"errors"
	"testing"
	"time"

	"cuelight/obs"
)

// reset plays a reset of an account's key: queue, platform, flush.
func (r *rig) reset(d *Destination, account, key string) (Flushed, error) {
	r.t.Helper()
	conn := r.conn
	reset, err := d.BeginReset(r.ctx, account, &conn)
	if err != nil {
		r.t.Fatal(err)
	}
	defer reset.End()
	r.give(account, key)
	return reset.Flush(r.ctx)
}

func TestAResetReachesOBSAtOnceWhereItCan(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	done, err := r.reset(d, "mine", "mine-key-2")
	if err != nil || !done.Written || done.Account != "mine" || r.state().WriteQueued {
		t.Fatalf("got %+v, %v", done, err)
	}
	r.wantKey("mine-key-2")
	if err := r.restore(d); err != nil {
		t.Fatal(err)
	}
	r.wantOwn("AA")
}

// The queue is there before the platform is asked, whoever dies then.
func TestAResetIsQueuedBeforeThePlatformIsAsked(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	reset, err := d.BeginReset(t.Context(), "mine", &r.conn)
	if err != nil || !reset.Here || !r.state().WriteQueued {
		t.Fatalf("here: %v, %v; shown as %+v", reset.Here, err, r.state())
	}
	next := r.cuelight() // this one has been killed
	if !next.Queued() {
		t.Error("the next start does not know")
	}
	reset.End()
	r.give("mine", "mine-key-2")
	if done, err := next.Flush(t.Context(), r.conn); err != nil || !done.Written {
		t.Errorf("got %+v, %v", done, err)
	}
	r.wantKey("mine-key-2")
	if next.Queued() {
		t.Error("still queued")
	}
}

func TestARefusedResetTakesBackWhatItQueued(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	for _, queuedBefore := range []bool{false, true} {
		reset, err := d.BeginReset(t.Context(), "mine", &r.conn)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		reset.Refused(ctx) // whoever has gone away
		reset.End()
		if d.Queued() != queuedBefore {
			t.Errorf("queued: %v, before it was %v", d.Queued(), queuedBefore)
		}
		if reset, err = d.BeginReset(t.Context(), "mine", &r.conn); err != nil {
			t.Fatal(err)
		}
		reset.End()
	}
}

func TestNoOtherCuelightIsAtAKeyThatIsBeingReset(t *testing.T) {
	r := newRig(t)
	d, other := r.cuelight(), r.cuelight()
	r.setUp(d, "mine")
	reset, err := d.BeginReset(t.Context(), "mine", &r.conn)
	if err != nil {
		t.Fatal(err)
	}
	// It would find the old key, take it for the new one and the queue for done.
	ctx, cancel := context.WithTimeout(t.Context(), 80*time.Millisecond)
	defer cancel()
	if _, err := other.Flush(ctx, r.conn); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	unlock, err := other.LockKey(t.Context(), "other")
	if err != nil {
		t.Error(err)
	}
	unlock()
	reset.End()
	if _, err := other.Flush(t.Context(), r.conn); err != nil {
		t.Error(err)
	}
}

func TestAKeyIsWrittenForTheAccountItBelongsTo(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	if done, err := r.reset(d, "other", "other-key-2"); err != nil || done.Written || r.obs.writes != 1 {
		t.Errorf("an account that OBS does not send for: %+v, %v", done, err)
	}
	r.wantKey("mine-key-1")
	if d.Queued() {
		t.Error("queued for an account that OBS does not send for")
	}
}

func TestAnOBSThatIsAwayLearnsOfTheNewKey(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	for i, conn := range []*Connection{nil, {OBS: r.obs, Address: r.conn.Address}} {
		r.obs.snapshotErr = &obs.Error{Kind: obs.ErrClosed} // also where it goes this moment
		reset, err := d.BeginReset(t.Context(), "mine", conn)
		if err != nil || reset.Here || !d.Queued() {
			t.Fatalf("%d: %v, queued %v", i, err, d.Queued())
		}
		r.give("mine", "mine-key-2")
		if _, err := reset.Flush(t.Context()); !errors.Is(err, obs.ErrUnreachable) {
			t.Errorf("%d: %v", i, err)
		}
		reset.End()
		r.obs.snapshotErr = nil
		if done, err := d.Flush(t.Context(), r.conn); err != nil || !done.Written {
			t.Errorf("%d: %+v, %v", i, done, err)
		}
		r.wantKey("mine-key-2")
		r.give("mine", "mine-key-1")
		r.setUp(d, "mine")
	}
}

func TestAKeyThatTheUserTypedIntoOBSIsKeptAndRenewed(t *testing.T) {
	r := newRig(t)
	typed := service(t, ingest("").Server, "mine-key-1", `"some_setting":"of the user"`)
	r.obs.set(typed)
	d := r.cuelight()
	if done, err := r.reset(d, "mine", "mine-key-2"); err != nil || !done.Written {
		t.Fatalf("got %+v, %v", done, err)
	}
	r.wantKey("mine-key-2")
	if err := r.restore(d); err != nil || !r.obs.holds("AA").Equal(typed) {
		t.Errorf("given back %v, %v", r.obs.holds("AA"), err)
	}
}

func TestAKeyThatOBSHoldsAlreadyWaitsNoLonger(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	reset, err := d.BeginReset(t.Context(), "mine", &r.conn)
	if err != nil {
		t.Fatal(err)
	}
	defer reset.End()
	if done, err := reset.Flush(t.Context()); err != nil || !done.Written || r.obs.writes != 1 || d.Queued() {
		t.Errorf("got %+v, %v, %d writes", done, err, r.obs.writes)
	}
}

func TestAResetDoesNotBeginWhereItCannotBeQueued(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	broken := errors.New("broken")
	r.ordinary.fail["get"] = broken
	if _, err := d.BeginReset(t.Context(), "mine", &r.conn); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	delete(r.ordinary.fail, "get")
	for _, name := range []string{targetsName, "obs/key/mine"} {
		unlock, err := r.cuelight().scopes.own.locks.Lock(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 60*time.Millisecond)
		if _, err := d.BeginReset(ctx, "mine", &r.conn); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s held elsewhere: %v", name, err)
		}
		cancel()
		unlock()
	}
	reset, err := d.BeginReset(t.Context(), "mine", &r.conn) // nothing is held on
	if err != nil {
		t.Fatal(err)
	}
	reset.End()
}
