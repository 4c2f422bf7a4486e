package obs_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"cuelight/obs"
	"cuelight/obs/obssim"
	"cuelight/obs/obstest"
)

func TestStartThatGoesWrong(t *testing.T) {
	tests := map[string]struct {
		fault obssim.StartFault
		phase obs.Phase
	}{
		"dropped silently": {obssim.StartDropped, obs.PhaseAsked},
		"never finished":   {obssim.StartStuck, obs.PhaseStarting},
		"given up":         {obssim.StartFails, obs.PhaseStopped},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			o := obstest.StartSim(t, obssim.Options{})
			o.ChangeService(obs.TypeCustom, map[string]any{"server": "rtmp://here/", "key": "k"})
			o.Faults(func(f *obssim.Faults) { f.Start = tt.fault })
			c := obstest.Dial(t, obstest.Quick(), o.Endpoint())
			err := c.StartStream(t.Context())
			obstest.WantKind(t, err, obs.ErrNotStarted)
			var typed *obs.Error
			if errors.As(err, &typed); typed.Phase != tt.phase {
				t.Errorf("phase %q, want %q", typed.Phase, tt.phase)
			}
		})
	}
}

func TestStartWithoutEventsIsSeenByAsking(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	o.ChangeService(obs.TypeCustom, map[string]any{"server": "rtmp://here/", "key": "k"})
	o.Faults(func(f *obssim.Faults) { f.Start = obssim.StartUnsaid })
	c := obstest.Dial(t, obstest.Quick(), o.Endpoint())
	if err := c.StartStream(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestStartEndsWhenOBSDies(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	o.Faults(func(f *obssim.Faults) { f.Start = obssim.StartStuck })
	c := obstest.Dial(t, obs.Dialer{}, o.Endpoint())
	time.AfterFunc(50*time.Millisecond, o.Crash)
	began := time.Now()
	obstest.WantKind(t, c.StartStream(t.Context()), obs.ErrClosed)
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("noticed after %v", took)
	}
}

func TestTwoStartsAtOnce(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	o.ChangeService(obs.TypeCustom, map[string]any{"server": "rtmp://here/", "key": "k"})
	o.Faults(func(f *obssim.Faults) { f.StartTakes = 150 * time.Millisecond })
	c := obstest.Dial(t, obstest.Quick(), o.Endpoint())
	errs := make(chan error, 2)
	for range cap(errs) {
		go func() { errs <- c.StartStream(t.Context()) }()
	}
	started, refused := <-errs, <-errs
	if started != nil { // the one that comes second may be the first to say so
		started, refused = refused, started
	}
	if started != nil {
		t.Fatal(started)
	}
	obstest.WantKind(t, refused, obs.ErrStreaming)
	if s, err := c.StreamStatus(t.Context()); err != nil || !s.Active {
		t.Errorf("status %+v, %v", s, err)
	}
}

func TestWaitingForAnotherStartHasAnEnd(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	o.Faults(func(f *obssim.Faults) { f.Start = obssim.StartStuck })
	c := obstest.Dial(t, obs.Dialer{}, o.Endpoint())
	first := make(chan error, 1)
	events := c.Events()
	go func() { first <- c.StartStream(t.Context()) }()
	<-events // the first one is under way
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	obstest.WantKind(t, c.StopStream(ctx), obs.ErrNoAnswer)
	c.Close()
	obstest.WantKind(t, <-first, obs.ErrClosed)
}
