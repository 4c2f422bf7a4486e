package destination

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"cuelight/app/state"
	"cuelight/obs"
)

func TestAFailedWriteIsToldAndKeepsWhatIsNeeded(t *testing.T) {
	for _, c := range []struct {
		err   error
		kept  bool
		steps string
	}{
		{obs.ErrRefused, false, "keep running, keep done, write running, write failed"},
		{obs.ErrStreaming, false, "keep running, keep done, write running, write failed"},
		{obs.ErrNotReady, false, "keep running, keep done, write running, write failed"},
		{obs.ErrUnsupported, false, "keep running, keep done, write running, write failed"},
		{obs.ErrClosed, true, "keep running, keep done, write running, write failed"},
		{obs.ErrNoAnswer, true, "keep running, keep done, write running, write failed"},
		{obs.ErrProtocol, true, "keep running, keep done, write running, write failed"},
		{obs.ErrMismatch, true, "keep running, keep done, write running, write done, verify failed"},
	} {
		r := newRig(t)
		d := r.cuelight()
		r.obs.writeErr = &obs.Error{Kind: c.err}
		var told []string
		out, err := d.SetUp(t.Context(), r.conn, "mine", ingest("mine-key-1"), steps(&told))
		if !errors.Is(err, c.err) || out.Changed || out.Kept || out.Present.Profile != "AA" {
			t.Errorf("%v: got %+v, %v", c.err, out, err)
		}
		if got := strings.Join(told, ", "); got != c.steps {
			t.Errorf("%v: told %s", c.err, got)
		}
		if kept := r.state().CanRestore; kept != c.kept {
			t.Errorf("%v: can restore: %v", c.err, kept)
		}
		r.obs.writeErr = nil
		if !c.kept {
			if err := r.restore(d); !errors.Is(err, ErrNoBackup) {
				t.Errorf("%v: restored: %v", c.err, err)
			}
		}
		r.wantOwn("AA")
	}
}

// What was kept before a write that changed nothing is kept after it.
func TestARefusedWriteTakesNothingFromTheBackup(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	newer := service(t, "rtmp://newer.example/live", "own-key-of-newer")
	r.obs.set(newer)
	r.obs.writeErr = &obs.Error{Kind: obs.ErrRefused}
	if _, err := d.SetUp(t.Context(), r.conn, "mine", ingest("mine-key-1"), func(state.Step) {}); !errors.Is(err, obs.ErrRefused) {
		t.Fatal(err)
	}
	r.obs.writeErr = nil
	if _, err := d.Restore(t.Context(), r.conn, true); err != nil {
		t.Fatal(err)
	}
	r.wantOwn("AA")
}

func TestNothingIsWrittenWhereTheBackupCannotBeKept(t *testing.T) {
	broken := errors.New("the keyring is broken")
	for _, what := range []string{"get " + fingerprintsItem, "set " + fingerprintsItem, "get obs/backup", "set obs/backup"} {
		r := newRig(t)
		r.ordinary.fail[what] = broken
		var told []string
		_, err := r.cuelight().SetUp(t.Context(), r.conn, "mine", ingest("mine-key-1"), steps(&told))
		if !errors.Is(err, broken) || r.obs.writes != 0 {
			t.Errorf("%s: got %v, written %d times", what, err, r.obs.writes)
		}
		if got := strings.Join(told, ", "); got != "keep running, keep failed" {
			t.Errorf("%s: told %s", what, got)
		}
	}
	for _, item := range []string{fingerprintsItem, place{OBS: "localhost:4455", Profile: "AA"}.item()} {
		r := newRig(t)
		r.setUp(r.cuelight(), "mine")
		r.give("mine", "mine-key-2")
		if err := r.ordinary.Set(t.Context(), item, ingest("not JSON, mine-key-1").Key); err != nil {
			t.Fatal(err)
		}
		_, err := r.cuelight().SetUp(t.Context(), r.conn, "mine", ingest("mine-key-2"), func(state.Step) {})
		if err == nil || strings.Contains(err.Error(), "mine-key") || r.obs.writes != 1 {
			t.Errorf("%s: got %v, written %d times", item, err, r.obs.writes)
		}
	}
}

// Somebody changes OBS between reading and writing: it is decided anew, from
// what is there then, and in the profile in use then.
func TestAChangeBetweenReadingAndWritingIsNotOverwritten(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	newer := service(t, "rtmp://newer.example/live", "own-key-of-newer")
	once := true
	changing := Connection{Address: r.conn.Address, OBS: meddled{fakeOBS: r.obs, before: func() {
		if once {
			once = false
			r.obs.set(newer)
		}
	}}}
	if _, err := d.SetUp(t.Context(), changing, "mine", ingest("mine-key-1"), func(state.Step) {}); err != nil {
		t.Fatal(err)
	}
	r.wantKey("mine-key-1")
	if err := r.restore(d); err != nil {
		t.Fatal(err)
	}
	if got := r.obs.holds("AA"); !got.Equal(newer) {
		t.Errorf("given back %v", got)
	}
	always := Connection{Address: r.conn.Address, OBS: meddled{fakeOBS: r.obs, before: func() {
		r.obs.set(service(t, "rtmp://newer.example/live", fmt.Sprint("own-key-of-", r.ordinary.calls)))
	}}}
	if _, err := d.SetUp(t.Context(), always, "mine", ingest("mine-key-1"), func(state.Step) {}); !errors.Is(err, obs.ErrChanged) {
		t.Errorf("without an end: %v", err)
	}
	if r.state().CanRestore {
		t.Error("nothing was written, and putting it back is offered")
	}
}

// In the midst of a switch OBS names the new profile and gives the service of
// the old one; a connection made in that moment is told nothing of it.
func TestTheServiceOfAnotherProfileIsNotKeptForThisOne(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	own := r.obs.holds("AA")
	r.obs.choose("BB")
	r.obs.stale = &own
	r.setUp(d, "mine")
	if err := r.restore(d); err != nil {
		t.Fatal(err)
	}
	r.wantOwn("AA", "BB")
	r.setUp(d, "mine")
	newer := service(t, "rtmp://newer.example/live", "own-key-of-newer")
	written := r.obs.holds("BB")
	r.obs.set(newer)
	r.obs.stale = &written
	if err := r.restore(d); !errors.Is(err, ErrChangedSince) || !r.obs.holds("BB").Equal(newer) {
		t.Errorf("restored over what was not seen: %v", err)
	}
}

// meddled is an OBS in which somebody does something right before each write.
type meddled struct {
	*fakeOBS
	before func()
}

func TestATornWriteKeepsWhatItMayHaveOverwritten(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	own := r.obs.holds("BB")
	r.obs.writeErr = &obs.TornWriteError{Before: obs.ServiceSnapshot{Profile: "BB", Service: own}}
	_, err := d.SetUp(t.Context(), r.conn, "mine", ingest("mine-key-1"), func(state.Step) {})
	if !errors.Is(err, obs.ErrTorn) {
		t.Fatal(err)
	}
	r.obs.writeErr = nil
	r.obs.choose("BB")
	r.obs.set(service(t, ingest("").Server, "mine-key-1"))
	if err := r.restore(d); err != nil {
		t.Fatal(err)
	}
	r.wantOwn("AA", "BB")
}

// The user's own settings of a profile in which Cuelight has never been are
// overwritten by those that are put back in another.
func TestATornRestoreKeepsWhatItMayHaveOverwritten(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	own := r.obs.holds("BB")
	r.obs.writeErr = &obs.TornWriteError{Before: obs.ServiceSnapshot{Profile: "BB", Service: own}}
	if err := r.restore(d); !errors.Is(err, obs.ErrTorn) {
		t.Fatal(err)
	}
	r.obs.writeErr = nil
	if err := r.restore(d); err != nil {
		t.Fatal(err)
	}
	r.obs.choose("BB")
	r.obs.set(r.obs.holds("AA"))
	if err := r.restore(d); !errors.Is(err, ErrChangedSince) {
		t.Errorf("got %v", err)
	}
	if _, err := d.Restore(t.Context(), r.conn, true); err != nil {
		t.Fatal(err)
	}
	r.wantOwn("AA", "BB")
}
