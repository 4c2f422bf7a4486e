package app

import (
	"testing"
	"time"

	"cuelight/app/state"
	"cuelight/obs/obssim"
)

// states notes every State from now on.
func states(t *testing.T, e *Engine) <-chan state.State {
	t.Helper()
	all := make(chan state.State, 10_000)
	t.Cleanup(e.Observe(func(_, next state.State) { all <- next }))
	return all
}

// none holds what was noted to something that never was.
func none(t *testing.T, all <-chan state.State, what string, was func(state.State) bool) {
	t.Helper()
	for len(all) > 0 {
		if s := <-all; was(s) {
			t.Errorf("%s: %+v", what, s.OBS)
		}
	}
}

func due(s state.State) bool { return !s.OBS.AlarmAt().IsZero() }

func TestAKickOnAirIsNoLoss(t *testing.T) {
	s := newStudio(t)
	e := onStage(t, s)
	all := states(t, e)
	s.obs.Kick(4011)
	got := within(t, e, seenWithin, "the kick", func(s state.State) bool { return s.OBS.Link == state.LinkKicked })
	if got.OBS.UnseenSince.IsZero() {
		t.Errorf("nothing says that OBS goes on: %+v", got.OBS)
	}
	e.Stream.RetryOBS()
	until(t, e, "the link back", func(s state.State) bool { return s.OBS.Stream == state.StreamOn && !s.OBS.OutOfSight() })
	none(t, all, "an alarm for a kick", due)
}

func TestOBSThatFallsSilentOnAirHasAMomentAndOneThatDiesHasNone(t *testing.T) {
	s := newStudio(t)
	e := onStage(t, s)
	s.obs.Faults(func(f *obssim.Faults) { f.Hang, f.Mute = true, true })
	silent := within(t, e, seenWithin, "the silence", func(s state.State) bool { return !s.OBS.LostOnAir.IsZero() })
	if wait := silent.OBS.AlarmAt().Sub(silent.OBS.LostOnAir); wait != state.LossGrace {
		t.Errorf("told after %v", wait)
	}
	s.obs.Faults(func(f *obssim.Faults) { f.Hang, f.Mute = false, false })
	within(t, e, state.LossGrace-time.Second, "OBS back", func(s state.State) bool { return s.OBS.Stream == state.StreamOn && !s.OBS.OutOfSight() })
	s.obs.Crash()
	dead := within(t, e, seenWithin, "the death", due)
	if wait := dead.OBS.AlarmAt().Sub(dead.OBS.LostOnAir); wait != 0 {
		t.Errorf("told after %v", wait)
	}
}
