package app

import (
	"testing"
	"time"

	"cuelight/app/monitor"
	"cuelight/app/state"
	"cuelight/obs/obssim"
)

// onStage gives an Engine that runs as a window does, while OBS streams.
func onStage(t *testing.T, s *studio) *Engine {
	t.Helper()
	e := s.signedIn()
	running(t, e)
	until(t, e, "OBS", linked)
	if err := e.Stream.Start(t.Context(), GoLive{Checked: true}, nil); err != nil {
		t.Fatal(err)
	}
	return e
}

func TestARunningStreamIsMeasuredEverySecond(t *testing.T) {
	s := newStudio(t)
	s.obs.Faults(func(f *obssim.Faults) { f.DropRatio, f.Congestion, f.FPS = 0.02, 0.5, 55 })
	e := onStage(t, s)
	got := until(t, e, "three samples", func(s state.State) bool { return len(s.Health.Bitrates) >= 3 })
	last := got.Health.Last
	if last.BitrateKbps < 1000 || last.DroppedPercent < 1 || last.DroppedPercent > 3 || last.Congestion != 0.5 || last.FPS != 55 || last.TargetFPS != 60 {
		t.Errorf("measured %+v", last)
	}
	s.stopInOBS(t)
	until(t, e, "nothing to measure", func(s state.State) bool { return !s.Health.Known && s.OBS.Stream == state.StreamOff })
}

// silence lets time pass until the silence of the microphones is warned of.
func silence(t *testing.T, s *studio, e *Engine) state.State {
	t.Helper()
	for {
		s.clock.pass(monitor.SilentAfter + time.Second)
		before := e.State().Health.Last.Time
		got := until(t, e, "another sample", func(s state.State) bool { return s.Health.Last.Time.After(before) })
		if got.Health.Quiet > 0 {
			return got
		}
	}
}

func TestAMicrophoneThatFallsSilentIsWarnedOf(t *testing.T) {
	s := newStudio(t)
	s.sound(t, 0)
	e := onStage(t, s)
	got := until(t, e, "a sample", func(s state.State) bool { return s.Health.Known })
	if got.Health.Quiet != 0 {
		t.Errorf("warned of at once: %v", got.Health.Quiet)
	}
	if got := silence(t, s, e); got.Health.Microphone != "Mic/Aux" || got.Health.Quiet < monitor.SilentAfter {
		t.Errorf("warned of %+v", got.Health)
	}
	// A new connection begins without levels: they have to be asked for again.
	s.obs.Reset()
	until(t, e, "OBS gone", func(s state.State) bool { return s.OBS.Link != state.LinkUp })
	until(t, e, "OBS back, a sample", func(s state.State) bool { return linked(s) && s.Health.Known && s.Health.Quiet == 0 })
	silence(t, s, e)
	s.sound(t, 0.3)
	until(t, e, "the end of the warning", func(s state.State) bool { return s.Health.Known && s.Health.Quiet == 0 })
}

func TestACheckWhileStreamingLeavesTheMetersOn(t *testing.T) {
	s := newStudio(t)
	s.sound(t, 0)
	e := onStage(t, s)
	until(t, e, "a sample", func(s state.State) bool { return s.Health.Known })
	silence(t, s, e)
	e.Stream.Preflight(t.Context()) // it switches the levels off when it is done
	s.sound(t, 0.3)
	s.clock.pass(monitor.PictureInterval + time.Second)
	until(t, e, "the sound", func(s state.State) bool { return s.Health.Known && s.Health.Quiet == 0 })
}

func TestAPictureThatDoesNotMoveIsWarnedOf(t *testing.T) {
	s := newStudio(t)
	s.obs.Faults(func(f *obssim.Faults) { f.Frozen = true })
	e := onStage(t, s)
	until(t, e, "a sample", func(s state.State) bool { return s.Health.Known })
	for range 2 { // the first look has nothing to compare with
		before := e.State().Health.Last.Time
		s.clock.pass(monitor.PictureInterval)
		until(t, e, "another sample", func(s state.State) bool { return s.Health.Last.Time.After(before) })
	}
	if frozen := e.State().Health.Frozen; frozen != 0 {
		t.Errorf("warned of after %v", frozen)
	}
	s.clock.pass(monitor.FrozenAfter)
	got := until(t, e, "the warning", func(s state.State) bool { return s.Health.Frozen > 0 })
	if got.Health.Frozen < monitor.FrozenAfter {
		t.Errorf("warned of after %v", got.Health.Frozen)
	}
	s.obs.Faults(func(f *obssim.Faults) { f.Frozen = false })
	s.clock.pass(monitor.PictureInterval)
	until(t, e, "the end of the warning", func(s state.State) bool { return s.Health.Known && s.Health.Frozen == 0 })
}

func TestAnOBSThatReconnectsIsNotOffline(t *testing.T) {
	s := newStudio(t)
	e := onStage(t, s)
	s.obs.Reconnect(300 * time.Millisecond)
	got := until(t, e, "reconnecting", func(s state.State) bool { return s.OBS.Stream == state.StreamReconnecting })
	if !got.OBS.Stream.Running() || got.OBS.Since.IsZero() {
		t.Errorf("shown as %+v", got.OBS)
	}
	until(t, e, "back", func(s state.State) bool { return s.OBS.Stream == state.StreamOn })
}
