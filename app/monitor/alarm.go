package monitor

import (
	"time"

	"cuelight/app/state"
)

// Alarm is something on air that has to reach the streamer outside the window.
type Alarm string

// AlarmOBSLost: the connection to OBS broke while it was sending.
const AlarmOBSLost Alarm = "obs_lost"

// AlarmInterval is how long after an alarm the next of its kind is held back: a
// connection that comes and goes must not ring without end.
const AlarmInterval = time.Minute

// Alarms turns States into alarms. The zero value has told nothing yet. It does
// no I/O and is for one goroutine.
type Alarms struct {
	// told is the loss that was last told, rung when.
	told time.Time
	rung map[Alarm]time.Time
}

// Due gives the alarms to be raised for a State. Each loss is told once, at its
// AlarmAt; one that comes within AlarmInterval of the last is told when that is over,
// if it still lasts then.
func (a *Alarms) Due(s state.State, now time.Time) []Alarm {
	lost := s.OBS.LostOnAir
	if lost.IsZero() || lost.Equal(a.told) || now.Before(s.OBS.AlarmAt()) || !a.mayRing(AlarmOBSLost, now) {
		return nil
	}
	a.told = lost
	if a.rung == nil {
		a.rung = make(map[Alarm]time.Time)
	}
	a.rung[AlarmOBSLost] = now
	return []Alarm{AlarmOBSLost}
}

func (a *Alarms) mayRing(kind Alarm, now time.Time) bool {
	last, rang := a.rung[kind]
	return !rang || now.Sub(last).Abs() >= AlarmInterval
}
