package destination

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func (r *rig) write(name, content string) {
	r.t.Helper()
	if err := os.WriteFile(filepath.Join(r.dir, name), []byte(content), 0o600); err != nil {
		r.t.Fatal(err)
	}
}

func TestTargetsSayWhatPointsWhere(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	r.obs.choose("BB")
	r.setUp(d, "other")
	data, err := os.ReadFile(filepath.Join(r.dir, targetsName))
	if err != nil {
		t.Fatal(err)
	}
	var file targetsFile
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	want := []target{{place{"localhost:4455", "AA"}, "mine", false}, {place{"localhost:4455", "BB"}, "other", false}}
	if file.Version != targetsVersion || len(file.Targets) != 2 || file.Targets[0] != want[0] || file.Targets[1] != want[1] {
		t.Errorf("got %s", data)
	}
	if info, err := os.Stat(filepath.Join(r.dir, targetsName)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("readable by others: %v, %v", info.Mode(), err)
	}
	r.setUp(d, "mine") // the other one is gone from there
	if err := r.restore(d); err != nil {
		t.Fatal(err)
	}
	if all := d.queue.targets(); len(all) != 1 || all[0] != want[0] {
		t.Errorf("left: %+v", all)
	}
	d.Forget(t.Context(), "mine")
	if all := d.queue.targets(); len(all) != 0 {
		t.Errorf("left: %+v", all)
	}
}

func TestAForgottenAccountWaitsForNothing(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	r.obs.stream(true)
	_, _ = r.reset(d, "mine", "mine-key-2")
	d.Forget(t.Context(), "other")
	if !r.state().WriteQueued {
		t.Error("another account was forgotten")
	}
	d.Forget(t.Context(), "mine")
	if d.Queued() || r.state().WriteQueued {
		t.Error("still waiting")
	}
}

// An empty or broken file is no account's, least of all the one in use.
func TestABrokenQueueIsNobodys(t *testing.T) {
	for name, content := range map[string]string{
		"empty": "", "cut": `{"version":1,"targets":[{"obs":"localhost:4455","pro`, "another thing": `[1]`,
		"without a name": `{"version":1,"targets":[{"obs":"localhost:4455","profile":"AA","account":"","queued":true}]}`,
	} {
		r := newRig(t)
		d := r.cuelight()
		r.setUp(d, "mine")
		r.write(targetsName, content)
		r.give("mine", "mine-key-2")
		if d.Queued() {
			t.Errorf("%s: taken for a queue", name)
		}
		if done, err := d.Flush(t.Context(), r.conn); err != nil || done.Written {
			t.Errorf("%s: %+v, %v", name, done, err)
		}
		r.wantKey("mine-key-1")
		if kept, _ := filepath.Glob(filepath.Join(r.dir, targetsName+".broken-*")); (len(kept) == 1) == (name == "without a name") {
			t.Errorf("%s: kept aside: %v", name, kept)
		}
		r.setUp(d, "mine")
	}
}

func TestTheQueueOfAnEarlierVersionIsTakenOver(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.write(legacyQueueName, "")
	if d.Queued() {
		t.Error("an empty one names nobody")
	}
	r.legacy("mine-key-1")
	r.write(legacyQueueName, "mine")
	if !d.Queued() {
		t.Fatal("not taken over")
	}
	r.give("mine", "mine-key-2")
	r.obs.choose("BB")
	if done, err := d.Flush(t.Context(), r.conn); done.Written {
		t.Errorf("written where it does not belong: %+v, %v", done, err)
	}
	r.wantOwn("BB")
	r.write(legacyQueueName, "mine")
	r.obs.choose("AA")
	if done, err := d.Flush(t.Context(), r.conn); err != nil || !done.Written {
		t.Errorf("got %+v, %v", done, err)
	}
	r.wantKey("mine-key-2")
	if _, err := os.Stat(filepath.Join(r.dir, legacyQueueName)); !os.IsNotExist(err) || d.Queued() {
		t.Errorf("still queued: %v", err)
	}
	if err := r.restore(d); err != nil {
		t.Fatal(err)
	}
	r.wantOwn("AA")
}

func TestTargetsOfManyAtOnceLoseNothing(t *testing.T) {
	r := newRig(t)
	var work sync.WaitGroup
	names := strings.Split("a b c d e f g h", " ")
	for _, name := range names {
		d := r.cuelight()
		work.Go(func() { d.queue.expect(t.Context(), place{"localhost:4455", name}, "mine") })
	}
	work.Wait()
	if all := r.cuelight().queue.targets(); len(all) != len(names) {
		t.Errorf("left %d of %d", len(all), len(names))
	}
}

// A set-up that has succeeded is no failure for want of a note.
func TestANoteThatCannotBeWrittenHoldsNothingUp(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	if err := os.Mkdir(filepath.Join(r.dir, targetsName), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(r.dir, targetsName, "x"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	r.setUp(d, "mine")
	r.wantKey("mine-key-1")
	if !strings.Contains(r.log.String(), "note where OBS was pointed") {
		t.Error("nothing is said of it")
	}
	unlock, err := r.cuelight().scopes.own.locks.Lock(t.Context(), targetsName)
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	if err := d.queue.change(ctx, func(all []target) []target { return all }); err == nil {
		t.Error("not locked")
	}
}
