package sound

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"cuelight/internal/realparts"
)

// strength is how much of a frequency is in what was recorded (Goertzel's algorithm).
func strength(samples []int16, hertz float64) float64 {
	factor := 2 * math.Cos(2*math.Pi*hertz/sampleRate)
	var one, two float64
	for _, sample := range samples {
		one, two = float64(sample)+factor*one-two, one
	}
	return math.Sqrt(max(0, one*one+two*two-factor*one*two))
}

func TestRealSoundComesOutOfALoudspeaker(t *testing.T) {
	server := realparts.StartSoundServer(t, realparts.NoSession(t))
	t.Setenv("PULSE_SERVER", server.Address())
	player := System()
	if player == nil {
		t.Fatal("no player is found")
	}
	play := func(tone Tone, percent int) []int16 {
		return server.Record(t, func() {
			if err := player.Play(t.Context(), tone, percent); err != nil {
				t.Error(err)
			}
		})
	}
	for tone, hertz := range map[Tone]float64{Chime: 880, Pulse: 1047, Low: 440} {
		heard := play(tone, 100)
		if at, beside := strength(heard, hertz), strength(heard, hertz*1.37); at < 4*beside || at < 1e6 {
			t.Errorf("%s: %.0f at %.0f Hz, %.0f beside it", tone, at, hertz, beside)
		}
	}
	if loud, soft := strength(play(Chime, 100), 880), strength(play(Chime, 50), 880); soft > loud/2 || soft < loud/8 {
		t.Errorf("at half the volume %.0f, at the whole %.0f", soft, loud)
	}
}

func TestWithoutASoundServerThereIsAnErrorAndNothingIsLeft(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	player := &Player{commands: []command{{path: "/bin/false"}, {path: "/bin/sleep", args: []string{"30"}}}}
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	began := time.Now()
	if err := player.Play(ctx, Chime, 70); err == nil {
		t.Error("nothing was played, and nothing is told")
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
	if left, err := filepath.Glob(filepath.Join(temp, "*")); err != nil || len(left) != 0 {
		t.Errorf("left over: %v, %v", left, err)
	}
}

// One player that is installed without its sound server must not keep the next from it.
func TestTheNextPlayerIsTried(t *testing.T) {
	mark := filepath.Join(t.TempDir(), "played")
	player := &Player{commands: []command{{path: "/bin/false"}, {path: "/bin/sh", args: []string{"-c", `cp "$0" "` + mark + `"`}}}}
	if err := player.Play(t.Context(), Low, 70); err != nil {
		t.Fatal(err)
	}
	if played, err := os.ReadFile(mark); err != nil || len(played) < 44 || string(played[:4]) != "RIFF" {
		t.Errorf("played %d bytes, %v", len(played), err)
	}
}
