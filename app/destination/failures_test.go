package destination

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cuelight/app/state"
	"cuelight/obs"
	"cuelight/providers"
)

// secondLook is an OBS that answers the second Snapshot, and every one after it,
// as second says.
type secondLook struct {
	*fakeOBS
	looks  *int
	second func(obs.ServiceSnapshot) (obs.ServiceSnapshot, error)
}

func (o secondLook) Snapshot(ctx context.Context) (obs.ServiceSnapshot, error) {
	now, err := o.fakeOBS.Snapshot(ctx)
	if *o.looks++; *o.looks > 1 {
		return o.second(now)
	}
	return now, err
}

func (r *rig) failingSecondLook() Connection {
	return Connection{Address: r.conn.Address, OBS: secondLook{r.obs, new(int), func(obs.ServiceSnapshot) (obs.ServiceSnapshot, error) {
		return obs.ServiceSnapshot{}, &obs.Error{Kind: obs.ErrClosed}
	}}}
}

func wantRead(t *testing.T, what string, err error) {
	t.Helper()
	if read := new(ReadError); !errors.As(err, &read) || !errors.Is(err, obs.ErrClosed) {
		t.Errorf("%s: got %v", what, err)
	}
}

func TestASecondLookThatFailsWritesNothing(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	_, err := d.SetUp(t.Context(), r.failingSecondLook(), "mine", ingest("mine-key-1"), func(state.Step) {})
	wantRead(t, "set-up", err)
	r.wantOwn("AA")
	if names := r.ordinary.names(); len(names) != 1 || names[0] != fingerprintsItem {
		t.Errorf("kept: %v", names)
	}
	r.setUp(d, "mine")
	_, err = d.Restore(t.Context(), r.failingSecondLook(), false)
	wantRead(t, "restore", err)
	r.wantKey("mine-key-1")
	if err := r.restore(d); err != nil {
		t.Error(err)
	}
	gone := r.rehearsal()
	r.setUp(gone, "other")
	r.close(gone)
	done, err := d.Recover(t.Context(), r.failingSecondLook())
	wantRead(t, "recovery", err)
	if r.wantKey("other-key-1"); done || !d.Rehearsed() {
		t.Error("taken for put back")
	}
}

func TestTheWaitForTheSecondLookEndsWithItsCaller(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	d.secondLookAfter = time.Minute
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	_, err := d.SetUp(ctx, r.conn, "mine", ingest("mine-key-1"), func(state.Step) {})
	if !errors.Is(err, context.DeadlineExceeded) || r.obs.writes != 0 {
		t.Errorf("got %v, %d writes", err, r.obs.writes)
	}
}

// What the keyring fails to note once OBS was written to is told in the log; OBS
// is as the user asked, and the next time finds it out.
func TestANoteThatFailsAfterwardsFailsNoRestore(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	r.ordinary.fail["set obs/backup"] = errors.New("the keyring is broken")
	if err := r.restore(d); err != nil || !strings.Contains(r.log.String(), "forget what was kept of OBS") {
		t.Errorf("got %v, log %s", err, r.log.String())
	}
	r.wantOwn("AA")
	delete(r.ordinary.fail, "set obs/backup")
	if err := r.restore(d); err != nil || r.obs.writes != 2 {
		t.Errorf("got %v, %d writes", err, r.obs.writes)
	}
	if err := r.restore(d); !errors.Is(err, ErrNoBackup) {
		t.Errorf("still kept: %v", err)
	}
}

func TestABackupThatCannotBeTakenBackIsOfferedOn(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.obs.written = func() error {
		r.ordinary.fail["delete obs/backup"] = errors.New("the keyring is broken")
		return &obs.Error{Kind: obs.ErrRefused}
	}
	_, err := d.SetUp(t.Context(), r.conn, "mine", ingest("mine-key-1"), func(state.Step) {})
	if !errors.Is(err, obs.ErrRefused) || !strings.Contains(r.log.String(), "take back what was kept of OBS") || !r.state().CanRestore {
		t.Errorf("got %v, offered %v, log %s", err, r.state().CanRestore, r.log.String())
	}
}

func TestATornWriteThatCannotBeKeptIsTold(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.obs.written = func() error {
		r.ordinary.fail["get obs/backup"] = errors.New("the keyring is broken")
		return &obs.TornWriteError{Before: obs.ServiceSnapshot{Profile: "BB", Service: r.obs.services["BB"]}}
	}
	_, err := d.SetUp(t.Context(), r.conn, "mine", ingest("mine-key-1"), func(state.Step) {})
	if !errors.Is(err, obs.ErrTorn) || !strings.Contains(r.log.String(), "keep what a torn write may have overwritten") {
		t.Errorf("got %v, log %s", err, r.log.String())
	}
}

// noStatus is an OBS that does not say whether it streams.
type noStatus struct{ *fakeOBS }

func (noStatus) StreamStatus(context.Context) (obs.Stream, error) {
	return obs.Stream{}, &obs.Error{Kind: obs.ErrNoAnswer}
}

func TestAKeyWaitsOnWhereOBSDoesNotSayWhetherItStreams(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	r.obs.stream(true)
	_, _ = r.reset(d, "mine", "mine-key-2")
	r.obs.stream(false)
	asked := r.asked
	done, err := d.Flush(t.Context(), Connection{Address: r.conn.Address, OBS: noStatus{r.obs}})
	if !errors.Is(err, obs.ErrNoAnswer) || done.Written || !d.Queued() || r.asked != asked {
		t.Errorf("got %+v, %v, queued %v", done, err, d.Queued())
	}
	r.wantKey("mine-key-1")
}

// Another Cuelight may be done with the key while the platform is asked for it.
func TestAKeyThatWaitsNoLongerOnceThePlatformAnswersIsNotWritten(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	r.obs.stream(true)
	_, _ = r.reset(d, "mine", "mine-key-2")
	r.obs.stream(false)
	d.opt.Ingest = func(ctx context.Context, account string) (providers.Ingest, error) {
		r.cuelight().Forget(ctx, account)
		return r.ask(ctx, account)
	}
	if done, err := d.Flush(t.Context(), r.conn); err != nil || done != (Flushed{}) {
		t.Errorf("got %+v, %v", done, err)
	}
	r.wantKey("mine-key-1")
}

func TestAKeyThatCannotBeSentIsNotWritten(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	if done, err := r.reset(d, "mine", "mine-key-2\x00"); !errors.Is(err, obs.ErrUsage) || done != (Flushed{}) || !d.Queued() {
		t.Errorf("got %+v, %v, queued %v", done, err, d.Queued())
	}
	r.wantKey("mine-key-1")
}

func TestASandboxMarkThatIsGoneIsTold(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.leaveLegacyRehearsal(r.obs.holds("AA").Seal().Reveal())
	r.obs.writeErr = &obs.Error{Kind: obs.ErrRefused}
	if done, err := d.Recover(t.Context(), r.conn); done || !errors.Is(err, obs.ErrRefused) || !d.Rehearsed() {
		t.Errorf("refused: %v, %v", done, err)
	}
	r.obs.writeErr = nil
	r.obs.written = func() error { return os.Remove(filepath.Join(r.dir, "sandbox", legacyMarkName)) }
	if done, err := d.Recover(t.Context(), r.conn); !done || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, %v", done, err)
	}
	r.wantOwn("AA")
}

func TestABrokenBackupOfAnEarlierSandboxIsNotGivenBack(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.leaveLegacyRehearsal("x")
	r.obs.stream(true)
	if done, err := d.Recover(t.Context(), r.conn); done || !errors.Is(err, obs.ErrUsage) || !d.Rehearsed() || r.obs.stops != 0 {
		t.Errorf("got %v, %v, %d stops", done, err, r.obs.stops)
	}
	r.wantKey("mine-key-1")
}

// leaveLegacyRehearsal leaves the profile in use as the sandbox of an earlier
// version did, with what it kept sealed.
func (r *rig) leaveLegacyRehearsal(kept string) {
	r.t.Helper()
	if err := os.MkdirAll(filepath.Join(r.dir, "sandbox"), 0o700); err != nil {
		r.t.Fatal(err)
	}
	r.write("sandbox/"+legacyMarkName, `{"address":"localhost:4455"}`)
	if err := r.sandbox.Set(r.t.Context(), legacyItem, legacyKept(r.t, kept, "mine-key-1")); err != nil {
		r.t.Fatal(err)
	}
	r.obs.set(service(r.t, ingest("").Server, "mine-key-1"))
}

func TestABrokenBackupOfAnEarlierVersionHoldsASetUpUp(t *testing.T) {
	r := newRig(t)
	if err := r.ordinary.Set(t.Context(), legacyItem, legacyKept(t, "x", "mine-key-1")); err != nil {
		t.Fatal(err)
	}
	if _, err := r.cuelight().SetUp(t.Context(), r.conn, "mine", ingest("mine-key-2"), func(state.Step) {}); err == nil {
		t.Error("written over what could not be kept")
	}
	r.wantOwn("AA")
	// Nor is a backup that cannot be read stored.
	broken := backup{place: place{OBS: "localhost:4455", Profile: "AA"}, Earlier: "x"}
	if err := r.cuelight().backups.store(t.Context(), broken); err == nil {
		t.Error("stored")
	}
	if _, err := r.ordinary.Get(t.Context(), broken.item()); !errors.Is(err, providers.ErrNoSecret) {
		t.Errorf("got %v", err)
	}
}
