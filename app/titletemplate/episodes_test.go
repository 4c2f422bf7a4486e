package titletemplate

import (
	"testing"
	"time"
)

func TestEpisodesCountBroadcastsAndNotTitles(t *testing.T) {
	day := func(n, hour int) time.Time { return time.Date(2026, 3, n, hour, 0, 0, 0, time.UTC) }
	var e Episodes
	for i, step := range []struct {
		moment Moment
		number int
		why    string
	}{
		{Moment{Now: day(1, 18), Known: true}, 1, "the first, before going live"},
		{Moment{Now: day(1, 19), Known: true, Broadcast: "a"}, 1, "on air with what was prepared"},
		{Moment{Now: day(1, 20), Known: true, Broadcast: "a"}, 1, "again in the same broadcast"},
		{Moment{Now: day(1, 21), Known: true, Broadcast: "a", LastEnded: day(1, 20).Add(time.Minute)}, 1, "OBS's stream broke off, the broadcast went on"},
		{Moment{Now: day(1, 22), LastEnded: day(1, 20).Add(time.Minute)}, 1, "the platform does not answer, and nothing has ended since"},
		{Moment{Now: day(2, 18), Known: true}, 2, "off air: the first has ended, though nobody saw that"},
		{Moment{Now: day(2, 19)}, 2, "prepared again"},
		{Moment{Now: day(2, 23), Known: true, LastEnded: day(2, 22)}, 3, "the second was seen to end"},
		{Moment{Now: day(2, 23), Known: true, Broadcast: "b", LastEnded: day(2, 22)}, 3, "on air with it"},
		{Moment{Now: day(3, 18), Known: true, LastEnded: day(2, 22)}, 4, "off air again"},
		{Moment{Now: day(3, 19), Known: true, Broadcast: "c", LastEnded: day(2, 22)}, 4, "on air"},
		{Moment{Now: day(4, 19), Known: true, Broadcast: "d", LastEnded: day(2, 22)}, 5, "another broadcast is on air"},
	} {
		if got := e.At(step.moment); got != step.number {
			t.Errorf("step %d: %d, want %d: %s", i, got, step.number, step.why)
		}
		e = e.Sent(step.moment)
	}
}

func TestEpisodesCanBeSet(t *testing.T) {
	e := EpisodesFrom(41)
	m := Moment{Now: time.Unix(100, 0), LastEnded: time.Unix(50, 0)}
	if e.At(m) != 41 || e.Sent(m).At(m) != 41 {
		t.Errorf("set to 41, gives %d", e.At(m))
	}
	m.LastEnded = time.Unix(150, 0)
	if got := e.Sent(Moment{Now: time.Unix(100, 0)}).At(m); got != 42 {
		t.Errorf("the next broadcast is %d", got)
	}
}
