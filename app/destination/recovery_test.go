package destination

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"cuelight/app/state"
	"cuelight/obs"
)

func (r *rig) recover(d *Destination) bool {
	r.t.Helper()
	done, err := d.Recover(r.ctx, r.conn)
	if err != nil {
		r.t.Error(err)
	}
	return done
}

func TestARehearsalOfARunThatIsGoneIsPutBack(t *testing.T) {
	for name, next := range map[string]func(*rig) *Destination{
		"the ordinary one": (*rig).cuelight, "the sandbox again": (*rig).rehearsal,
	} {
		r := newRig(t)
		gone := r.rehearsal()
		r.setUp(gone, "mine")
		if !gone.Rehearsed() {
			t.Fatal("not marked")
		}
		r.close(gone)
		r.obs.stream(true) // it goes nowhere
		if !r.recover(next(r)) || r.obs.stops != 1 {
			t.Errorf("%s: not put back, or stopped %d times", name, r.obs.stops)
		}
		r.wantOwn("AA", "BB")
		if gone.Rehearsed() || r.recover(r.cuelight()) {
			t.Errorf("%s: still marked", name)
		}
	}
}

func TestARehearsalThatRunsIsLeftAlone(t *testing.T) {
	r := newRig(t)
	d := r.rehearsal()
	r.setUp(d, "mine")
	r.obs.stream(true)
	beside := r.rehearsal()
	if r.recover(d) || r.recover(r.cuelight()) || r.recover(beside) || r.obs.stops != 0 {
		t.Error("stopped")
	}
	r.close(beside)
	r.wantKey("mine-key-1")
	// A command of the sandbox sets OBS up while its window is open, and ends.
	r.obs.stream(false)
	command := r.rehearsal()
	r.setUp(command, "other")
	r.close(command)
	if r.recover(d) {
		t.Error("what was marked during this run was taken for a leftover")
	}
	r.wantKey("other-key-1")
	r.close(d)
	if !r.recover(r.cuelight()) {
		t.Error("not put back after both")
	}
	r.wantOwn("AA")
}

func TestTheEndOfTheSandboxPutsBackWhoeverPointedItThere(t *testing.T) {
	r := newRig(t)
	command := r.rehearsal()
	r.setUp(command, "mine")
	r.close(command)
	window := r.rehearsal()
	if done, err := window.EndRehearsal(t.Context(), r.conn); err != nil || !done {
		t.Errorf("got %v, %v", done, err)
	}
	r.wantOwn("AA")
	if done, err := window.EndRehearsal(t.Context(), r.conn); err != nil || done {
		t.Errorf("again: %v, %v", done, err)
	}
}

func TestWhatTheUserHasSetAfterARehearsalStays(t *testing.T) {
	r := newRig(t)
	gone := r.rehearsal()
	r.setUp(gone, "mine")
	r.close(gone)
	newer := service(t, "rtmp://newer.example/live", "own-key-of-newer")
	r.obs.set(newer)
	d := r.cuelight()
	if done, err := d.Recover(t.Context(), r.conn); done || !errors.Is(err, ErrChangedSince) || d.Rehearsed() {
		t.Errorf("got %v, %v", done, err)
	}
	if !r.obs.holds("AA").Equal(newer) {
		t.Errorf("OBS holds %v", r.obs.holds("AA"))
	}
}

func TestARehearsalGivesBackWhatTheOrdinaryCuelightHadSet(t *testing.T) {
	r := newRig(t)
	ordinary, rehearsal := r.cuelight(), r.rehearsal()
	r.setUp(ordinary, "mine")
	r.setUp(rehearsal, "other")
	r.give("other", "other-key-2")
	r.setUp(rehearsal, "other")
	if done, err := rehearsal.EndRehearsal(t.Context(), r.conn); err != nil || !done {
		t.Errorf("got %v, %v", done, err)
	}
	r.wantKey("mine-key-1")
	if err := r.restore(ordinary); err != nil {
		t.Fatal(err)
	}
	r.wantOwn("AA")
	// The ordinary one takes over from a rehearsal: its mark is of no use then.
	r.setUp(rehearsal, "other")
	r.setUp(ordinary, "mine")
	r.close(rehearsal)
	if r.recover(r.cuelight()) {
		t.Error("put back over the ordinary Cuelight's settings")
	}
	r.wantKey("mine-key-1")
	if err := r.restore(ordinary); err != nil {
		t.Fatal(err)
	}
	r.wantOwn("AA")
}

func TestAKeyOfTheOrdinaryCuelightWaitsForTheEndOfARehearsal(t *testing.T) {
	r := newRig(t)
	ordinary, rehearsal := r.cuelight(), r.rehearsal()
	r.setUp(ordinary, "mine")
	reset, err := ordinary.BeginReset(t.Context(), "mine", &r.conn)
	if err != nil {
		t.Fatal(err)
	}
	reset.End()
	r.setUp(rehearsal, "other")
	r.give("mine", "mine-key-2")
	if done, err := ordinary.Flush(t.Context(), r.conn); err != nil || done.Written || !ordinary.Queued() {
		t.Errorf("got %+v, %v", done, err)
	}
	r.wantKey("other-key-1")
	if done, err := rehearsal.EndRehearsal(t.Context(), r.conn); err != nil || !done {
		t.Fatal(err)
	}
	if done, err := ordinary.Flush(t.Context(), r.conn); err != nil || !done.Written {
		t.Errorf("got %+v, %v", done, err)
	}
	r.wantKey("mine-key-2")
}

func TestARefusedRehearsalLeavesNoMark(t *testing.T) {
	r := newRig(t)
	d := r.rehearsal()
	r.obs.writeErr = &obs.Error{Kind: obs.ErrRefused}
	if _, err := d.SetUp(t.Context(), r.conn, "mine", ingest("mine-key-1"), func(state.Step) {}); err == nil || d.Rehearsed() {
		t.Errorf("got %v, marked %v", err, d.Rehearsed())
	}
	// One that is there already stays.
	r.obs.writeErr = nil
	r.setUp(d, "mine")
	r.obs.writeErr = &obs.Error{Kind: obs.ErrRefused}
	if _, err := d.SetUp(t.Context(), r.conn, "other", ingest("other-key-1"), func(state.Step) {}); err == nil || !d.Rehearsed() {
		t.Errorf("got %v, marked %v", err, d.Rehearsed())
	}
	// Where it cannot be marked, nothing is written.
	r.obs.writeErr = nil
	r.obs.choose("BB")
	if err := os.RemoveAll(d.rehearsals.marksDir()); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(d.rehearsals.marksDir(), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := d.SetUp(t.Context(), r.conn, "mine", ingest("mine-key-1"), func(state.Step) {}); err == nil {
		t.Error("written without a mark")
	}
	r.wantOwn("BB")
}

func TestThePutBackThatFailsIsTriedAgain(t *testing.T) {
	r := newRig(t)
	gone := r.rehearsal()
	r.setUp(gone, "mine")
	r.close(gone)
	d := r.cuelight()
	r.obs.writeErr = &obs.Error{Kind: obs.ErrNotReady}
	if done, err := d.Recover(t.Context(), r.conn); done || !errors.Is(err, obs.ErrNotReady) || !d.Rehearsed() {
		t.Errorf("got %v, %v", done, err)
	}
	r.obs.writeErr = nil
	r.ordinary.fail["get"] = errors.New("broken")
	if done, err := d.Recover(t.Context(), r.conn); done || err == nil || !d.Rehearsed() {
		t.Errorf("got %v, %v", done, err)
	}
	delete(r.ordinary.fail, "get")
	if !r.recover(d) {
		t.Error("not put back")
	}
	r.wantOwn("AA")
}

func TestTheSandboxsOwnOBSIsNoRehearsal(t *testing.T) {
	r := newRig(t)
	d := r.rehearsal()
	r.conn.Simulated = true
	r.setUp(d, "mine")
	if d.Rehearsed() || len(r.ordinary.names()) != 0 {
		t.Error("the ordinary Cuelight hears of it")
	}
	if done, err := d.EndRehearsal(t.Context(), r.conn); done || err != nil || r.recover(d) {
		t.Errorf("got %v, %v", done, err)
	}
	r.wantKey("mine-key-1")
	// Its address changes with each run.
	r.conn.Address = "127.0.0.1:50000"
	if err := r.restore(r.rehearsal()); err != nil {
		t.Fatal(err)
	}
	r.wantOwn("AA")
}

func TestInstancesKnowWhoIsAlive(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "instances")
	if (*instance)(nil).othersAlive(dir) || (*instance)(nil).end() != nil {
		t.Error("somebody alive where nobody ever was")
	}
	first, second := newInstance(dir), newInstance(dir)
	if err := errors.Join(first.begin(), second.begin()); err != nil {
		t.Fatal(err)
	}
	if !first.othersAlive(dir) || !(*instance)(nil).othersAlive(dir) {
		t.Error("the other one is not seen")
	}
	if err := second.end(); err != nil {
		t.Fatal(err)
	}
	if first.othersAlive(dir) || !(*instance)(nil).othersAlive(dir) {
		t.Error("one that has ended is taken for alive, or this one for another")
	}
	// A file left by a kill -9: not locked any more, and swept when it is old.
	young, old := filepath.Join(dir, "young.lock"), filepath.Join(dir, "old.lock")
	past := time.Now().Add(-2 * staleInstance)
	if err := errors.Join(os.WriteFile(young, nil, 0o600), os.WriteFile(old, nil, 0o600), os.Chtimes(old, past, past)); err != nil {
		t.Fatal(err)
	}
	if first.othersAlive(dir) {
		t.Error("a run that was killed is taken for alive")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*.lock")); len(left) != 2 || slices.Contains(left, old) {
		t.Errorf("left: %v", left)
	}
	if err := errors.Join(first.end(), first.end()); err != nil {
		t.Error(err)
	}
	unmakeable := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(unmakeable, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := newInstance(filepath.Join(unmakeable, "x")).begin(); err == nil {
		t.Error("began without a file")
	}
}

func TestASandboxThatCannotBeSeenAliveSaysSo(t *testing.T) {
	r := newRig(t)
	r.rehearsal()
	if r.log.Len() != 0 {
		t.Errorf("said %s", r.log.String())
	}
	r = newRig(t)
	r.write("sandbox", "a file where a folder should be")
	d := New(Options{Dir: r.dir, Ordinary: r.dir, Sandbox: true, Log: slog.New(slog.NewTextHandler(&r.log, nil))})
	if !strings.Contains(r.log.String(), "alive") {
		t.Error("nothing is said")
	}
	r.close(d)
}

func TestABrokenMarkNamesNoOBS(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	if err := os.MkdirAll(d.rehearsals.marksDir(), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"a.json": "", "b.json": `{"obs":""}`, "c.json": "[]"} {
		r.write("sandbox/rehearsals/"+name, content)
	}
	if d.Rehearsed() || r.recover(d) {
		t.Error("taken for a mark")
	}
	r.wantOwn("AA")
}
