package app

import (
	"encoding/json"
	"errors"
	"testing"

	"cuelight/app/destination"
	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/obssim"
	"cuelight/obs/obstest"
)

// profileOwn is what a profile of OBS holds as its user's own.
func profileOwn(name string) map[string]any {
	return map[string]any{"server": "rtmp://" + name + ".example/live", "key": "own-key-of-" + name}
}

// profiles gives the studio's OBS two profiles, each with a service of its own,
// the first in use.
func (s *studio) profiles(t *testing.T) {
	t.Helper()
	for _, name := range []string{"AA", "BB"} {
		s.obs.AddProfile(name, "rtmp_custom", profileOwn(name))
	}
	s.choose(t, "AA")
}

func (s *studio) choose(t *testing.T, profile string) {
	t.Helper()
	if !s.obs.SwitchProfile(profile) {
		t.Fatalf("no profile %s", profile)
	}
}

func (s *studio) wantOwn(t *testing.T, profiles ...string) {
	t.Helper()
	for _, name := range profiles {
		_, settings := s.obs.ProfileService(name)
		for key, want := range profileOwn(name) {
			if settings[key] != want {
				t.Errorf("profile %s: %s is %v", name, key, settings[key])
			}
		}
	}
}

func TestEachProfileGetsBackItsOwn(t *testing.T) {
	s := newStudio(t)
	s.profiles(t)
	e := s.signedIn()
	if _, err := e.Stream.SetUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	s.choose(t, "BB")
	if err := e.Stream.Restore(t.Context(), false, nil); !errors.Is(err, destination.ErrNoBackup) {
		t.Errorf("restoring where Cuelight has never been: %v", err)
	}
	s.wantOwn(t, "BB")
	if _, err := e.Stream.SetUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"AA", "BB"} {
		s.choose(t, name)
		if err := e.Stream.Restore(t.Context(), false, nil); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	s.wantOwn(t, "AA", "BB")
}

func TestEachOBSGetsBackItsOwn(t *testing.T) {
	s, second := newStudio(t), newStudio(t)
	s.elsewhere()
	second.obs.ChangeService("rtmp_custom", profileOwn("second"))
	first := s.signedIn()
	other := s.open(func(o *Options) { o.OBSAddress = second.obs.Addr().String() })
	for _, e := range []*Engine{first, other} {
		if _, err := e.Stream.SetUp(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
	}
	for _, e := range []*Engine{first, other} {
		if err := e.Stream.Restore(t.Context(), false, nil); err != nil {
			t.Error(err)
		}
	}
	s.wantUsersOwn(t)
	if server, key := second.held(); server != "rtmp://second.example/live" || key != "own-key-of-second" {
		t.Errorf("the second OBS holds %s", server)
	}
}

func TestWhatTheUserHasSetSinceIsNotOverwrittenUnasked(t *testing.T) {
	s := newStudio(t)
	s.elsewhere()
	e := s.signedIn()
	if _, err := e.Stream.SetUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	newer := profileOwn("newer")
	s.obs.ChangeService("rtmp_custom", newer)
	err := e.Stream.Restore(t.Context(), false, nil)
	var changed *destination.ChangedError
	if !errors.As(err, &changed) || changed.Place() != newer["server"] {
		t.Fatalf("got %v", err)
	}
	wantTold(t, err)
	if server, _ := s.held(); server != newer["server"] {
		t.Errorf("OBS holds %s", server)
	}
	if !e.State().OBS.CanRestore {
		t.Error("what was kept is forgotten")
	}
	// Asked for, it is exchanged, and nothing is lost.
	if err := e.Stream.Restore(t.Context(), true, nil); err != nil {
		t.Fatal(err)
	}
	s.wantUsersOwn(t)
	if err := e.Stream.Restore(t.Context(), true, nil); err != nil {
		t.Fatal(err)
	}
	if server, key := s.held(); server != newer["server"] || key != newer["key"] {
		t.Errorf("OBS holds %s", server)
	}
}

// Somebody switches the profile at each moment of Cuelight's reading and writing.
func TestAProfileSwitchedInTheMiddleOfASetUpLosesNothing(t *testing.T) {
	lost := 0
	for moment := 1; moment <= 20; moment++ {
		s := newSharedStudio(t)
		s.profiles(t)
		e := s.signedIn()
		calls := 0
		s.obs.Faults(func(f *obssim.Faults) {
			f.InBatch = func(int, string) {
				if calls++; calls == moment {
					s.obs.SwitchProfile("BB")
				}
			}
		})
		_, err := e.Stream.SetUp(t.Context(), nil)
		s.obs.Faults(func(f *obssim.Faults) { f.InBatch = nil })
		if err != nil && !errors.Is(err, obs.ErrTorn) {
			t.Errorf("moment %d: %v", moment, err)
		}
		for _, name := range []string{"AA", "BB"} {
			s.choose(t, name)
			if err := e.Stream.Restore(t.Context(), false, nil); err != nil && !errors.Is(err, destination.ErrNoBackup) {
				t.Errorf("moment %d, %s: %v", moment, name, err)
			}
		}
		s.wantOwn(t, "AA")
		if _, settings := s.obs.ProfileService("BB"); settings["key"] != profileOwn("BB")["key"] {
			lost++
		}
	}
	// OBS tells nobody what a profile held that it switches to between its look at
	// the precondition and the write, and refuses the write at every other moment.
	if lost > 1 {
		t.Errorf("BB lost its own at %d moments", lost)
	}
}

func TestTheSettingsThatAnEarlierVersionKeptArePutBack(t *testing.T) {
	s := newStudio(t)
	s.profiles(t)
	e := s.signedIn()
	own, err := s.dial(t).Service(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ingest, err := e.Stream.Ingest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := obstest.SetService(t.Context(), s.dial(t), ingest.Server, ingest.Key); err != nil {
		t.Fatal(err)
	}
	if err := e.vault.Set(t.Context(), "obs/kept", secret.New(`{"earlier":`+quoted(own.Seal())+`,"server":`+quoted(secret.New(ingest.Server))+`,"key":`+quoted(ingest.Key)+`}`)); err != nil {
		t.Fatal(err)
	}
	s.choose(t, "BB")
	upgraded := s.open()
	if upgraded.Support.Probe(t.Context()); upgraded.State().OBS.CanRestore {
		t.Error("offered where it does not belong")
	}
	if err := upgraded.Stream.Restore(t.Context(), false, nil); !errors.Is(err, destination.ErrNoBackup) {
		t.Errorf("got %v", err)
	}
	s.choose(t, "AA")
	if upgraded.Support.Probe(t.Context()); !upgraded.State().OBS.CanRestore {
		t.Error("not offered where it belongs")
	}
	if err := upgraded.Stream.Restore(t.Context(), false, nil); err != nil {
		t.Fatal(err)
	}
	s.wantOwn(t, "AA", "BB")
	if err := s.open().Stream.Restore(t.Context(), false, nil); !errors.Is(err, destination.ErrNoBackup) {
		t.Errorf("kept twice: %v", err)
	}
}

// quoted is a secret as a JSON string.
func quoted(s secret.Text) string {
	text, _ := json.Marshal(s.Reveal())
	return string(text)
}
