package app

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"cuelight/app/refresh"
	"cuelight/app/state"
	"cuelight/providers"
	"cuelight/providers/sandbox"
	"cuelight/providers/sandbox/fault"
)

// quick makes a running Engine ask the platform many times a second.
func quick(e *Engine) {
	e.refresh.SetIntervals(refresh.Intervals{Idle: 20 * time.Millisecond, Live: 20 * time.Millisecond})
	e.peersInterval = 20 * time.Millisecond
}

func TestAWindowIsBackByItselfWhenThePlatformIs(t *testing.T) {
	for _, f := range []sandbox.Fault{
		{Kind: fault.Status, Status: 500},
		{Kind: fault.Status, Status: 503},
		{Kind: fault.HTML},
		{Kind: fault.Truncated},
		{Kind: fault.Drop},
		{Kind: fault.Null},
		{Kind: fault.Misprint},
		{Kind: fault.TooMany},
	} {
		t.Run(fmt.Sprint(f.Kind, f.Status), func(t *testing.T) {
			s := newStudio(t)
			e := s.signedIn()
			quick(e)
			running(t, e)
			until(t, e, "the broadcast's settings", func(s state.State) bool { return s.Broadcast.Known })
			e.Broadcast.Draft(providers.Patch{Title: ptr("typed")})
			f.Endpoint, f.Times = "broad/rtmp", -1
			s.spoil(f)
			failed := until(t, e, "the failure", func(s state.State) bool { return s.Broadcast.Err != nil })
			if !failed.Broadcast.Known || failed.Broadcast.Draft.Title == nil {
				t.Errorf("shown as %+v", failed.Broadcast)
			}
			s.platform.Faults().Clear()
			until(t, e, "the platform back", func(s state.State) bool { return s.Broadcast.Err == nil })
		})
	}
}

func TestAPauseThatThePlatformAsksForIsKept(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	s.spoil(sandbox.Fault{Endpoint: "broad/rtmp", Kind: fault.TooMany, RetryAfter: 1})
	quick(e)
	running(t, e)
	got := until(t, e, "the pause", func(s state.State) bool { return s.Broadcast.Err != nil && linked(s) })
	var asked *providers.Error
	if !errors.As(got.Broadcast.Err, &asked) || !errors.Is(asked, providers.ErrTooFrequent) || asked.RetryAfter != time.Second {
		t.Fatalf("got %v", got.Broadcast.Err)
	}
	// Nor does a stream's beginning shorten it.
	if err := s.dial(t).StartStream(t.Context()); err == nil {
		t.Log("OBS streams to nowhere")
	}
	until(t, e, "the platform back", func(s state.State) bool { return s.Broadcast.Known && s.Broadcast.Err == nil })
	var refused time.Time
	for _, call := range s.platform.Calls() {
		if call.Endpoint != "broad/rtmp" {
			continue
		}
		if call.Fault == fault.TooMany {
			refused = call.Time
		} else if pause := call.Time.Sub(refused); !refused.IsZero() {
			if pause < time.Second {
				t.Errorf("asked again after %v", pause)
			}
			return
		}
	}
	t.Error("never asked again")
}
