package app

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"time"

	"cuelight/app/state"
	"cuelight/app/task"
	"cuelight/providers"
)

// How often a running window asks the platform by itself: seldom, for nobody
// documents a limit and a refused streamer is worse than a late number.
const (
	refreshIdle = 60 * time.Second
	refreshLive = 20 * time.Second
	// refreshSlowest is the longest pause between questions to a platform that
	// has a fault or asks for fewer.
	refreshSlowest = 10 * time.Minute
	// longestPause bounds a pause that the platform asks for, lest a clock that
	// is wrong there makes it last for ever.
	longestPause = time.Hour
	// refreshTimeout bounds one round of questions.
	refreshTimeout = 45 * time.Second
)

// intervals is how often a running window asks by itself, and looks for what
// other Cuelights did; tests make it quicker.
type intervals struct{ idle, live, changes time.Duration }

// refreshLoop is what drives the questions of a running window.
type refreshLoop struct {
	intervals intervals
	// now holds a token while the platform is to be asked at once.
	now chan struct{}
	// identityStale: somebody else may have signed in meanwhile.
	identityStale atomic.Bool
}

func newRefreshLoop() *refreshLoop {
	return &refreshLoop{
		intervals: intervals{idle: refreshIdle, live: refreshLive, changes: peersEvery},
		now:       make(chan struct{}, 1),
	}
}

// soon has the platform asked as soon as it may be.
func (r *refreshLoop) soon() {
	select {
	case r.now <- struct{}{}:
	default: // it is to be asked already
	}
}

// backoff tells when the platform is asked next. A platform that is faulty or asks
// for a pause is asked less and less; one that just cannot be reached, as with
// a cable pulled out, is asked as ever: that costs it nothing, and the window
// is back at once when the network is.
type backoff struct {
	failures int
	// jitter gives [0, 1): many Cuelights must not come back in step.
	jitter func() float64
}

// after gives the pause after a round of questions that ended with err, in
// which the platform is asked ordinarily every usual. earliest is the part of
// it that nothing may shorten.
func (p *backoff) after(err error, usual time.Duration) (pause, earliest time.Duration) {
	var failed *providers.Error
	sick := errors.As(err, &failed) &&
		(failed.Kind == providers.ErrTooFrequent || failed.Kind == providers.ErrBadAnswer || strings.HasPrefix(failed.Code, "HTTP 5"))
	if !sick {
		p.failures = 0
		return usual, 0
	}
	p.failures++
	pause = min(usual<<min(p.failures, 10), refreshSlowest)
	if failed.Kind == providers.ErrTooFrequent {
		earliest = min(failed.RetryAfter, longestPause)
		if earliest <= 0 {
			earliest = usual
		}
	}
	pause = max(pause, earliest)
	return pause + time.Duration(p.jitter()*float64(pause)/5), earliest
}

// refreshRegularly asks the platform at once, then now and then; soon after OBS has
// begun or ended to send or another Cuelight has changed something, unless the
// platform has asked for a pause.
func (e *Engine) refreshRegularly(ctx context.Context) {
	e.vault.Probe(ctx)
	durable, err := e.vault.Durable()
	e.emit(state.KeyringChanged{Durable: durable, Err: err})
	changed, stop := e.Watch()
	defer stop()
	p := backoff{jitter: rand.Float64}
	stream := state.StreamUnknown
	for {
		err := e.refreshQuietly(ctx)
		usual := e.refresh.intervals.idle
		if s := e.State(); s.OBS.Stream.Running() || s.Live.OnAir {
			usual = e.refresh.intervals.live
		}
		pause, earliest := p.after(err, usual)
		asked := time.Now()
		timer := time.NewTimer(pause)
		again := false
		for !again {
			select {
			case <-ctx.Done():
				timer.Stop()
				return
			case <-timer.C:
				again = true
			case <-e.refresh.now:
				timer.Reset(max(0, earliest-time.Since(asked)))
			case <-changed:
				// Starting and stopping is what changes the platform's answer.
				now := e.State().OBS.Stream
				if now != stream && (now == state.StreamOn || now == state.StreamOff) && stream != state.StreamUnknown {
					timer.Reset(max(0, earliest-time.Since(asked)))
				}
				stream = now
			}
		}
		timer.Stop()
	}
}

// refreshQuietly asks the platform, and gives the failure that tells how it is.
func (e *Engine) refreshQuietly(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, refreshTimeout)
	defer cancel()
	err := e.Broadcast.Refresh(ctx)
	if errors.Is(err, ErrNoAccount) || errors.Is(err, task.ErrBusy) {
		return nil
	}
	if err != nil {
		e.log.Warn("refresh", "err", err)
		return err
	}
	if live := e.State().Live.Err; errors.Is(live, providers.ErrTooFrequent) {
		return live
	}
	return nil
}
