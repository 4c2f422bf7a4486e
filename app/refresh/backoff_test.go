package refresh

import (
	"fmt"
	"testing"
	"time"

	"cuelight/providers"
)

func TestAPlatformThatFailsIsAskedLessAndLess(t *testing.T) {
	failed := func(kind error, code string, after time.Duration) error {
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
		{"not reachable, as without a network", failed(providers.ErrUnreachable, "", 0), []time.Duration{usual, usual}, 0, usual},
		{"signed out", failed(providers.ErrSignIn, "HTTP 401", 0), []time.Duration{usual, usual}, 0, usual},
		{"a server fault", failed(providers.ErrUnreachable, "HTTP 503", 0), []time.Duration{2 * usual, 4 * usual, 8 * usual, slowest, slowest}, 0, usual},
		{"a web page instead", failed(providers.ErrBadAnswer, "", 0), []time.Duration{2 * usual, 4 * usual}, 0, usual},
		{"too many requests", failed(providers.ErrTooFrequent, "HTTP 429", 0), []time.Duration{2 * usual, 4 * usual}, usual, usual},
		{"too many requests, with a time", failed(providers.ErrTooFrequent, "HTTP 429", 5*usual), []time.Duration{5 * usual, 5 * usual, 8 * usual}, 5 * usual, usual},
		{"a time that cannot be meant", failed(providers.ErrTooFrequent, "HTTP 429", 300*time.Hour), []time.Duration{longestPause}, longestPause, usual},
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
	if pause, _ := late.after(failed(providers.ErrUnreachable, "HTTP 500", 0), usual); pause <= 2*usual || pause > 2*usual*6/5 {
		t.Errorf("with jitter: %v", pause)
	}
}
