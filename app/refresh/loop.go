// Package refresh asks the platform for what is shown, now and then, while a
// window is open: seldom, for nobody documents a limit and a refused streamer is
// worse than a late number.
package refresh

import (
	"context"
	"math/rand/v2"
	"time"

	"cuelight/app/state"
)

// Intervals is how often the platform is asked: while nothing is on air, and
// while something is.
type Intervals struct{ Idle, Live time.Duration }

// usual are the ordinary Intervals.
var usual = Intervals{Idle: 60 * time.Second, Live: 20 * time.Second}

// Options are what a Loop is given; all are needed.
type Options struct {
	// Ask puts one round of questions. Its error tells how the platform is.
	Ask func(context.Context) error
	// State gives the present State; Watch a channel that holds a token whenever
	// it has changed.
	State func() state.State
	Watch func() (changed <-chan struct{}, stop func())
}

// Loop asks at once, then now and then; soon after OBS has begun or ended to
// send, and when it is told to, unless the platform has asked for a pause.
type Loop struct {
	opt       Options
	intervals Intervals
	// now holds a token while the platform is to be asked as soon as it may be.
	now chan struct{}
}

// New makes a Loop; Run starts it.
func New(opt Options) *Loop {
	return &Loop{opt: opt, intervals: usual, now: make(chan struct{}, 1)}
}

// SetIntervals replaces how often the platform is asked. It must not be called
// while the Loop runs.
func (l *Loop) SetIntervals(intervals Intervals) { l.intervals = intervals }

// Soon has the platform asked as soon as it may be.
func (l *Loop) Soon() {
	select {
	case l.now <- struct{}{}:
	default: // it is to be asked already
	}
}

// Run asks until the context ends.
func (l *Loop) Run(ctx context.Context) {
	changed, stop := l.opt.Watch()
	defer stop()
	p := backoff{jitter: rand.Float64}
	stream := state.StreamUnknown
	for {
		err := l.opt.Ask(ctx)
		pause, earliest := p.after(err, l.interval())
		if !l.wait(ctx, changed, &stream, pause, earliest) {
			return
		}
	}
}

func (l *Loop) interval() time.Duration {
	if s := l.opt.State(); s.OBS.Stream.Running() || s.Live.OnAir {
		return l.intervals.Live
	}
	return l.intervals.Idle
}

// wait lets a pause pass, or a part of it that is not shorter than earliest; it
// is false where the context has ended.
func (l *Loop) wait(ctx context.Context, changed <-chan struct{}, stream *state.StreamState, pause, earliest time.Duration) bool {
	asked := time.Now()
	timer := time.NewTimer(pause)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return false
		case <-timer.C:
			return true
		case <-l.now:
			timer.Reset(max(0, earliest-time.Since(asked)))
		case <-changed:
			// Starting and stopping is what changes the platform's answer.
			now := l.opt.State().OBS.Stream
			if now != *stream && (now == state.StreamOn || now == state.StreamOff) && *stream != state.StreamUnknown {
				timer.Reset(max(0, earliest-time.Since(asked)))
			}
			*stream = now
		}
	}
}
