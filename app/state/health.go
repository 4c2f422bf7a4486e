package state

import (
	"time"

	"cuelight/obs/streamhealth"
)

// BitratesKept is how many bitrates are kept for the picture: two minutes at one
// a second.
const BitratesKept = 120

// HealthState is how the stream is doing. It is zero while nothing streams.
type HealthState struct {
	Known bool
	Last  streamhealth.Health
	// Bitrates are the last ones, oldest first, in kilobits a second.
	Bitrates []float64
	// Quiet is for how long the microphone named has given no sound, once that
	// is long enough to warn; else 0.
	Quiet      time.Duration
	Microphone string
	// Frozen is for how long nothing has moved in the picture, once that is
	// long enough to warn; else 0.
	Frozen time.Duration
	// QuietSince, FrozenSince and DroppingSince are when that began; zero while it does
	// not last.
	QuietSince, FrozenSince, DroppingSince time.Time
}

// HealthSampled: a running stream was measured; the zero value says that none is.
type HealthSampled struct {
	Health        streamhealth.Health
	Known         bool
	Quiet, Frozen time.Duration
	Microphone    string
	// At is when that was.
	At time.Time
}

func (e HealthSampled) apply(s State) State {
	if !e.Known {
		s.Health = HealthState{}
		return s
	}
	kept := s.Health.Bitrates
	if extra := len(kept) + 1 - BitratesKept; extra > 0 {
		kept = kept[extra:]
	}
	// A new slice each time: earlier States keep theirs.
	rates := append(append(make([]float64, 0, len(kept)+1), kept...), e.Health.BitrateKbps)
	was := s.Health
	s.Health = HealthState{
		Known: true, Last: e.Health, Bitrates: rates,
		Quiet: e.Quiet, Microphone: e.Microphone, Frozen: e.Frozen,
		QuietSince: e.since(e.Quiet > 0, was.QuietSince, e.Quiet), FrozenSince: e.since(e.Frozen > 0, was.FrozenSince, e.Frozen),
		DroppingSince: e.since(e.Health.Dropping(), was.DroppingSince, 0),
	}
	return s
}

// since is when something that lasts began: what was known of that, else so long ago.
func (e HealthSampled) since(lasts bool, known time.Time, ago time.Duration) time.Time {
	switch {
	case !lasts:
		return time.Time{}
	case known.IsZero():
		return e.At.Add(-ago)
	}
	return known
}
