package app

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"cuelight/app/state"
	"cuelight/providers"
	"cuelight/providers/sandbox"
	"cuelight/providers/sandbox/fault"
)

func TestAnIllPlatformIsAskedLessAndLess(t *testing.T) {
	ill := func(kind error, code string, after time.Duration) error {
		return fmt.Errorf("read: %w", &providers.Error{Kind: kind, Code: code, RetryAfter: after})
	}
	const usual = time.Minute
	for _, c := range []struct {
		name            string
		err             error
		pauses          []time.Duration
		earliest, after time.Duration
	}{
		{"well", nil, []time.Duration{usual, usual}, 0, usual},
		{"not reachable, as without a network", ill(providers.ErrUnreachable, "", 0), []time.Duration{usual, usual}, 0, usual},
		{"signed out", ill(providers.ErrSignIn, "HTTP 401", 0), []time.Duration{usual, usual}, 0, usual},
		{"a server fault", ill(providers.ErrUnreachable, "HTTP 503", 0), []time.Duration{2 * usual, 4 * usual, 8 * usual, refreshSlowest, refreshSlowest}, 0, usual},
		{"a web page instead", ill(providers.ErrBadAnswer, "", 0), []time.Duration{2 * usual, 4 * usual}, 0, usual},
		{"too many requests", ill(providers.ErrTooFrequent, "HTTP 429", 0), []time.Duration{2 * usual, 4 * usual}, usual, usual},
		{"too many requests, with a time", ill(providers.ErrTooFrequent, "HTTP 429", 5*usual), []time.Duration{5 * usual, 5 * usual, 8 * usual}, 5 * usual, usual},
		{"a time that cannot be meant", ill(providers.ErrTooFrequent, "HTTP 429", 300*time.Hour), []time.Duration{longestPause}, longestPause, usual},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := backoff{jitter: func() float64 { return 0 }}
			for i, want := range c.pauses {
				if pause, earliest := p.after(c.err, usual); pause != want || earliest != c.earliest {
					t.Errorf("failure %d: %v, not before %v", i+1, pause, earliest)
				}
			}
			if pause, _ := p.after(nil, usual); pause != c.after {
				t.Errorf("well again: %v", pause)
			}
		})
	}
	late := backoff{jitter: func() float64 { return 0.999 }}
	if pause, _ := late.after(ill(providers.ErrUnreachable, "HTTP 500", 0), usual); pause <= 2*usual || pause > 2*usual*6/5 {
		t.Errorf("with jitter: %v", pause)
	}
}

// quick makes a running Engine ask the platform many times a second.
func quick(e *Engine) {
	e.refresh.intervals = intervals{changes: 20 * time.Millisecond, idle: 20 * time.Millisecond, live: 20 * time.Millisecond}
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
			ill := until(t, e, "the failure", func(s state.State) bool { return s.Broadcast.Err != nil })
			if !ill.Broadcast.Known || ill.Broadcast.Draft.Title == nil {
				t.Errorf("shown as %+v", ill.Broadcast)
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
