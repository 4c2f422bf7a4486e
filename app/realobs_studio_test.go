//go:build linux

package app

import (
	"errors"
	"sync"
	"testing"
	"time"

	"cuelight/app/destination"
	"cuelight/app/state"
	"cuelight/internal/realobs"
	"cuelight/internal/realparts"
	"cuelight/obs"
)

func TestRealOBSWithMultitrackVideoLeftOn(t *testing.T) {
	ingest := realparts.StartIngest(t, realparts.Hooks{})
	o := realobs.ForTest(t, realobs.Options{})
	o.Connect(t).Request("SetProfileParameter", map[string]any{
		"parameterCategory": "Stream1", "parameterName": "EnableMultitrackVideo", "parameterValue": "true",
	})
	s := newSharedStudio(t)
	s.withIngest(t, ingest.URL)
	e := s.signedIn(withRealOBS(o))
	if _, err := e.Stream.SetUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if c := preflightOf(t, e.Stream.Preflight(t.Context()), state.PreMultitrack); c.State != state.StepWarned || c.Reason != "on" || c.Blocks {
		t.Errorf("found %+v", c)
	}
	// These releases stream to a custom server all the same.
	s.onAir(t, true) // the ingest does not tell the platform
	if err := e.Stream.Start(t.Context(), GoLive{Checked: true}, nil); err != nil {
		t.Fatal(err)
	}
	if got := len(ingest.Published()); got != 1 {
		t.Errorf("the ingest saw %d streams", got)
	}
	if err := e.Stream.Stop(t.Context(), nil); err != nil {
		t.Error(err)
	}
}

func TestRealOBSReconnectsAndIsNeverShownOffline(t *testing.T) {
	ingest := realparts.StartIngest(t, realparts.Hooks{})
	o := realobs.ForTest(t, realobs.Options{})
	s := newSharedStudio(t)
	s.withIngest(t, ingest.URL)
	e := s.signedIn(withRealOBS(o))
	running(t, e)
	until(t, e, "OBS", linked)
	s.onAir(t, true) // the ingest does not tell the platform
	if err := e.Stream.Start(t.Context(), GoLive{Checked: true}, nil); err != nil {
		t.Fatal(err)
	}
	ingest.Kill()
	until(t, e, "reconnecting", func(s state.State) bool { return s.OBS.Stream == state.StreamReconnecting })
	ingest.Start(t)
	until(t, e, "streaming again", func(s state.State) bool {
		if !s.OBS.Stream.Running() {
			t.Errorf("shown as %s", s.OBS.Stream)
		}
		return s.OBS.Stream == state.StreamOn
	})
	if got := len(ingest.Published()); got != 1 {
		t.Errorf("the ingest that came back saw %d streams", got)
	}
	if err := e.Stream.Stop(t.Context(), nil); err != nil {
		t.Error(err)
	}
}

// While OBS changes its scene collection it answers 207 from 30 on, and 29 may
// crash on what it is asked.
func TestRealOBSChangesItsSceneCollectionDuringSetUp(t *testing.T) {
	o := realobs.ForTest(t, realobs.Options{})
	user := o.Connect(t)
	for _, name := range []string{"BB", "AA"} {
		user.Request("CreateSceneCollection", map[string]any{"sceneCollectionName": name})
	}
	s := newSharedStudio(t)
	e := s.signedIn(withRealOBS(o))
	running(t, e)
	until(t, e, "OBS", linked)
	for round, name := range []string{"BB", "AA", "BB", "AA", "BB", "AA"} {
		user.SetService("rtmp_custom", map[string]any{"server": "rtmp://elsewhere.example/live", "key": "another-key"})
		err := setUpAmid(t, e, round, func() {
			user.Request("SetCurrentSceneCollection", map[string]any{"sceneCollectionName": name})
		})
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		if _, held := user.Service(); held["server"] == "rtmp://elsewhere.example/live" {
			t.Errorf("round %d: set up, and OBS streams elsewhere", round)
		}
	}
}

// setUpAmid sets OBS up while change is made in it, at another moment each round.
func setUpAmid(t *testing.T, e *Engine, round int, change func()) error {
	t.Helper()
	var both sync.WaitGroup
	both.Go(func() {
		time.Sleep(time.Duration(round) * 4 * time.Millisecond)
		change()
	})
	_, err := e.Stream.SetUp(t.Context(), nil)
	both.Wait()
	return err
}

// The user switches profiles while Cuelight sets OBS up: each profile gets back
// what was its user's, whichever was set up.
func TestRealOBSSwitchesItsProfileDuringSetUp(t *testing.T) {
	o := newRealProfiles(t)
	s := newSharedStudio(t)
	e := s.signedIn(withRealOBS(o.OBS))
	running(t, e)
	until(t, e, "OBS", linked)
	for round := range 6 {
		o.user.SwitchProfile("AA")
		err := setUpAmid(t, e, round, func() {
			o.user.Request("SetCurrentProfile", map[string]any{"profileName": "BB"})
		})
		torn := errors.Is(err, obs.ErrTorn)
		if err != nil && !torn {
			t.Fatalf("round %d: %v", round, err)
		}
		for _, name := range []string{"AA", "BB"} {
			o.user.SwitchProfile(name)
			if err := e.Stream.Restore(t.Context(), false, nil); err != nil && !errors.Is(err, destination.ErrNoBackup) {
				t.Errorf("round %d, %s: %v", round, name, err)
			}
		}
		o.wantOwn(t, "AA")
		if torn { // OBS tells nobody what a profile held that it has just switched to
			t.Logf("round %d: met in the very moment of the write", round)
			o.user.SwitchProfile("BB")
			o.user.SetService("rtmp_custom", o.own["BB"])
		}
		o.wantOwn(t, "BB")
	}
}
