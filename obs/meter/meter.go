// Package meter reads how loud OBS's inputs are.
package meter

import (
	"math"

	"github.com/andreykaipov/goobs/api/events"
)

// Silent is the level of an input that gives nothing at all, in dBFS. OBS's
// own meters end at -60.
const Silent = -100.0

// Level is how loud one input is.
type Level struct {
	// Input is its name.
	Input string
	// Peak is that of the loudest channel after volume and mute, in dBFS: 0 is
	// full scale, Silent nothing.
	Peak float64
	// Raw is the peak before volume and mute: a muted microphone that is spoken
	// into shows here.
	Raw float64
}

// Levels reads a meters event: for each channel magnitude, peak and input
// peak, as multipliers.
func Levels(d events.InputVolumeMeters) []Level {
	out := make([]Level, 0, len(d.Inputs))
	for _, input := range d.Inputs {
		if input == nil {
			continue
		}
		var peak, raw float64
		for _, channel := range input.Levels {
			peak, raw = max(peak, channel[1]), max(raw, channel[2])
		}
		out = append(out, Level{Input: input.Name, Peak: decibel(peak), Raw: decibel(raw)})
	}
	return out
}

func decibel(multiplier float64) float64 {
	if multiplier <= 0 || math.IsNaN(multiplier) {
		return Silent
	}
	return max(Silent, 20*math.Log10(multiplier))
}
