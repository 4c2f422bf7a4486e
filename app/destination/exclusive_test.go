package destination

import (
	"context"
	"errors"
	"testing"
	"time"

	"cuelight/app/state"
	"cuelight/app/storage"
	"cuelight/obs"
)

func TestAnotherCuelightAtTheSameOBSIsWaitedForAndThenTold(t *testing.T) {
	r := newRig(t)
	d, other := r.cuelight(), r.cuelight()
	unlock, err := other.scopes.shared.locks.Lock(t.Context(), "obs/service/localhost:4455")
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	time.AfterFunc(60*time.Millisecond, unlock)
	r.setUp(d, "mine")
	if time.Since(began) < 50*time.Millisecond {
		t.Error("did not wait")
	}
	// The sandbox waits for the ordinary one at a real OBS, not at its own.
	if unlock, err = other.scopes.shared.locks.Lock(t.Context(), "obs/service/localhost:4455"); err != nil {
		t.Fatal(err)
	}
	defer unlock()
	sandbox := r.rehearsal()
	own := Connection{OBS: newFakeOBS(t), Address: "127.0.0.1:4455", Simulated: true}
	if _, err := sandbox.SetUp(t.Context(), own, "mine", ingest("mine-key-1"), func(state.Step) {}); err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 80*time.Millisecond)
	defer cancel()
	if _, err := sandbox.SetUp(ctx, r.conn, "mine", ingest("mine-key-1"), func(state.Step) {}); !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, ErrLocked) {
		t.Errorf("the caller's own time was up: %v", err)
	}
}

func TestALockThatIsNotFreedIsToldAsSuch(t *testing.T) {
	locks := storage.NewLocks(t.TempDir())
	unlock, err := locks.Lock(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	if _, err := lock(t.Context(), locks, "x", 30*time.Millisecond); !errors.Is(err, ErrLocked) {
		t.Errorf("got %v", err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := lock(cancelled, locks, "x", time.Minute); !errors.Is(err, context.Canceled) || errors.Is(err, ErrLocked) {
		t.Errorf("got %v", err)
	}
	if _, err := lock(t.Context(), locks, "y", time.Millisecond*30); err != nil {
		t.Errorf("another name: %v", err)
	}
}

func TestWhatIsUnknownIsNotTakenForUnchanged(t *testing.T) {
	for _, kind := range []error{obs.ErrMismatch, obs.ErrTorn, obs.ErrClosed, obs.ErrNoAnswer, obs.ErrProtocol} {
		if nothingWritten(&obs.Error{Kind: kind}) {
			t.Errorf("%v", kind)
		}
	}
	if nothingWritten(&obs.TornWriteError{}) || !nothingWritten(&obs.Error{Kind: obs.ErrChanged}) || !nothingWritten(&obs.Error{Kind: context.Canceled}) {
		t.Error("torn, changed or cancelled")
	}
}

func TestAReadErrorTellsWhy(t *testing.T) {
	err := &ReadError{Err: &obs.Error{Kind: obs.ErrClosed, Op: "x"}}
	if !errors.Is(err, obs.ErrClosed) || err.Error() != "read OBS's stream settings: obs x: the connection to OBS is closed" {
		t.Errorf("got %v", err)
	}
}
