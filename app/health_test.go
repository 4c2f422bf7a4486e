package app

import (
	"testing"
	"time"

	"cuelight/app/state"
	"cuelight/obs/obssim"
)

// onStage gives an Engine that runs as a window does, while OBS streams.
func onStage(t *testing.T, s *studio) *Engine {
	t.Helper()
	e := s.signedIn()
	running(t, e)
	until(t, e, "OBS", linked)
	if err := e.Start(t.Context(), GoLive{Checked: true}, nil); err != nil {
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

func TestTheMeasuresOfTwoMinutesAreKept(t *testing.T) {
	var s state.State
	for i := range state.BitratesKept + 10 {
		before := s.Health.Bitrates
		ev := state.HealthSampled{Known: true}
		ev.Health.BitrateKbps = float64(i)
		s = state.Reduce(s, ev)
		if len(before) > 0 && before[0] != float64(max(0, i-state.BitratesKept)) {
			t.Fatalf("an earlier State was changed: %v", before[:2])
		}
	}
	if rates := s.Health.Bitrates; len(rates) != state.BitratesKept || rates[0] != 10 || rates[state.BitratesKept-1] != state.BitratesKept+9 {
		t.Errorf("%d kept, from %v to %v", len(rates), rates[0], rates[len(rates)-1])
	}
	if s = state.Reduce(s, state.HealthSampled{}); s.Health.Known || s.Health.Bitrates != nil {
		t.Errorf("after the stream: %+v", s.Health)
	}
}

func TestAMicrophoneThatFallsSilentIsWarnedOf(t *testing.T) {
	s := newStudio(t)
	s.sound(t, 0)
	e := onStage(t, s)
	until(t, e, "a sample", func(s state.State) bool { return s.Health.Known })
	for !e.nurse.hears("Mic/Aux") {
		time.Sleep(10 * time.Millisecond) // levels come 50 times a second, and change no State
	}
	if quiet := e.State().Health.Quiet; quiet != 0 {
		t.Errorf("warned of at once: %v", quiet)
	}
	s.clock.pass(quietAfter + time.Second)
	got := until(t, e, "the warning", func(s state.State) bool { return s.Health.Quiet > 0 })
	if got.Health.Microphone != "Mic/Aux" || got.Health.Quiet < quietAfter {
		t.Errorf("warned of %+v", got.Health)
	}
	// A new connection begins without levels: they have to be asked for again.
	s.obs.Reset()
	until(t, e, "OBS gone", func(s state.State) bool { return s.OBS.Link != state.LinkUp })
	until(t, e, "OBS back, a sample", func(s state.State) bool { return linked(s) && s.Health.Known && s.Health.Quiet == 0 })
	for !e.nurse.hears("Mic/Aux") {
		time.Sleep(10 * time.Millisecond)
	}
	s.clock.pass(quietAfter + time.Second)
	until(t, e, "the warning after a reconnect", func(s state.State) bool { return s.Health.Quiet > 0 })
	s.sound(t, 0.3)
	until(t, e, "the end of the warning", func(s state.State) bool { return s.Health.Known && s.Health.Quiet == 0 })
}

func TestACheckWhileStreamingLeavesTheEarsOpen(t *testing.T) {
	s := newStudio(t)
	e := onStage(t, s)
	until(t, e, "a sample", func(s state.State) bool { return s.Health.Known })
	e.Preflight(t.Context()) // it switches the levels off behind itself
	s.clock.pass(pictureEvery + time.Second)
	s.sound(t, 0.3)
	for !e.nurse.hears("Mic/Aux") {
		time.Sleep(10 * time.Millisecond)
	}
}

// hears reports whether levels of an input have come on this connection.
func (n *nurse) hears(input string) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.quiet.For(time.Now().Add(1000*time.Hour), input) > 0
}

func TestAPictureThatDoesNotMoveIsWarnedOf(t *testing.T) {
	s := newStudio(t)
	s.obs.Faults(func(f *obssim.Faults) { f.Frozen = true })
	e := onStage(t, s)
	until(t, e, "a sample", func(s state.State) bool { return s.Health.Known })
	for range 2 { // the first look has nothing to compare with
		before := e.State().Health.Last.Time
		s.clock.pass(pictureEvery)
		until(t, e, "another sample", func(s state.State) bool { return s.Health.Last.Time.After(before) })
	}
	if frozen := e.State().Health.Frozen; frozen != 0 {
		t.Errorf("warned of after %v", frozen)
	}
	s.clock.pass(frozenAfter)
	got := until(t, e, "the warning", func(s state.State) bool { return s.Health.Frozen > 0 })
	if got.Health.Frozen < frozenAfter {
		t.Errorf("warned of after %v", got.Health.Frozen)
	}
	s.obs.Faults(func(f *obssim.Faults) { f.Frozen = false })
	s.clock.pass(pictureEvery)
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
