package destination

import (
	"context"
	"errors"
	"testing"
	"time"

	"cuelight/obs"
	"cuelight/providers"
)

func TestAKeyWaitsForTheEndOfTheStream(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	r.obs.stream(true)
	if done, err := r.reset(d, "mine", "mine-key-2"); !errors.Is(err, obs.ErrStreaming) || done.Written || !r.state().WriteQueued {
		t.Fatalf("got %+v, %v", done, err)
	}
	r.wantKey("mine-key-1")
	// Right after the stop OBS goes on calling its output active for a while.
	r.obs.stream(false)
	r.obs.activeFor = 2
	if done, err := r.cuelight().Flush(t.Context(), r.conn); err != nil || !done.Written {
		t.Errorf("got %+v, %v", done, err)
	}
	r.wantKey("mine-key-2")
	if r.state().WriteQueued {
		t.Error("still shown as queued")
	}
	// Without anything that waits, nobody waits for a stream, nor asks the platform.
	r.obs.stream(true)
	asked := r.asked
	if done, err := d.Flush(t.Context(), r.conn); err != nil || done.Written || r.asked != asked {
		t.Errorf("got %+v, %v, asked %d times", done, err, r.asked-asked)
	}
}

func TestARunningStreamEndsTheWait(t *testing.T) {
	r := newRig(t)
	r.obs.stream(true)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := awaitStopped(ctx, r.conn); !errors.Is(err, obs.ErrStreaming) {
		t.Errorf("got %v", err)
	}
}

func TestWhatTheUserHasSetWhileAKeyWaitsStays(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	for _, c := range []struct {
		name string
		set  func() obs.Service
	}{
		{"pointed elsewhere", func() obs.Service { return service(t, "rtmp://newer.example/live", "own-key-of-newer") }},
		{"another key at the same platform", func() obs.Service { return service(t, ingest("").Server, "own-key-of-his") }},
		{"another account's", func() obs.Service {
			r.setUp(r.cuelight(), "other")
			return r.obs.holds("AA")
		}},
	} {
		r.setUp(d, "mine")
		r.obs.stream(true)
		_, _ = r.reset(d, "mine", "mine-key-2")
		r.obs.stream(false)
		now := c.set()
		r.obs.set(now)
		done, err := d.Flush(t.Context(), r.conn)
		if done.Written || !r.obs.holds("AA").Equal(now) || d.Queued() || r.state().WriteQueued {
			t.Errorf("%s: %+v, %v; OBS holds %v", c.name, done, err, r.obs.holds("AA"))
		}
		if err != nil && (!errors.Is(err, ErrChangedSince) || !done.Service.Equal(now)) {
			t.Errorf("%s: %+v, %v", c.name, done, err)
		}
		r.give("mine", "mine-key-1")
	}
}

func TestEveryProfileThatHoldsTheOldKeyGetsTheNewOne(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	for _, name := range []string{"AA", "BB"} {
		r.obs.choose(name)
		r.setUp(d, "mine")
	}
	if done, err := r.reset(d, "mine", "mine-key-2"); err != nil || !done.Written {
		t.Fatalf("got %+v, %v", done, err)
	}
	if r.state().WriteQueued {
		t.Error("shown as waiting here, where it is written")
	}
	if done, err := d.Flush(t.Context(), r.conn); err != nil || done.Written {
		t.Errorf("in the wrong profile: %+v, %v", done, err)
	}
	r.obs.choose("AA")
	present, _ := r.obs.Snapshot(t.Context())
	if d.Seen(t.Context(), r.conn, present); !r.state().WriteQueued {
		t.Error("not shown as waiting in the other profile")
	}
	if done, err := d.Flush(t.Context(), r.conn); err != nil || !done.Written {
		t.Errorf("got %+v, %v", done, err)
	}
	r.wantKey("mine-key-2")
}

func TestAPlatformThatIsAwayLeavesTheKeyWaiting(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	r.askErr = &providers.Error{Kind: providers.ErrUnreachable}
	if done, err := r.reset(d, "mine", "mine-key-2"); !errors.Is(err, providers.ErrUnreachable) || done.Written || !d.Queued() {
		t.Errorf("got %+v, %v", done, err)
	}
	r.askErr = nil
	if done, err := d.Flush(t.Context(), r.conn); err != nil || !done.Written {
		t.Errorf("got %+v, %v", done, err)
	}
	r.wantKey("mine-key-2")
}

func TestAFailedFlushLeavesTheKeyWaiting(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	for _, kind := range []error{obs.ErrRefused, obs.ErrClosed, obs.ErrStreaming} {
		r.obs.writeErr = &obs.Error{Kind: kind}
		if done, err := r.reset(d, "mine", "mine-key-2"); !errors.Is(err, kind) || done.Written || !d.Queued() {
			t.Errorf("%v: got %+v, %v", kind, done, err)
		}
	}
	r.obs.writeErr = nil
	broken := errors.New("broken")
	r.ordinary.fail["get"] = broken
	if _, err := d.Flush(t.Context(), r.conn); !errors.Is(err, broken) || !d.Queued() {
		t.Errorf("got %v", err)
	}
	delete(r.ordinary.fail, "get")
	if err := r.restoreLater(d); err != nil {
		t.Error(err)
	}
}

// restoreLater flushes, then puts back.
func (r *rig) restoreLater(d *Destination) error {
	if _, err := d.Flush(r.t.Context(), r.conn); err != nil {
		return err
	}
	defer r.wantOwn("AA")
	return r.restore(d)
}
