//go:build linux

package app

import (
	"errors"
	"testing"
	"time"

	"cuelight/app/state"
	"cuelight/internal/realobs"
	"cuelight/internal/realparts"
	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/obstest"
	"cuelight/providers/sandbox"
)

// withRealOBS makes an Engine of this studio use a real OBS.
func withRealOBS(o *realobs.OBS) func(*Options) {
	return func(options *Options) {
		options.OBSAddress, options.OBSPassword = o.Address(), secret.New(o.Password)
	}
}

// withIngest makes this studio's platforms name a server as their ingest.
func (s *studio) withIngest(t *testing.T, server string) {
	t.Helper()
	platform, err := sandbox.New(sandbox.Options{
		Seed: secret.New("a seed"), Now: s.clock.Now, Clients: []sandbox.Client{s.client}, IngestURL: server,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := platform.Close(); err != nil {
			t.Error(err)
		}
	})
	s.platform = platform
}

func TestRealOBSChangedRepairedKilledAndBack(t *testing.T) {
	o := realobs.ForTest(t, realobs.Options{})
	s := newSharedStudio(t)
	e := s.signedIn(withRealOBS(o))
	running(t, e)
	until(t, e, "OBS", linked)
	if _, err := e.Stream.SetUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	until(t, e, "OBS points here", func(s state.State) bool { return s.OBS.Matches == state.MatchYes })

	// Somebody else changes the settings: no event tells of it.
	other, err := obs.Dial(t.Context(), obs.Endpoint{Host: "127.0.0.1", Port: o.Port, Password: secret.New(o.Password)})
	if err != nil {
		t.Fatal(err)
	}
	if err := obstest.SetService(t.Context(), other, "rtmp://elsewhere.example/live", secret.New("another-key-9")); err != nil {
		t.Fatal(err)
	}
	other.Close()
	got := until(t, e, "OBS points elsewhere", func(s state.State) bool { return s.OBS.Matches == state.MatchNo })
	if c := check(t, got, "service"); c.Action != state.ActionSetUp || c.State != state.StepFailed {
		t.Errorf("the checklist says %+v", c)
	}
	if _, err := e.Stream.SetUp(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if e.State().OBS.Matches != state.MatchYes {
		t.Errorf("not repaired: %+v", e.State().OBS)
	}

	began := time.Now()
	o.Kill9()
	wantGone(t, until(t, e, "OBS gone", gone))
	if took := time.Since(began); took > seenWithin {
		t.Errorf("kill -9 was seen after %v", took)
	}
	if err := o.Launch(t.Context()); err != nil {
		t.Fatal(err)
	}
	began = time.Now()
	until(t, e, "OBS back", linked)
	if took := time.Since(began); took > backWithin {
		t.Errorf("back %v after OBS was", took)
	}
	// OBS was killed before it wrote its settings down, or after: either way it
	// is seen, and mended with one click.
	until(t, e, "where OBS points", func(s state.State) bool { return s.OBS.Matches != state.MatchUnknown })
	if _, err := e.Stream.SetUp(t.Context(), nil); err != nil || e.State().OBS.Matches != state.MatchYes {
		t.Errorf("set up again: %v, %+v", err, e.State().OBS)
	}
}

func TestRealOBSStreamingAlreadyHoldsTheStartBack(t *testing.T) {
	ingest := realparts.StartIngest(t, realparts.Hooks{})
	o := realobs.ForTest(t, realobs.Options{})
	s := newSharedStudio(t)
	e := s.signedIn(withRealOBS(o))
	other, err := obs.Dial(t.Context(), obs.Endpoint{Host: "127.0.0.1", Port: o.Port, Password: secret.New(o.Password)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(other.Close)
	if err := obstest.SetService(t.Context(), other, ingest.URL, secret.New("somebody-elses-key")); err != nil {
		t.Fatal(err)
	}
	if err := other.StartStream(t.Context()); err != nil {
		t.Fatal(err)
	}
	err = e.Stream.Start(t.Context(), GoLive{}, nil)
	var held *state.PreflightError
	if !errors.As(err, &held) || !errors.Is(err, obs.ErrStreaming) {
		t.Fatalf("got %v", err)
	}
	wantTold(t, err)
	if got := preflightOf(t, e.State().Preflight, state.PreService); got.State != state.StepFailed || !got.Blocks {
		t.Errorf("found %+v", got)
	}
	ingest.WaitPublished(t, "somebody-elses-key", 10*time.Second)
	if got := ingest.Published(); len(got) != 1 {
		t.Errorf("the ingest saw %v", got)
	}
	if err := other.StopStream(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestRealOBSWithAnIngestThatIsNotThere(t *testing.T) {
	o := realobs.ForTest(t, realobs.Options{})
	s := newSharedStudio(t)
	s.withIngest(t, "rtmp://127.0.0.1:1/app/")
	e := s.signedIn(withRealOBS(o))
	err := e.Stream.Start(t.Context(), GoLive{}, nil)
	var failed *obs.Error
	if !errors.As(err, &failed) || !errors.Is(err, obs.ErrNotStarted) || failed.Phase != obs.PhaseStopped {
		t.Fatalf("got %v", err)
	}
	wantTold(t, err)
	if got := e.State(); got.OBS.Stream.Running() || got.Live.OnAir || got.OBS.Matches != state.MatchYes {
		t.Errorf("shown as %+v %+v", got.OBS, got.Live)
	}
}
