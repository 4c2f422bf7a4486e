package kittest

import (
	"time"

	"cuelight/app/state"
	"cuelight/widgets/fakeclock"
)

// LostOnAir is OnAir with an OBS that went away 14 seconds ago, and a platform that
// keeps the broadcast open for five minutes.
func LostOnAir() state.State {
	s := OnAir()
	s.Broadcast.Confirmed.Standby, s.Broadcast.Confirmed.StandbyMinutes = true, 5
	lost := state.LinkChanged{Link: state.LinkWaiting, Err: NoOBS().OBS.Err, At: fakeclock.New().Now().Add(-14 * time.Second)}
	return state.Reduce(s, lost)
}
