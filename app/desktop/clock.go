package desktop

import (
	"context"
	"time"

	"cuelight/widgets/timer"
)

// lastingClock wakes nothing any more once the window has ended: the toolkit's loop is
// gone then, and what it is handed would run on the caller's goroutine.
type lastingClock struct {
	timer.Clock
	life context.Context
}

func (c lastingClock) After(d time.Duration, f func()) (stop func()) {
	return c.Clock.After(d, func() {
		if c.life.Err() == nil {
			f()
		}
	})
}
