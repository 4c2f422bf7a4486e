package state

import "time"

// LossDismissed: the user has seen that the connection to OBS was lost on air,
// and wants to hear no more of it.
type LossDismissed struct{}

func (LossDismissed) apply(s State) State {
	s.OBS = s.OBS.inSight()
	return s
}

// LossGrace is how long OBS may be out of reach on air before that raises an alarm,
// where it may come back by itself. OBS answers nothing for three or four seconds
// while it switches between large scene collections; the link takes up to two
// seconds to notice that, and one to be back.
const LossGrace = 4 * time.Second

// OutOfSight reports whether OBS was sending when the connection to it ended, and
// nobody has told since what it does.
func (o OBSState) OutOfSight() bool { return !o.LostOnAir.IsZero() || !o.UnseenSince.IsZero() }

// AlarmAt is when a loss raises an alarm: at once where OBS is gone, after LossGrace
// where it may be back by then. It is zero where there is no loss, and where OBS is
// there and refuses Cuelight.
func (o OBSState) AlarmAt() time.Time {
	if o.LostOnAir.IsZero() || !o.MayReturn {
		return o.LostOnAir
	}
	return o.LostOnAir.Add(LossGrace)
}

// outOfSight notes what a change of the link means for a stream that was running.
// Only a connection that broke is a loss. Where OBS is there and refuses Cuelight,
// the stream goes on unseen; where the stream was being ended, nothing is lost.
func (o OBSState) outOfSight(e LinkChanged, stopping bool) OBSState {
	since := o.outSince()
	if o.Stream == StreamStarting || o.Stream == StreamOn || o.Stream == StreamReconnecting {
		since = e.At
		if stopping {
			since = time.Time{}
		}
	}
	switch e.Link {
	case LinkWaiting:
		o.LostOnAir, o.UnseenSince, o.MayReturn = since, time.Time{}, e.Transient
	case LinkKicked, LinkPassword:
		o.LostOnAir, o.UnseenSince, o.MayReturn = time.Time{}, since, false
	}
	return o
}

// outSince is since when OBS is out of sight; zero where it is not.
func (o OBSState) outSince() time.Time {
	if o.LostOnAir.IsZero() {
		return o.UnseenSince
	}
	return o.LostOnAir
}

// inSight ends what outOfSight noted.
func (o OBSState) inSight() OBSState {
	o.LostOnAir, o.UnseenSince, o.MayReturn = time.Time{}, time.Time{}, false
	return o
}

// StillOnAir reports whether the platform was last heard to be on air.
func (l LiveState) StillOnAir() bool { return l.Known && l.OnAir }

// endsLoss reports whether an answer of the platform, asked after OBS was lost,
// says that the broadcast is over: then there is nothing left to save.
func (e LiveRead) endsLoss(o OBSState) bool {
	return e.Err == nil && !e.Live.OnAir && e.At.After(o.outSince())
}

// StandbyLeft is for how much longer the platform keeps a broadcast open whose
// stream broke off at since; zero where the user has not switched standby on, and
// where that time is over.
func (b BroadcastState) StandbyLeft(since, now time.Time) time.Duration {
	if !b.Known || !b.Confirmed.Standby || since.IsZero() {
		return 0
	}
	return max(0, time.Duration(b.Confirmed.StandbyMinutes)*time.Minute-now.Sub(since))
}
