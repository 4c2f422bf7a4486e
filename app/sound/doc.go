// Package sound plays the short sounds that alarms ring with. They are computed, so
// there is no file to ship, and played by what the system has: PlaySound under Windows,
// afplay on macOS, elsewhere the player of PipeWire, PulseAudio or ALSA.
package sound
