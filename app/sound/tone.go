package sound

import (
	"bytes"
	"encoding/binary"
	"math"
	"time"
)

// Tone names a sound.
type Tone string

// The tones.
const (
	Chime Tone = "chime" // two rising notes
	Pulse Tone = "pulse" // three short beeps
	Low   Tone = "low"   // two falling, deep notes
)

// Tones are all there are, the usual one first.
func Tones() []Tone { return []Tone{Chime, Pulse, Low} }

// sampleRate is in hertz; samples are of 16 bits, on one channel.
const sampleRate = 44100

// longest is longer than any tone lasts.
const longest = time.Second

// note is one part of a tone. A frequency of 0 is a pause.
type note struct {
	hertz float64
	lasts time.Duration
}

func (t Tone) notes() []note {
	const short = 90 * time.Millisecond
	switch t {
	case Pulse:
		return []note{{1047, short}, {0, short}, {1047, short}, {0, short}, {1047, 2 * short}}
	case Low:
		return []note{{440, 250 * time.Millisecond}, {330, 500 * time.Millisecond}}
	}
	return []note{{880, 180 * time.Millisecond}, {1175, 450 * time.Millisecond}}
}

// samples computes a tone at a volume in percent. Loudness as people hear it grows with
// the square root of the amplitude, roughly.
func (t Tone) samples(percent int) []int16 {
	volume := float64(min(max(percent, 0), 100)) / 100
	amplitude := volume * volume * 0.8 * math.MaxInt16
	var all []int16
	for _, n := range t.notes() {
		count := int(n.lasts.Seconds() * sampleRate)
		for i := range count {
			at, left := float64(i)/sampleRate, float64(count-i)/sampleRate
			// Without a ramp at both ends a note clicks.
			envelope := min(1, at/0.005, left/0.02) * math.Exp(-3*at/n.lasts.Seconds())
			wave := math.Sin(2*math.Pi*n.hertz*at) + 0.25*math.Sin(4*math.Pi*n.hertz*at)
			all = append(all, int16(amplitude/1.25*envelope*wave))
		}
	}
	return all
}

// file gives a tone as a WAV file.
func (t Tone) file(percent int) []byte {
	samples := t.samples(percent)
	const header, bytesEach = 44, 2
	size := uint32(len(samples) * bytesEach)
	var b bytes.Buffer
	b.Grow(header + int(size))
	put := func(v any) { _ = binary.Write(&b, binary.LittleEndian, v) } // a Buffer never fails
	b.WriteString("RIFF")
	put(header - 8 + size)
	b.WriteString("WAVEfmt ")
	put(struct {
		Size                        uint32
		PCM, Channels               uint16
		Rate, BytesPerSecond        uint32
		BytesPerFrame, BitsPerSound uint16
	}{16, 1, 1, sampleRate, sampleRate * bytesEach, bytesEach, 8 * bytesEach})
	b.WriteString("data")
	put(size)
	put(samples)
	return b.Bytes()
}
