package monitor

import (
	"slices"
	"testing"
	"time"

	"cuelight/app/state"
)

func every(state.AlarmKind) bool { return true }

func due(a *Alarms, s state.State, now time.Time) []state.AlarmKind {
	kinds, _ := a.Due(s, now, every, false)
	return kinds
}

func TestALossIsRungOnceAndAtMostOnceAMinute(t *testing.T) {
	began := time.Date(2026, 3, 1, 22, 0, 0, 0, time.UTC)
	at := func(seconds int) time.Time { return began.Add(time.Duration(seconds) * time.Second) }
	none := time.Time{}
	var a Alarms
	for _, step := range []struct {
		name  string
		lost  time.Time
		now   int
		rings bool
	}{
		{"on air", none, 0, false},
		{"lost", at(1), 1, true},
		{"still lost", at(1), 2, false},
		{"back", none, 10, false},
		{"lost again within the minute", at(20), 20, false},
		{"back before the minute is over", none, 30, false},
		{"lost a third time", at(40), 40, false},
		{"still lost when the minute is over", at(40), 61, true},
		{"told already", at(40), 3600, false},
		{"another one", at(3700), 3700, true},
	} {
		s := state.State{OBS: state.OBSState{LostOnAir: step.lost}}
		got, _ := a.Due(s, at(step.now), every, false)
		if rings := slices.Contains(got, state.AlarmOBSLost); rings != step.rings {
			t.Errorf("%s: rings %v, not %v", step.name, rings, step.rings)
		}
	}
}

func TestAnOBSThatMayBeBackIsRungForWhenItIsNot(t *testing.T) {
	lost := time.Date(2026, 3, 1, 22, 0, 0, 0, time.UTC)
	s := state.State{OBS: state.OBSState{LostOnAir: lost, MayReturn: true}}
	var a Alarms
	if rung := due(&a, s, lost.Add(state.LossGrace-time.Millisecond)); len(rung) != 0 {
		t.Errorf("rings early: %v", rung)
	}
	if rung := due(&a, s, lost.Add(state.LossGrace)); !slices.Contains(rung, state.AlarmOBSLost) {
		t.Errorf("does not ring: %v", rung)
	}
	var gone Alarms
	s.OBS.MayReturn = false
	if rung := due(&gone, s, lost); !slices.Contains(rung, state.AlarmOBSLost) {
		t.Errorf("a death does not ring at once: %v", rung)
	}
}

func TestAnAlarmOfEachKindIsToldByItself(t *testing.T) {
	s := state.State{OBS: state.OBSState{Stream: state.StreamOn}}
	var a Alarms
	s.Health.Quiet, s.Health.QuietSince = SilentAfter, noon.Add(-SilentAfter)
	if got := due(&a, s, noon); !slices.Equal(got, []state.AlarmKind{state.AlarmMicrophoneSilent}) {
		t.Fatalf("silent: %v", got)
	}
	s.Health.Frozen, s.Health.FrozenSince = FrozenAfter, noon.Add(-FrozenAfter)
	if got := due(&a, s, noon.Add(time.Second)); !slices.Equal(got, []state.AlarmKind{state.AlarmPictureFrozen}) {
		t.Errorf("frozen as well, a second later: %v", got)
	}
}

func TestWhatTheStreamerSeesOrDoesNotWantIsNotRungFor(t *testing.T) {
	s := state.State{OBS: state.OBSState{LostOnAir: noon}}
	var seen, unwanted Alarms
	if got, _ := seen.Due(s, noon, every, true); len(got) != 0 {
		t.Errorf("with the window in front: %v", got)
	}
	if got := due(&seen, s, noon.Add(time.Hour)); len(got) != 0 {
		t.Errorf("what was seen rings later: %v", got)
	}
	s.OBS.LostOnAir = noon.Add(2 * time.Hour)
	if got := due(&seen, s, s.OBS.LostOnAir); len(got) != 1 {
		t.Error("another loss, unseen, does not ring")
	}
	if got, again := unwanted.Due(s, s.OBS.LostOnAir, func(state.AlarmKind) bool { return false }, false); len(got) != 0 || !again.IsZero() {
		t.Errorf("switched off: %v, again at %v", got, again)
	}
}

func TestAnAlarmThatIsHeldBackIsAskedForAgain(t *testing.T) {
	s := state.State{OBS: state.OBSState{Stream: state.StreamReconnecting, ReconnectingSince: noon}}
	var a Alarms
	if got, again := a.Due(s, noon, every, false); len(got) != 0 || !again.Equal(noon.Add(state.ReconnectGrace)) {
		t.Errorf("%v, again at %v", got, again)
	}
	if got := due(&a, s, noon.Add(state.ReconnectGrace)); len(got) != 1 {
		t.Errorf("when it is due: %v", got)
	}
	s.OBS.ReconnectingSince = noon.Add(20 * time.Second)
	at := noon.Add(35 * time.Second)
	if got, again := a.Due(s, at, every, false); len(got) != 0 || !again.Equal(noon.Add(state.ReconnectGrace+AlarmInterval)) {
		t.Errorf("the next within the minute: %v, again at %v", got, again)
	}
}
