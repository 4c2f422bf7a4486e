package destination

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"cuelight/app/state"
	"cuelight/obs"
)

// steps notes what a step reports.
func steps(into *[]string) Report {
	return func(s state.Step) {
		*into = append(*into, fmt.Sprintf("%s %s", s.ID, []string{"pending", "running", "done", "warned", "failed", "skipped"}[s.State]))
	}
}

func TestSetUpKeepsWhatWasThereAndWritesOnce(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	var told []string
	out, err := d.SetUp(t.Context(), r.conn, "mine", ingest("mine-key-1"), steps(&told))
	if err != nil || !out.Changed || !out.Kept || out.Present.Profile != "AA" {
		t.Fatalf("got %+v, %v", out, err)
	}
	if got := strings.Join(told, ", "); got != "keep running, keep done, write running, write done, verify done" {
		t.Errorf("told %s", got)
	}
	r.wantKey("mine-key-1")
	if !r.state().CanRestore || r.state().WriteQueued {
		t.Errorf("shown as %+v", r.state())
	}
	if r.log.Len() != 0 {
		t.Errorf("warned of %s", r.log.String())
	}
	told = nil
	calls := r.ordinary.calls
	out, err = d.SetUp(t.Context(), r.conn, "mine", ingest("mine-key-1"), steps(&told))
	if err != nil || out.Changed || out.Kept || r.obs.writes != 1 {
		t.Errorf("again: %+v, %v, written %d times", out, err, r.obs.writes)
	}
	if got := strings.Join(told, ", "); got != "keep skipped, write skipped, verify done" {
		t.Errorf("told %s", got)
	}
	if r.ordinary.calls != calls {
		t.Error("the keyring was asked for nothing")
	}
	if err := r.restore(d); err != nil {
		t.Fatal(err)
	}
	r.wantOwn("AA", "BB")
}

// Each call of the keyring costs milliseconds in the middle of a set-up.
func TestASetUpAsksTheKeyringNoMoreThanNeeded(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	for _, c := range []struct {
		what, key string
		calls     int
	}{
		{"the first: what an earlier version kept, two items read and written", "mine-key-1", 5},
		{"a new key: no backup", "mine-key-2", 3},
		{"a known key", "mine-key-1", 2},
	} {
		r.give("mine", c.key)
		before := r.ordinary.calls
		r.setUp(d, "mine")
		if asked := r.ordinary.calls - before; asked != c.calls {
			t.Errorf("%s: asked %d times", c.what, asked)
		}
	}
}

func TestWhatCuelightWroteIsNeverKeptAsTheUsersOwn(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	r.setUp(r.cuelight(), "other") // another account's
	r.give("mine", "mine-key-2")   // a key since reset
	r.setUp(d, "mine")
	r.obs.set(service(t, ingest("").Server, "mine-key-1")) // an old one, set again by hand
	r.setUp(d, "mine")
	if err := r.restore(d); err != nil {
		t.Fatal(err)
	}
	r.wantOwn("AA")
	// In a profile that is a copy of the first, too.
	r.setUp(d, "mine")
	r.obs.choose("copy")
	r.obs.set(service(t, ingest("").Server, "mine-key-2"))
	r.give("mine", "mine-key-3")
	r.setUp(d, "mine")
	if err := r.restore(d); !errors.Is(err, ErrNoBackup) {
		t.Errorf("in the copy: %v", err)
	}
}

func TestTheSameKeyWithALoginOrABandwidthTestIsTheUsersOwn(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	changed := service(t, ingest("").Server, "mine-key-1", `"bwtest":true`)
	r.obs.set(changed)
	r.setUp(d, "mine")
	if err := r.restore(d); err != nil {
		t.Fatal(err)
	}
	if got := r.obs.holds("AA"); !got.Equal(changed) {
		t.Errorf("OBS holds %v", got)
	}
}

func TestAnOBSThatCannotBeReadIsLeftAlone(t *testing.T) {
	r := newRig(t)
	r.obs.snapshotErr = &obs.Error{Kind: obs.ErrClosed}
	var told []string
	_, err := r.cuelight().SetUp(t.Context(), r.conn, "mine", ingest("mine-key-1"), steps(&told))
	if !errors.Is(err, obs.ErrClosed) || strings.Join(told, ", ") != "keep failed" || r.ordinary.calls != 0 {
		t.Errorf("got %v, told %v", err, told)
	}
}

func TestAnIngestThatCannotBeSentIsRefused(t *testing.T) {
	r := newRig(t)
	if _, err := r.cuelight().SetUp(t.Context(), r.conn, "mine", ingest(""), func(state.Step) {}); !errors.Is(err, obs.ErrUsage) {
		t.Errorf("got %v", err)
	}
	r.wantOwn("AA")
}

func TestManyAtOnceLoseNothing(t *testing.T) {
	r := newRig(t)
	var work sync.WaitGroup
	for i := range 6 {
		d := r.cuelight()
		work.Go(func() {
			for n := range 8 {
				account := []string{"mine", "other"}[(i+n)%2]
				if (i+n)%5 == 4 {
					if err := r.restore(d); err != nil && !errors.Is(err, ErrNoBackup) {
						t.Error(err)
					}
					continue
				}
				give, _ := r.ask(t.Context(), account)
				if _, err := d.SetUp(t.Context(), r.conn, account, give, func(state.Step) {}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	work.Wait()
	if err := r.restore(r.cuelight()); err != nil && !errors.Is(err, ErrNoBackup) {
		t.Fatal(err)
	}
	r.wantOwn("AA", "BB")
}
