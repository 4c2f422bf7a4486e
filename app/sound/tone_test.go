package sound

import (
	"encoding/binary"
	"testing"
	"time"
)

func TestTonesAreShortAndNeverClip(t *testing.T) {
	for _, tone := range append(Tones(), "of a later version", "") {
		for _, percent := range []int{-5, 0, 1, 70, 100, 400} {
			samples := tone.samples(percent)
			lasts := time.Duration(len(samples)) * time.Second / sampleRate
			var peak int16
			for _, s := range samples {
				peak = max(peak, s, -s)
			}
			if lasts < 200*time.Millisecond || lasts > longest || peak > 30000 || (peak == 0) != (percent <= 0) {
				t.Errorf("%q at %d %%: %v, peak %d", tone, percent, lasts, peak)
			}
		}
	}
}

func TestTheFileIsAWholeWAVFile(t *testing.T) {
	file := Chime.file(70)
	if riff, data := binary.LittleEndian.Uint32(file[4:]), binary.LittleEndian.Uint32(file[40:]); int(riff) != len(file)-8 || int(data) != len(file)-44 {
		t.Errorf("%d bytes, said to be %d with %d of sound", len(file), riff, data)
	}
	if string(file[:4]) != "RIFF" || string(file[8:16]) != "WAVEfmt " || string(file[36:40]) != "data" {
		t.Errorf("begins with %q", file[:44])
	}
}
