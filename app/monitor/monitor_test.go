package monitor

import (
	"context"
	"errors"
	"testing"
	"time"

	"cuelight/app/state"
	"cuelight/obs"
	"cuelight/obs/meter"
)

var noon = time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)

// fakeOBS answers as it is told.
type fakeOBS struct {
	picture string
	mics    []obs.Microphone
	// meters are the calls that switch the levels on and off.
	meters []bool
	// broken, where set, is what every question ends with.
	broken error
}

func (o *fakeOBS) StreamStatus(context.Context) (obs.Stream, error) {
	return obs.Stream{Active: true}, o.broken
}

func (o *fakeOBS) Stats(context.Context) (obs.Stats, error) { return obs.Stats{FPS: 59}, o.broken }

func (o *fakeOBS) Video(context.Context) (obs.Video, error) { return obs.Video{FPS: 60}, o.broken }

func (o *fakeOBS) Meters(_ context.Context, on bool) error {
	o.meters = append(o.meters, on)
	return o.broken
}

func (o *fakeOBS) Microphones(context.Context) ([]obs.Microphone, error) { return o.mics, o.broken }

func (o *fakeOBS) Scenes(context.Context) (obs.Scenes, error) {
	return obs.Scenes{Current: "game"}, o.broken
}

func (o *fakeOBS) Picture(_ context.Context, scene string) (string, error) {
	if scene != "game" {
		return "", errors.New("not the current scene")
	}
	return o.picture, o.broken
}

// rig is a Monitor that a test steps, second by second.
type rig struct {
	*Monitor
	obs    *fakeOBS
	linked bool
	stream state.StreamState
	now    time.Time
	last   state.HealthSampled
	told   int
}

func newRig() *rig {
	r := &rig{
		obs:    &fakeOBS{picture: "a", mics: []obs.Microphone{{Name: "mic"}, {Name: "headset"}}},
		linked: true, stream: state.StreamOn, now: noon,
	}
	r.Monitor = New(Options{
		Linked: func() (OBS, bool) {
			if !r.linked {
				return nil, false
			}
			return r.obs, true
		},
		Stream: func() state.StreamState { return r.stream },
		Emit: func(events ...state.Event) {
			for _, event := range events {
				r.last, r.told = event.(state.HealthSampled), r.told+1
			}
		},
		Now: func() time.Time { return r.now },
	})
	return r
}

// seconds lets time pass, a sample a second.
func (r *rig) seconds(t *testing.T, n int) state.HealthSampled {
	t.Helper()
	for range n {
		r.now = r.now.Add(time.Second)
		r.step(t.Context())
	}
	return r.last
}

func TestNothingIsMonitoredWhileNothingStreams(t *testing.T) {
	r := newRig()
	for _, c := range []struct {
		name   string
		linked bool
		stream state.StreamState
	}{
		{"no OBS", false, state.StreamOn},
		{"off", true, state.StreamOff},
		{"starting", true, state.StreamStarting},
		{"not known", true, state.StreamUnknown},
	} {
		r.linked, r.stream = c.linked, c.stream
		if r.seconds(t, 3); r.told != 0 || len(r.obs.meters) != 0 {
			t.Errorf("%s: told %d times, levels switched %v", c.name, r.told, r.obs.meters)
		}
	}
}

func TestAStreamIsMonitoredFromItsStartToItsEnd(t *testing.T) {
	r := newRig()
	got := r.seconds(t, 1)
	if !got.Known || got.Health.FPS != 59 || got.Health.TargetFPS != 60 {
		t.Errorf("sampled %+v", got)
	}
	r.stream = state.StreamReconnecting
	if r.seconds(t, 1); !r.last.Known {
		t.Error("a stream that reconnects is not monitored")
	}
	r.stream = state.StreamOff
	r.seconds(t, 3)
	if r.last != (state.HealthSampled{}) || r.told != 3 {
		t.Errorf("at the end, told %d times, %+v", r.told, r.last)
	}
	if n := len(r.obs.meters); n == 0 || r.obs.meters[n-1] {
		t.Errorf("the levels were switched %v", r.obs.meters)
	}
}

func TestASampleThatFailsTellsNothing(t *testing.T) {
	r := newRig()
	r.obs.broken = errors.New("no answer")
	if r.seconds(t, 3); r.told != 0 {
		t.Errorf("told %+v", r.last)
	}
}

func TestSilenceIsThatOfTheLeastQuietMicrophone(t *testing.T) {
	r := newRig()
	quiet := []meter.Level{{Input: "mic", Peak: -100}, {Input: "headset", Peak: -100}}
	r.seconds(t, 1)
	r.Feed(quiet)
	if got := r.seconds(t, int(SilentAfter/time.Second)-1); got.Quiet != 0 {
		t.Fatalf("warned of after %v", got.Quiet)
	}
	r.Feed([]meter.Level{{Input: "headset", Peak: -10}})
	if got := r.seconds(t, 2); got.Quiet != 0 {
		t.Errorf("warned of %q although the other gives sound", got.Microphone)
	}
	r.Feed(quiet)
	got := r.seconds(t, int(SilentAfter/time.Second))
	if got.Quiet < SilentAfter || got.Microphone != "headset" {
		t.Errorf("after two minutes: %v of %q", got.Quiet, got.Microphone)
	}
}

func TestSilenceIsMeasuredAnewOnANewConnection(t *testing.T) {
	r := newRig()
	r.seconds(t, 1)
	r.Feed([]meter.Level{{Input: "mic", Peak: -100}, {Input: "headset", Peak: -100}})
	if got := r.seconds(t, 150); got.Quiet == 0 {
		t.Fatal("not warned of")
	}
	r.obs = &fakeOBS{mics: r.obs.mics}
	if got := r.seconds(t, 1); got.Quiet != 0 {
		t.Errorf("silent for %v on a connection that has just begun", got.Quiet)
	}
	if len(r.obs.meters) == 0 || !r.obs.meters[0] {
		t.Errorf("levels switched %v: a new connection begins without them", r.obs.meters)
	}
}

func TestLevelsAreAskedForAgainAndAgain(t *testing.T) {
	r := newRig()
	r.seconds(t, 1)
	before := len(r.obs.meters)
	r.seconds(t, int(3*PictureInterval/time.Second)+5) // something else may switch them off
	if again := len(r.obs.meters) - before; again < 2 || again > 3 {
		t.Errorf("asked for %d times in 35 s", again)
	}
}

func TestAPictureThatStopsMovingIsWarnedOf(t *testing.T) {
	r := newRig()
	r.seconds(t, 15)
	r.obs.picture = "b"
	if got := r.seconds(t, int(FrozenAfter/time.Second)); got.Frozen != 0 {
		t.Fatalf("warned of after %v", got.Frozen)
	}
	if got := r.seconds(t, 15); got.Frozen < FrozenAfter || got.Frozen > FrozenAfter+15*time.Second {
		t.Errorf("warned of %v", got.Frozen)
	}
	r.obs.picture = "c"
	if got := r.seconds(t, 11); got.Frozen != 0 {
		t.Errorf("moves again, and is frozen for %v", got.Frozen)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	r := newRig()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r.Run(ctx)
}
