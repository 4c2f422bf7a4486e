package state

import "testing"

func TestTheMeasuresOfTwoMinutesAreKept(t *testing.T) {
	var s State
	for i := range BitratesKept + 10 {
		before := s.Health.Bitrates
		ev := HealthSampled{Known: true}
		ev.Health.BitrateKbps = float64(i)
		s = Reduce(s, ev)
		if len(before) > 0 && before[0] != float64(max(0, i-BitratesKept)) {
			t.Fatalf("an earlier State was changed: %v", before[:2])
		}
	}
	if rates := s.Health.Bitrates; len(rates) != BitratesKept || rates[0] != 10 || rates[BitratesKept-1] != BitratesKept+9 {
		t.Errorf("%d kept, from %v to %v", len(rates), rates[0], rates[len(rates)-1])
	}
	if s = Reduce(s, HealthSampled{}); s.Health.Known || s.Health.Bitrates != nil {
		t.Errorf("after the stream: %+v", s.Health)
	}
}
