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
}

type HealthSampled struct {
	Health        streamhealth.Health
	Known         bool
	Quiet, Frozen time.Duration
	Microphone    string
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
	s.Health = HealthState{
		Known: true, Last: e.Health, Bitrates: rates,
		Quiet: e.Quiet, Microphone: e.Microphone, Frozen: e.Frozen,
	}
	return s
}
