package config

import "slices"

// Alarms is how what breaks on air reaches the streamer outside the window.
type Alarms struct {
	// Off are the kinds that are not told, by the names of state.AlarmKind.
	Off []string `json:"off,omitempty"`
	// NoNotification keeps the system's notification away.
	NoNotification bool `json:"no_notification,omitempty"`
	// Sound names the tone, SoundOff none; empty is the usual one.
	Sound string `json:"sound,omitempty"`
	// Volume is that of the sound in percent; 0 is the usual one.
	Volume int `json:"volume,omitempty"`
}

// SoundOff is the name of no sound at all.
const SoundOff = "off"

// usualVolume is in percent.
const usualVolume = 70

// Wants reports whether a kind of alarm is told.
func (a Alarms) Wants(kind string) bool { return !slices.Contains(a.Off, kind) }

// With gives a with a kind of alarm that is told or is not.
func (a Alarms) With(kind string, told bool) Alarms {
	off := slices.DeleteFunc(slices.Clone(a.Off), func(k string) bool { return k == kind })
	if !told {
		off = append(off, kind)
	}
	a.Off = off
	return a
}

// Loudness is the volume to play at, in percent.
func (a Alarms) Loudness() int {
	if a.Volume < 1 || a.Volume > 100 {
		return usualVolume
	}
	return a.Volume
}
