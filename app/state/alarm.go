package state

import "time"

// AlarmKind is something on air that cannot wait until the streamer looks at the window.
type AlarmKind string

// The kinds of alarms, the most serious first.
const (
	// AlarmOBSLost: the connection to OBS broke, or OBS froze, while it was sending.
	AlarmOBSLost AlarmKind = "obs_lost"
	// AlarmOffAir: OBS sends for the account, and the platform says that it is off air.
	AlarmOffAir AlarmKind = "off_air"
	// AlarmReconnecting: OBS has been without its ingest for longer than ReconnectGrace.
	AlarmReconnecting AlarmKind = "reconnecting"
	// AlarmFramesDropped: the network loses more frames than OBS calls good.
	AlarmFramesDropped AlarmKind = "frames_dropped"
	// AlarmPictureFrozen: nothing has moved in the picture for a minute.
	AlarmPictureFrozen AlarmKind = "picture_frozen"
	// AlarmMicrophoneSilent: no microphone has given a sound for two minutes.
	AlarmMicrophoneSilent AlarmKind = "microphone_silent"
	// AlarmSignInLost: the platform takes the sign-in no more.
	AlarmSignInLost AlarmKind = "sign_in_lost"
)

// AlarmKinds are all kinds, the most serious first.
func AlarmKinds() []AlarmKind {
	return []AlarmKind{
		AlarmOBSLost, AlarmOffAir, AlarmReconnecting, AlarmFramesDropped, AlarmPictureFrozen, AlarmMicrophoneSilent, AlarmSignInLost,
	}
}

const (
	// ReconnectGrace is how long OBS may be without its ingest before that is told: a
	// short break heals by itself.
	ReconnectGrace = 10 * time.Second
	// OffAirGrace is how long a platform that says "off air" may be behind what OBS
	// sends. Going live waits half as long for the platform to see the broadcast.
	OffAirGrace = time.Minute
)

// Alarm is one that holds, or will at its time.
type Alarm struct {
	Kind AlarmKind
	// Since is when what it tells of began; zero where that is not known.
	Since time.Time
	// Due is when it is to be told, if it still holds then; zero is at once.
	Due time.Time
}

// Alarms are those of a State, the most serious first. A stream that is off has none.
func (s State) Alarms() []Alarm {
	var all []Alarm
	add := func(kind AlarmKind, holds bool, since time.Time, grace time.Duration) {
		if !holds {
			return
		}
		one := Alarm{Kind: kind, Since: since}
		if !since.IsZero() {
			one.Due = since.Add(grace)
		}
		all = append(all, one)
	}
	if lost := s.OBS.LostOnAir; !lost.IsZero() {
		add(AlarmOBSLost, true, lost, s.OBS.AlarmAt().Sub(lost))
	}
	if s.OBS.Stream != StreamOn && s.OBS.Stream != StreamReconnecting {
		return all
	}
	h := s.Health
	add(AlarmOffAir, s.platformSaysOff(), s.offAirSince(), 0)
	add(AlarmReconnecting, s.OBS.Stream == StreamReconnecting && !s.OBS.ReconnectingSince.IsZero(), s.OBS.ReconnectingSince, ReconnectGrace)
	add(AlarmFramesDropped, h.Last.Dropping(), h.DroppingSince, 0)
	add(AlarmPictureFrozen, h.Frozen > 0, h.FrozenSince, 0)
	add(AlarmMicrophoneSilent, h.Quiet > 0, h.QuietSince, 0)
	add(AlarmSignInLost, s.Account.SignedIn == SignedOut && s.Account.Err != nil, time.Time{}, 0)
	return all
}

// offAirSince is since when OBS sends and the platform says that nothing is on air.
func (s State) offAirSince() time.Time {
	if s.OBS.Since.After(s.Live.OffSince) {
		return s.OBS.Since
	}
	return s.Live.OffSince
}

// platformSaysOff reports whether the platform said "off air" again when OffAirGrace was
// over. OBS may send to elsewhere, and may be just starting or ending.
func (s State) platformSaysOff() bool {
	ours := s.OBS.Matches == MatchYes || s.OBS.SendsFor != "" && s.OBS.SendsFor == s.Account.Name
	asked := s.Live.Known && !s.Live.OnAir && s.Live.Err == nil && !s.Live.OffSince.IsZero()
	return s.OBS.Stream == StreamOn && ours && asked && !s.Tasks[TaskStart].Running && !s.Tasks[TaskStop].Running &&
		s.Live.At.Sub(s.offAirSince()) >= OffAirGrace
}
