//go:build linux

package app

import (
	"errors"
	"maps"
	"sync"
	"testing"
	"time"

	"cuelight/app/destination"
	"cuelight/app/state"
	"cuelight/internal/realobs"
)

// realProfiles is a real OBS with two profiles, each with its user's own
// settings, and what those are.
type realProfiles struct {
	*realobs.OBS
	user *realobs.Remote
	own  map[string]map[string]any
}

func newRealProfiles(t *testing.T) *realProfiles {
	t.Helper()
	o := &realProfiles{OBS: realobs.ForTest(t, realobs.Options{}), own: make(map[string]map[string]any)}
	o.user = o.Connect(t)
	for _, name := range []string{"BB", "AA"} {
		o.user.AddProfile(name)
		o.user.SetService("rtmp_custom", map[string]any{"server": "rtmp://" + name + ".example/live", "key": "own-key-of-" + name, "bwtest": name == "AA"})
		_, o.own[name] = o.user.Service()
	}
	return o
}

func (o *realProfiles) wantOwn(t *testing.T, profiles ...string) {
	t.Helper()
	for _, name := range profiles {
		o.user.SwitchProfile(name)
		if typ, settings := o.user.Service(); typ != "rtmp_custom" || !maps.Equal(withoutEmpty(settings), withoutEmpty(o.own[name])) {
			t.Errorf("profile %s holds %s %v", name, typ, settings["server"])
		}
	}
}

// withoutEmpty leaves out what is as good as absent for OBS.
func withoutEmpty(settings map[string]any) map[string]any {
	settings = maps.Clone(settings)
	maps.DeleteFunc(settings, func(_ string, value any) bool { return value == "" || value == false || value == nil })
	return settings
}

func TestRealOBSGivesEachProfileBackItsOwn(t *testing.T) {
	o := newRealProfiles(t)
	s := newSharedStudio(t)
	window := s.signedIn(withRealOBS(o.OBS))
	running(t, window)
	until(t, window, "OBS", linked)
	terminal := s.open(withRealOBS(o.OBS))
	if _, err := window.Stream.SetUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	o.user.SwitchProfile("BB")
	if err := terminal.Stream.Restore(t.Context(), false, nil); !errors.Is(err, destination.ErrNoBackup) {
		t.Errorf("in a profile that Cuelight has never changed: %v", err)
	}
	o.wantOwn(t, "BB")
	if _, err := terminal.Stream.SetUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	until(t, window, "what the terminal did", func(s state.State) bool { return s.OBS.Matches == state.MatchYes && s.OBS.CanRestore })
	if err := window.Stream.Restore(t.Context(), false, nil); err != nil {
		t.Error(err)
	}
	o.user.SwitchProfile("AA")
	o.user.SetService("rtmp_custom", map[string]any{"server": "rtmp://newer.example/live", "key": "own-key-newer"})
	if err := terminal.Stream.Restore(t.Context(), false, nil); !errors.Is(err, destination.ErrChangedSince) {
		t.Errorf("over what the user has set since: %v", err)
	}
	if _, settings := o.user.Service(); settings["server"] != "rtmp://newer.example/live" {
		t.Errorf("OBS holds %v", settings["server"])
	}
	if err := terminal.Stream.Restore(t.Context(), true, nil); err != nil {
		t.Error(err)
	}
	o.wantOwn(t, "AA", "BB")
	if err := window.Stream.Restore(t.Context(), true, nil); err == nil {
		t.Error("the profile in use is BB now, of which nothing is kept")
	}
}

// A key is reset while real OBS streams, and the stream is stopped from a window
// and a terminal at once: both want to write the key that waits.
func TestRealOBSStoppedFromTwoSidesKeepsTheUsersOwn(t *testing.T) {
	o := newRealProfiles(t)
	s := newSharedStudio(t)
	window := s.signedIn(withRealOBS(o.OBS))
	running(t, window)
	until(t, window, "OBS", linked)
	terminal := s.open(withRealOBS(o.OBS))
	for range 2 {
		if err := window.Stream.Start(t.Context(), GoLive{Checked: true}, nil); err != nil {
			t.Fatal(err)
		}
		if _, err := terminal.Stream.ResetKey(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		var work sync.WaitGroup
		for _, e := range []*Engine{window, terminal} {
			work.Go(func() {
				if err := e.Stream.Stop(t.Context(), nil); err != nil {
					t.Errorf("stop: %v", err)
				}
			})
		}
		work.Wait()
		if _, settings := o.user.Service(); settings["key"] != s.key(sandboxUser) {
			t.Error("OBS does not hold the present key")
		}
	}
	if err := terminal.Stream.Restore(t.Context(), false, nil); err != nil {
		t.Error(err)
	}
	o.wantOwn(t, "AA", "BB")
}

// `cuelight stop` alone writes the key: real OBS calls its output active for a
// while after it has stopped.
func TestRealOBSGetsTheKeyThatWaitsFromStopAlone(t *testing.T) {
	o := newRealProfiles(t)
	s := newSharedStudio(t)
	e := s.signedIn(withRealOBS(o.OBS))
	if err := e.Stream.Start(t.Context(), GoLive{Checked: true}, nil); err != nil {
		t.Fatal(err)
	}
	if reset, err := e.Stream.ResetKey(t.Context(), nil); err != nil || reset.Written || !e.State().OBS.WriteQueued {
		t.Fatalf("got %+v, %v", reset, err)
	}
	if err := s.open(withRealOBS(o.OBS)).Stream.Stop(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if _, settings := o.user.Service(); settings["key"] != s.key(sandboxUser) {
		t.Error("OBS does not hold the present key")
	}
	if e.destination.Queued() {
		t.Error("still queued")
	}
}

// A rehearsal goes on through a frozen OBS and a lost link.
func TestRealOBSFrozenInARehearsalGoesOnStreaming(t *testing.T) {
	o := newRealProfiles(t)
	s := newSharedStudio(t)
	options := s.options()
	options.Sandbox = true
	withRealOBS(o.OBS)(&options)
	e, err := Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Accounts.SignIn(t.Context(), SignIn{Number: "111111"}); err != nil {
		t.Fatal(err)
	}
	stop := running(t, e)
	until(t, e, "OBS", linked)
	if err := e.Stream.Start(t.Context(), GoLive{Checked: true}, nil); err != nil {
		t.Fatal(err)
	}
	o.Freeze()
	until(t, e, "OBS gone", gone)
	time.Sleep(5 * time.Second)
	o.Thaw()
	until(t, e, "OBS back", linked)
	time.Sleep(2 * time.Second) // for what follows a connection
	if status := o.user.Request("GetStreamStatus", nil); status["outputActive"] != true {
		t.Errorf("the rehearsal was ended: %v", status)
	}
	for _, notice := range e.State().Notices {
		if notice.Key == "sandbox_put_back" {
			t.Error("the rehearsal was taken for one left behind")
		}
	}
	stop()
	if err := e.Close(); err != nil { // the window's end is the sandbox's
		t.Error(err)
	}
	o.wantOwn(t, "AA", "BB")
}
