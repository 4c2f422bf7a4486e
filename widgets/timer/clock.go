package timer

import (
	"time"

	"fyne.io/fyne/v2"
)

// Clock tells the time and wakes widgets later. A widget given a nil Clock uses
// Wall(fyne.Do).
type Clock interface {
	Now() time.Time
	// After calls f once, on the window's goroutine, when d has passed. The function
	// it returns takes the call back; it may be called at any time, from the window's
	// goroutine, and more than once.
	After(d time.Duration, f func()) (stop func())
}

// Wall is the real clock. do runs a function on the window's goroutine, as
// fyne.Do does.
func Wall(do func(func())) Clock { return wall{do} }

type wall struct{ do func(func()) }

func (wall) Now() time.Time { return time.Now() }

func (c wall) After(d time.Duration, f func()) func() {
	// stopped is only touched on the window's goroutine: a call that is already on
	// its way there when it is taken back must not run either.
	stopped := false
	timer := time.AfterFunc(d, func() {
		c.do(func() {
			if !stopped {
				f()
			}
		})
	})
	return func() {
		stopped = true
		timer.Stop()
	}
}

// OrWall gives the real clock in place of none.
func OrWall(c Clock) Clock {
	if c == nil {
		return Wall(fyne.Do)
	}
	return c
}
