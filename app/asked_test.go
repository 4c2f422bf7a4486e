package app

import (
	"errors"
	"testing"

	"cuelight/app/config"
	"cuelight/app/state"
)

func TestAStartThatAsksDoesNothingBeforeItsWarningsAreAnswered(t *testing.T) {
	s := newStudio(t)
	s.elsewhere()
	s.obs.SetParameter("SimpleOutput", "VBitrate", "20000")
	e := s.signedIn()
	err := e.Stream.Start(t.Context(), GoLive{Ask: true}, nil)
	var warned *state.WarnedError
	if !errors.As(err, &warned) || len(warned.Checks) < 2 {
		t.Fatalf("got %v", err)
	}
	if got := e.State(); got.OBS.Stream.Running() || got.OBS.Matches == state.MatchYes {
		t.Errorf("OBS was touched: %+v", got.OBS)
	}
	e.Configure(func(c *config.Config) {
		for _, check := range warned.Checks {
			c.AcceptedWarnings = append(c.AcceptedWarnings, check.Kind())
		}
	})
	if err := e.Stream.Start(t.Context(), GoLive{Ask: true}, nil); err != nil {
		t.Fatal(err)
	}
	if e.State().OBS.Stream != state.StreamOn {
		t.Error("it does not go live with warnings that were accepted for good")
	}
}
