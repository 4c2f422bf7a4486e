package monitor

import (
	"time"

	"cuelight/app/state"
)

// AlarmInterval is how long after an alarm the next of its kind is held back: what
// comes and goes must not ring without end.
const AlarmInterval = time.Minute

// Alarms decides when an alarm is told outside the window. The zero value has told
// nothing yet. It does no I/O and is for one goroutine.
type Alarms struct {
	// told are the alarms that hold and were told, with the time they began; rung is
	// when one of a kind was last told.
	told, rung map[state.AlarmKind]time.Time
}

// Due gives the kinds to be told for a State, and when to ask again where that is only
// a matter of time (zero: at the next State). Each alarm is told once; one that comes
// within AlarmInterval of the last of its kind is told when that is over, if it still
// holds then. Where seen says that the streamer looks at the window, an alarm counts
// as told.
func (a *Alarms) Due(s state.State, now time.Time, wanted func(state.AlarmKind) bool, seen bool) (due []state.AlarmKind, again time.Time) {
	if a.told == nil {
		a.told, a.rung = make(map[state.AlarmKind]time.Time), make(map[state.AlarmKind]time.Time)
	}
	later := func(at time.Time) {
		if again.IsZero() || at.Before(again) {
			again = at
		}
	}
	holds := make(map[state.AlarmKind]bool)
	for _, alarm := range s.Alarms() {
		holds[alarm.Kind] = true
		since, told := a.told[alarm.Kind]
		last, rang := a.rung[alarm.Kind]
		switch {
		case told && since.Equal(alarm.Since) || !wanted(alarm.Kind):
		case now.Before(alarm.Due):
			later(alarm.Due)
		case seen:
			a.told[alarm.Kind] = alarm.Since
		case rang && now.Sub(last).Abs() < AlarmInterval:
			later(last.Add(AlarmInterval))
		default:
			a.told[alarm.Kind], a.rung[alarm.Kind] = alarm.Since, now
			due = append(due, alarm.Kind)
		}
	}
	for kind := range a.told {
		if !holds[kind] {
			delete(a.told, kind)
		}
	}
	return due, again
}
