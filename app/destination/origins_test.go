package destination

import (
	"errors"
	"slices"
	"testing"

	"cuelight/app/state"
)

// rename is what OBS's "Rename" in its profile menu does.
func (o *fakeOBS) rename(from, to string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.services[to] = o.services[from]
	delete(o.services, from)
	if o.profile == from {
		o.profile = to
	}
}

func movedOf(t *testing.T, err error) []Origin {
	t.Helper()
	moved, ok := errors.AsType[*MovedError](err)
	if !ok || !errors.Is(err, ErrNoBackup) || moved.Error() == "" {
		t.Fatalf("got %v", err)
	}
	return moved.Origins
}

func (r *rig) seen(d *Destination) (canRestore bool) {
	r.t.Helper()
	present, _ := r.conn.Snapshot(r.t.Context())
	d.Seen(r.t.Context(), r.conn, present)
	return r.state().CanRestore
}

// The settings of a profile that was renamed after its set-up were kept under a name
// that nobody asked for any more.
func TestARenamedProfileGetsBackItsOwnWhenAskedFor(t *testing.T) {
	r := newRig(t)
	own := r.obs.holds("AA")
	d := r.cuelight()
	r.setUp(d, "mine")
	r.obs.rename("AA", "Evening")
	if !r.seen(d) {
		t.Error("not offered")
	}
	origins := movedOf(t, r.restore(d))
	want := []Origin{{OBS: "localhost:4455", Profile: "AA", Earlier: "rtmp://aa.example/live"}}
	if !slices.Equal(origins, want) || r.obs.writes != 1 {
		t.Fatalf("offered %+v after %d writes", origins, r.obs.writes)
	}
	if given, err := d.RestoreFrom(t.Context(), r.conn, origins[0], false); err != nil || !given.Equal(own) {
		t.Fatalf("got %v, %v", given, err)
	}
	if got := r.obs.holds("Evening"); !got.Equal(own) {
		t.Errorf("OBS holds %v", got)
	}
	if r.seen(d) {
		t.Error("offered where it is back already")
	}
	r.setUp(d, "mine") // as at any first time
	if err := r.restore(d); err != nil || !r.obs.holds("Evening").Equal(own) {
		t.Errorf("after another set-up: %v", err)
	}
}

func TestAnOBSAtAnotherAddressGetsBackItsOwnWhenAskedFor(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	r.obs.choose("BB")
	r.setUp(d, "mine")
	r.conn.Address = "192.168.0.7:4466"
	origins := movedOf(t, r.restore(d))
	if len(origins) != 2 || origins[0].Profile != "BB" || origins[1].Profile != "AA" {
		t.Fatalf("offered %+v", origins)
	}
	if _, err := d.RestoreFrom(t.Context(), r.conn, Origin{OBS: "127.0.0.1:4455"}, false); err != nil {
		t.Fatal(err)
	}
	r.wantOwn("BB")
	r.obs.choose("AA")
	movedOf(t, r.restore(d)) // still kept under the old address
}

// The places of this OBS are more likely to be meant than those of others.
func TestOriginsOfTheSameOBSComeFirst(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	second := newFakeOBS(t)
	there := Connection{OBS: second, Address: "127.0.0.1:4466"}
	if _, err := d.SetUp(t.Context(), there, "mine", ingest("mine-key-1"), func(state.Step) {}); err != nil {
		t.Fatal(err)
	}
	r.obs.rename("AA", "Evening")
	if origins := movedOf(t, r.restore(d)); len(origins) != 2 || origins[0].OBS != "localhost:4455" {
		t.Errorf("offered %+v", origins)
	}
}

// Another place's settings never come by themselves, nor over what is kept here.
func TestAnotherPlacesSettingsComeOnlyWhenChosen(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	r.obs.choose("BB")
	if r.seen(d) {
		t.Error("offered in a profile that Cuelight has not changed")
	}
	origins := movedOf(t, r.restore(d))
	var changed *ChangedError
	if _, err := d.RestoreFrom(t.Context(), r.conn, origins[0], false); !errors.As(err, &changed) {
		t.Errorf("over the user's own: %v", err)
	}
	r.wantOwn("BB")
	r.setUp(d, "mine")
	if _, err := d.RestoreFrom(t.Context(), r.conn, origins[0], true); !errors.Is(err, ErrKeptHere) || r.obs.writes != 2 {
		t.Errorf("over what is kept of this one: %v", err)
	}
	if err := r.restore(d); err != nil {
		t.Error(err)
	}
	r.wantOwn("BB")
	r.obs.choose("AA")
	if err := r.restore(d); err != nil {
		t.Error(err)
	}
	r.wantOwn("AA")
	if err := r.restore(d); errors.As(err, new(*MovedError)) || !errors.Is(err, ErrNoBackup) {
		t.Errorf("offered what is back: %v", err)
	}
}

func TestAnOriginThatIsGoneOrUnreadableIsNoOrigin(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	r.obs.rename("AA", "Evening")
	gone := Origin{Profile: "never there"}
	if _, err := d.RestoreFrom(t.Context(), r.conn, gone, false); !errors.Is(err, ErrNoBackup) {
		t.Errorf("got %v", err)
	}
	item := place{OBS: "localhost:4455", Profile: "AA"}.item()
	r.ordinary.fail["get "+item] = errors.New("broken")
	if err := r.restore(d); errors.As(err, new(*MovedError)) || !errors.Is(err, ErrNoBackup) {
		t.Errorf("an unreadable one: %v", err)
	}
}

// What an earlier version kept is known by name as soon as its place is seen.
func TestWhatAnEarlierVersionKeptIsFoundByName(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	_, err := changeFingerprints(t.Context(), d.scopes.shared, func(f fingerprints) (fingerprints, bool) {
		f.Places = nil
		return f, true
	})
	if err != nil {
		t.Fatal(err)
	}
	r.seen(d)
	r.obs.rename("AA", "Evening")
	if origins := movedOf(t, r.restore(d)); len(origins) != 1 {
		t.Errorf("offered %+v", origins)
	}
}

func TestPlacesAreRememberedOnceAndNotWithoutBound(t *testing.T) {
	var f fingerprints
	for i := range maxOrigins + 1 {
		var added bool
		if f, added = f.remembering(place{Profile: string(rune('0' + i))}); !added {
			t.Fatal("not added")
		}
	}
	if len(f.Places) != maxOrigins || f.Places[0].Profile != "1" {
		t.Errorf("%d places from %q on", len(f.Places), f.Places[0].Profile)
	}
	if _, added := f.remembering(f.Places[3]); added {
		t.Error("added twice")
	}
}
