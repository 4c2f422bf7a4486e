package obs_test

import (
	"errors"
	"testing"
	"time"

	"cuelight/obs"
	"cuelight/obs/obssim"
	"cuelight/obs/obstest"
)

func TestStartRightAfterAStopIsAskedForAgain(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	o.ChangeService(obs.TypeCustom, map[string]any{"server": "rtmp://here/", "key": "k"})
	o.Faults(func(f *obssim.Faults) { f.EndTakes = 150 * time.Millisecond })
	c := obstest.Dial(t, obstest.Quick(), o.Endpoint())
	for range 2 {
		if err := c.StartStream(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := c.StopStream(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	// Stopped by somebody else, and met in its last moments.
	if err := c.StartStream(t.Context()); err != nil {
		t.Fatal(err)
	}
	other := obstest.Dial(t, obstest.Quick(), o.Endpoint())
	stopped := make(chan error, 1)
	go func() { stopped <- other.StopStream(t.Context()) }()
	err := c.StartStream(t.Context())
	for end := time.Now().Add(5 * time.Second); errors.Is(err, obs.ErrStreaming) && time.Now().Before(end); {
		err = c.StartStream(t.Context())
	}
	if err := errors.Join(err, <-stopped); err != nil {
		t.Fatal(err)
	}
}
