package destination

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"cuelight/app/state"
	"cuelight/obs"
)

func TestTheOldestFingerprintsAreForgotten(t *testing.T) {
	f := fingerprints{Salt: "salt"}
	at := func(n int) obs.Service { return service(t, "rtmp://platform.example/app", fmt.Sprint("key-", n)) }
	for n := range maxFingerprints + 5 {
		var added bool
		if f, added = f.with(at(n), f.by("mine", false)); !added {
			t.Fatalf("%d was not added", n)
		}
	}
	if len(f.All) != maxFingerprints {
		t.Errorf("%d are kept", len(f.All))
	}
	for n, want := range map[int]bool{0: false, 4: false, 5: true, maxFingerprints + 4: true} {
		if _, ours := f.writer(at(n)); ours != want {
			t.Errorf("%d is known: %v", n, ours)
		}
	}
	if _, added := f.with(at(maxFingerprints), f.by("mine", false)); added {
		t.Error("added twice")
	}
	// The same key for another account is that one's from now on.
	f, added := f.with(at(maxFingerprints), f.by("other", false))
	if by, _ := f.writer(at(maxFingerprints)); !added || by != f.by("other", false) || by == f.by("other", true) {
		t.Errorf("written by %+v", by)
	}
	if _, added := f.with(service(t, "rtmp://platform.example/app", ""), f.by("mine", false)); added {
		t.Error("a service without a key has a fingerprint")
	}
	one, _ := f.print(at(1))
	if slash, ok := f.print(service(t, " rtmp://platform.example/app/ ", "key-1")); !ok || slash != one {
		t.Error("a slash at the end of the server makes a difference")
	}
}

func TestOBSIsLookedAtTwiceInEarnest(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	d.secondLookAfter = 30 * time.Millisecond
	began := time.Now()
	if r.setUp(d, "mine"); time.Since(began) < 30*time.Millisecond {
		t.Error("nothing was waited for before something was kept")
	}
	r.give("mine", "mine-key-2")
	d.secondLookAfter = time.Hour
	r.setUp(d, "mine") // nothing new is kept
	r.obs.sure = true
	r.obs.choose("BB")
	r.setUp(d, "mine") // what is kept of BB is new, but certain
	if fresh := New(d.opt); fresh.secondLookAfter < 100*time.Millisecond || fresh.secondLookAfter > time.Second {
		t.Errorf("the second look comes after %v", fresh.secondLookAfter)
	}
}

func TestAStreamThatReconnectsTakesNoKey(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	r.obs.reconnecting = true
	if done, err := r.reset(d, "mine", "mine-key-2"); !errors.Is(err, obs.ErrStreaming) || done.Written {
		t.Errorf("got %+v, %v", done, err)
	}
}

// The account's key is reset while the sandbox rehearses with the user's OBS.
func TestAKeyResetDuringARehearsalWaitsForItsEnd(t *testing.T) {
	r := newRig(t)
	ordinary, rehearsal := r.cuelight(), r.rehearsal()
	r.setUp(ordinary, "mine")
	r.setUp(rehearsal, "other")
	if done, err := r.reset(ordinary, "mine", "mine-key-2"); err != nil || done.Written || !ordinary.Queued() {
		t.Errorf("got %+v, %v, queued %v", done, err, ordinary.Queued())
	}
	r.wantKey("other-key-1")
	if _, err := rehearsal.EndRehearsal(t.Context(), r.conn); err != nil {
		t.Fatal(err)
	}
	if done, err := ordinary.Flush(t.Context(), r.conn); err != nil || !done.Written {
		t.Errorf("got %+v, %v", done, err)
	}
	r.wantKey("mine-key-2")
}

func TestARehearsalPutBackByHandIsDone(t *testing.T) {
	r := newRig(t)
	gone := r.rehearsal()
	r.setUp(gone, "mine")
	r.close(gone)
	r.obs.set(newFakeOBS(t).services["AA"])
	d := r.cuelight()
	if done, err := d.Recover(t.Context(), r.conn); done || err != nil || d.Rehearsed() {
		t.Errorf("got %v, %v, still marked %v", done, err, d.Rehearsed())
	}
	if err := r.restore(d); err != nil || r.obs.writes != 1 {
		t.Errorf("got %v, %d writes", err, r.obs.writes)
	}
}

func TestAStreamThatCannotBeStoppedKeepsTheRehearsal(t *testing.T) {
	r := newRig(t)
	gone := r.rehearsal()
	r.setUp(gone, "mine")
	r.close(gone)
	r.obs.stream(true)
	r.obs.stopErr = &obs.Error{Kind: obs.ErrNotStopped}
	d := r.cuelight()
	if done, err := d.Recover(t.Context(), r.conn); done || !errors.Is(err, obs.ErrNotStopped) || !d.Rehearsed() {
		t.Errorf("got %v, %v", done, err)
	}
	// One that has ended by itself meanwhile needs no stop.
	r.obs.stopErr = &obs.Error{Kind: obs.ErrNotStreaming}
	r.obs.activeFor = 1
	r.obs.stream(false)
	if done, err := d.Recover(t.Context(), r.conn); !done || err != nil {
		t.Errorf("got %v, %v", done, err)
	}
	r.wantOwn("AA")
}

func TestAnUnendingChangeIsGivenUpAfterSomeTries(t *testing.T) {
	r := newRig(t)
	tries := 0
	err := r.cuelight().exclusive(t.Context(), r.conn, func(obs.ServiceSnapshot) error {
		if tries++; tries > 3*changeAttempts {
			return nil
		}
		return &obs.Error{Kind: obs.ErrChanged}
	})
	if !errors.Is(err, obs.ErrChanged) || tries != changeAttempts {
		t.Errorf("got %v after %d tries", err, tries)
	}
}

func TestWhatIsKeptDecidesWhatIsOffered(t *testing.T) {
	r := newRig(t)
	ordinary, rehearsal := r.cuelight(), r.rehearsal()
	r.setUp(ordinary, "mine")
	r.setUp(rehearsal, "other")
	if !r.state().CanRestore {
		t.Error("not offered in a rehearsal")
	}
	if _, err := rehearsal.Restore(t.Context(), r.conn, false); err != nil {
		t.Fatal(err)
	}
	r.wantKey("mine-key-1")
	present, _ := r.obs.Snapshot(t.Context())
	if ordinary.Seen(t.Context(), r.conn, present); !r.state().CanRestore {
		t.Error("not offered in the ordinary Cuelight")
	}
	if _, err := rehearsal.SetUp(t.Context(), r.conn, "other", ingest("mine-key-1"), func(state.Step) {}); err != nil {
		t.Fatal(err) // the same key: nothing to write, nothing to mark
	}
	if rehearsal.Rehearsed() {
		t.Error("marked for nothing")
	}
}
