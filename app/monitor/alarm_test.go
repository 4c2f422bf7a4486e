package monitor

import (
	"slices"
	"testing"
	"time"

	"cuelight/app/state"
)

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
		got := a.Due(s, at(step.now))
		if rings := slices.Contains(got, AlarmOBSLost); rings != step.rings {
			t.Errorf("%s: rings %v, not %v", step.name, rings, step.rings)
		}
	}
}

func TestAnOBSThatMayBeBackIsRungForWhenItIsNot(t *testing.T) {
	lost := time.Date(2026, 3, 1, 22, 0, 0, 0, time.UTC)
	s := state.State{OBS: state.OBSState{LostOnAir: lost, MayReturn: true}}
	var a Alarms
	if rung := a.Due(s, lost.Add(state.LossGrace-time.Millisecond)); len(rung) != 0 {
		t.Errorf("rings early: %v", rung)
	}
	if rung := a.Due(s, lost.Add(state.LossGrace)); !slices.Contains(rung, AlarmOBSLost) {
		t.Errorf("does not ring: %v", rung)
	}
	var gone Alarms
	s.OBS.MayReturn = false
	if rung := gone.Due(s, lost); !slices.Contains(rung, AlarmOBSLost) {
		t.Errorf("a death does not ring at once: %v", rung)
	}
}
