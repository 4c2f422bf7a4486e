package state

import "time"

// LossDismissed: the user has seen that the connection to OBS was lost on air,
// and wants to hear no more of it.
type LossDismissed struct{}

func (LossDismissed) apply(s State) State {
	s.OBS.LostOnAir = time.Time{}
	return s
}

// lostOnAir tells since when OBS is gone that was sending. Only a connection
// that broke counts: where OBS's user closed it, or where the stream was being
// ended, nothing was lost.
func lostOnAir(before OBSState, e LinkChanged, stopping bool) time.Time {
	sent := before.Stream == StreamStarting || before.Stream == StreamOn || before.Stream == StreamReconnecting
	if e.Link == LinkWaiting && sent && !stopping {
		return e.At
	}
	return before.LostOnAir
}

// StillOnAir reports whether the platform was last heard to be on air.
func (l LiveState) StillOnAir() bool { return l.Known && l.OnAir }

// endsLoss reports whether an answer of the platform, asked after OBS was lost,
// says that the broadcast is over: then there is nothing left to save.
func (e LiveRead) endsLoss(o OBSState) bool {
	return e.Err == nil && !e.Live.OnAir && e.At.After(o.LostOnAir)
}

// StandbyLeft is how long the platform keeps a broadcast open that broke off at a
// moment; zero where the user has not switched that on, or where it is over.
func (b BroadcastState) StandbyLeft(since, now time.Time) time.Duration {
	if !b.Known || !b.Confirmed.Standby || since.IsZero() {
		return 0
	}
	return max(0, time.Duration(b.Confirmed.StandbyMinutes)*time.Minute-now.Sub(since))
}
