package kittest

import (
	"time"

	"cuelight/app/state"
	"cuelight/obs"
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

// Unseen is OnAir with an OBS whose user ended Cuelight's session a moment ago.
func Unseen() state.State {
	kicked := &obs.Error{Kind: obs.ErrKicked, Op: "read", Code: 4011}
	return state.Reduce(OnAir(), state.LinkChanged{Link: state.LinkKicked, Err: kicked, At: fakeclock.New().Now().Add(-14 * time.Second)})
}
