package destination

import (
	"context"
	"errors"
	"testing"

	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/obs"
)

func TestEachOBSAndProfileGetsBackItsOwn(t *testing.T) {
	r := newRig(t)
	second := newFakeOBS(t)
	second.set(service(t, "rtmp://second.example/live", "own-key-of-second"))
	d := r.cuelight()
	r.setUp(d, "mine")
	there := Connection{OBS: second, Address: "127.0.0.1:4466"}
	if _, err := d.SetUp(t.Context(), there, "mine", ingest("mine-key-1"), func(state.Step) {}); err != nil {
		t.Fatal(err)
	}
	r.obs.choose("BB")
	if err := r.restore(d); !errors.Is(err, ErrNoBackup) {
		t.Errorf("where Cuelight has never been: %v", err)
	}
	r.setUp(d, "mine")
	if given, err := d.Restore(t.Context(), there, false); err != nil || given.Server != "rtmp://second.example/live" {
		t.Errorf("got %v, %v", given, err)
	}
	for _, name := range []string{"AA", "BB"} {
		r.obs.choose(name)
		if err := r.restore(d); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := r.restore(d); !errors.Is(err, ErrNoBackup) {
			t.Errorf("%s, twice: %v", name, err)
		}
	}
	r.wantOwn("AA", "BB")
	if r.state().CanRestore {
		t.Error("offered again")
	}
}

// A command is killed whose write met a switch of profiles and hit one that had
// been put back.
func TestAWriteThatHitAnotherProfileIsUndoneThere(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	if err := r.restore(d); err != nil {
		t.Fatal(err)
	}
	r.obs.set(service(t, ingest("").Server, "mine-key-1"))
	present, _ := r.obs.Snapshot(t.Context())
	if d.Seen(t.Context(), r.conn, present); !r.state().CanRestore {
		t.Error("not offered")
	}
	r.setUp(d, "other")
	if err := r.restore(d); err != nil {
		t.Fatal(err)
	}
	r.wantOwn("AA", "BB")
	if err := r.restore(d); !errors.Is(err, ErrNoBackup) {
		t.Errorf("put back twice: %v", err)
	}
}

func TestNothingIsKeptWhereNothingIsToBePutBack(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.obs.writeErr = &obs.Error{Kind: obs.ErrRefused}
	if _, err := d.SetUp(t.Context(), r.conn, "mine", ingest("mine-key-1"), func(state.Step) {}); err == nil {
		t.Fatal("not refused")
	}
	if names := r.ordinary.names(); len(names) != 1 || names[0] != fingerprintsItem {
		t.Errorf("left in the keyring: %v", names)
	}
}

func TestNamesOfThisMachineAreOneOBS(t *testing.T) {
	for address, want := range map[string]string{
		"localhost:4455": "localhost:4455", "127.0.0.1:4455": "localhost:4455", "[::1]:4455": "localhost:4455",
		"192.168.0.7:4455": "192.168.0.7:4455", "studio:4466": "studio:4466", "not an address": "not an address",
	} {
		if got := (Connection{Address: address}).id(); got != want {
			t.Errorf("%s is %s", address, got)
		}
	}
	if got := (Connection{Address: "127.0.0.1:4455", Simulated: true}).id(); got != simulatedOBS {
		t.Errorf("the sandbox's own is %s", got)
	}
}

func TestWhatTheUserHasSetSinceStaysUnlessAskedFor(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	newer := service(t, "rtmp://newer.example/live", "own-key-of-newer")
	r.obs.set(newer)
	_, err := d.Restore(t.Context(), r.conn, false)
	var changed *ChangedError
	if !errors.As(err, &changed) || !errors.Is(err, ErrChangedSince) || changed.Place() != newer.Server ||
		changed.Earlier != "rtmp://aa.example/live" || changed.Error() == "" {
		t.Fatalf("got %v", err)
	}
	if got := r.obs.holds("AA"); !got.Equal(newer) || r.obs.writes != 1 {
		t.Errorf("OBS holds %v", got)
	}
	for i, want := range []string{"rtmp://aa.example/live", newer.Server, "rtmp://aa.example/live"} {
		given, err := d.Restore(t.Context(), r.conn, true)
		if err != nil || given.Server != want || r.obs.holds("AA").Server != want || !r.state().CanRestore {
			t.Errorf("exchange %d: %v, %v", i+1, given, err)
		}
	}
	r.wantOwn("AA")
}

func TestAChangedErrorNamesTheServiceThatOBSKnowsByName(t *testing.T) {
	named := &ChangedError{Server: "rtmp://live.twitch.tv/app", Name: "Twitch"}
	if named.Place() != "Twitch" || errors.Is(named, ErrNoBackup) {
		t.Errorf("got %q", named.Place())
	}
}

// Killed between the two writes of an exchange, nothing is lost either.
func TestAnExchangeCutShortLosesNothing(t *testing.T) {
	newer := service(t, "rtmp://newer.example/live", "own-key-of-newer")
	for _, c := range []struct {
		name    string
		written bool
		left    string // what is kept afterwards
	}{
		{"before OBS was written to", false, "rtmp://aa.example/live"},
		{"after it", true, newer.Server},
	} {
		r := newRig(t)
		d := r.cuelight()
		r.setUp(d, "mine")
		r.obs.set(newer)
		own := newFakeOBS(t).services["AA"]
		err := d.backups.store(t.Context(), backup{
			place: place{OBS: "localhost:4455", Profile: "AA"}, Earlier: seal(own), Newer: seal(newer),
		})
		if err != nil {
			t.Fatal(err)
		}
		if c.written {
			r.obs.set(own)
		}
		k, err := r.cuelight().backups.load(t.Context(), place{OBS: "localhost:4455", Profile: "AA"}, r.obs.holds("AA"))
		if err != nil {
			t.Fatal(err)
		}
		if kept, err := obs.OpenService(k.Earlier.text()); err != nil || kept.Server != c.left || k.Newer != "" {
			t.Errorf("%s: kept is %v, %v", c.name, kept, err)
		}
	}
}

func TestAFailedExchangeKeepsWhatWasKept(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	newer := service(t, "rtmp://newer.example/live", "own-key-of-newer")
	r.obs.set(newer)
	r.obs.writeErr = &obs.Error{Kind: obs.ErrRefused}
	if _, err := d.Restore(t.Context(), r.conn, true); !errors.Is(err, obs.ErrRefused) {
		t.Fatal(err)
	}
	r.obs.writeErr = nil
	broken := errors.New("broken")
	r.ordinary.fail["set obs/backup"] = broken
	if _, err := d.Restore(t.Context(), r.conn, true); !errors.Is(err, broken) || r.obs.writes != 1 {
		t.Errorf("without a place for the newer: %v, %d writes", err, r.obs.writes)
	}
	delete(r.ordinary.fail, "set obs/backup")
	if _, err := d.Restore(t.Context(), r.conn, true); err != nil {
		t.Fatal(err)
	}
	r.wantOwn("AA")
	if _, err := d.Restore(t.Context(), r.conn, true); err != nil || !r.obs.holds("AA").Equal(newer) {
		t.Errorf("the newer is lost: %v", err)
	}
}

func TestAnOBSThatIsBackAlreadyIsNotWrittenTo(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	r.obs.set(newFakeOBS(t).services["AA"]) // by hand, or by a Cuelight killed before it could say so
	if err := r.restore(d); err != nil || r.obs.writes != 1 {
		t.Errorf("got %v, %d writes", err, r.obs.writes)
	}
	if err := r.restore(d); !errors.Is(err, ErrNoBackup) {
		t.Errorf("kept on: %v", err)
	}
}

func TestAProfileChosenInTheMiddleIsNotTheOneMeant(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	for _, name := range []string{"BB", "AA"} {
		r.obs.choose(name)
		r.setUp(d, "mine")
	}
	switching := Connection{Address: r.conn.Address, OBS: meddled{fakeOBS: r.obs, before: func() { r.obs.choose("BB") }}}
	if _, err := d.Restore(t.Context(), switching, false); !errors.Is(err, obs.ErrChanged) {
		t.Errorf("got %v", err)
	}
	for _, name := range []string{"AA", "BB"} {
		if got := r.obs.holds(name); got.Server != ingest("").Server {
			t.Errorf("%s holds %v", name, got)
		}
	}
}

func TestABrokenBackupIsToldAndWritesNothing(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	item := place{OBS: "localhost:4455", Profile: "AA"}.item()
	for _, content := range []string{`{"earlier":{"v":9}}`, `{"earlier":"x"}`} {
		if err := r.ordinary.Set(t.Context(), item, secret.New(content)); err != nil {
			t.Fatal(err)
		}
		if err := r.restore(d); err == nil || r.obs.writes != 1 {
			t.Errorf("%s: got %v, %d writes", content, err, r.obs.writes)
		}
	}
	r.ordinary.fail["get"] = errors.New("broken")
	if err := r.restore(d); err == nil {
		t.Error("a keyring that fails passed for an empty one")
	}
}

// The caller may go away: what was written is noted all the same.
func TestARestoreIsNotedThoughItsCallerIsGone(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	ctx, cancel := context.WithCancel(t.Context())
	r.obs.written = func() error { cancel(); return nil }
	if _, err := d.Restore(ctx, r.conn, false); err != nil {
		t.Fatal(err)
	}
	if err := r.restore(d); !errors.Is(err, ErrNoBackup) {
		t.Errorf("still kept: %v", err)
	}
	r.wantOwn("AA")
}

func TestSeenShowsWhatCanBePutBackHere(t *testing.T) {
	r := newRig(t)
	d := r.cuelight()
	r.setUp(d, "mine")
	seen := func() bool {
		present, _ := r.obs.Snapshot(t.Context())
		d.Seen(t.Context(), r.conn, present)
		return r.state().CanRestore
	}
	if !seen() {
		t.Error("not offered")
	}
	r.obs.choose("BB")
	if seen() {
		t.Error("offered in a profile that Cuelight has not changed")
	}
	r.obs.choose("AA")
	r.obs.set(newFakeOBS(t).services["AA"])
	if seen() {
		t.Error("offered where it is back already")
	}
	r.obs.set(service(t, "rtmp://newer.example/live", "own-key-of-newer"))
	if !seen() {
		t.Error("not offered after a change by hand")
	}
	r.ordinary.fail["get"] = errors.New("broken")
	if !seen() {
		t.Error("what is not known was shown as none")
	}
}
