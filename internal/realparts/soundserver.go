//go:build linux

package realparts

import (
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// SoundServer is a PulseAudio whose only loudspeaker is one that nobody hears.
type SoundServer struct{ address string }

// StartSoundServer starts one in a session.
func StartSoundServer(t testing.TB, s *Session) *SoundServer {
	t.Helper()
	Need(t, "pulseaudio", "paplay", "parec")
	socket := filepath.Join(s.Runtime, "sound")
	Run(t, Command{
		Name: "pulseaudio",
		Args: []string{
			"-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm=yes", "--use-pid-file=no",
			"-L", "module-native-protocol-unix auth-anonymous=1 socket=" + socket, "-L", "module-null-sink sink_name=speaker",
		},
		Env: s.Env(),
	})
	deadline := time.Now().Add(stepTimeout)
	for {
		if _, err := os.Stat(socket); err == nil {
			return &SoundServer{"unix:" + socket}
		}
		if time.Now().After(deadline) {
			t.Fatal("the sound server does not listen")
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// Address is for PULSE_SERVER.
func (s *SoundServer) Address() string { return s.address }

// Record gives what comes out of the loudspeaker while something plays: samples of
// 16 bits at 44100 hertz, on one channel.
func (s *SoundServer) Record(t testing.TB, play func()) []int16 {
	t.Helper()
	file := filepath.Join(folder(t), "recorded")
	out, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	cmd := exec.Command("parec", "-d", "speaker.monitor", "--format=s16le", "--rate=44100", "--channels=1", "--latency-msec=20")
	cmd.Env, cmd.Stdout = append(os.Environ(), "PULSE_SERVER="+s.address), out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
	deadline := time.Now().Add(stepTimeout)
	for size := int64(0); size == 0; { // silence is recorded as well
		if info, err := os.Stat(file); err == nil {
			size = info.Size()
		}
		if time.Now().After(deadline) {
			ended()
			t.Fatal("nothing is recorded")
		}
		time.Sleep(20 * time.Millisecond)
	}
	play()
	time.Sleep(500 * time.Millisecond) // what is on its way
	ended()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	samples := make([]int16, len(raw)/2)
	for i := range samples {
		samples[i] = int16(binary.LittleEndian.Uint16(raw[2*i:]))
	}
	return samples
}
