// Package fakeclock is a timer.Clock moved by hand, so that tests of widgets and
// of windows made of them neither sleep nor start goroutines.
package fakeclock

import (
	"sort"
	"time"
)

// Clock stands still until Advance. It is for one goroutine.
type Clock struct {
	now   time.Time
	calls []*call
}

type call struct {
	at time.Time
	f  func()
}

// New starts at a fixed time.
func New() *Clock {
	return &Clock{now: time.Date(2026, 1, 2, 21, 0, 0, 0, time.UTC)}
}

// Now is the time it stands at.
func (c *Clock) Now() time.Time { return c.now }

// After remembers f for when Advance has passed d.
func (c *Clock) After(d time.Duration, f func()) func() {
	pending := &call{at: c.now.Add(d), f: f}
	c.calls = append(c.calls, pending)
	return func() { c.forget(pending) }
}

// Pending tells how many calls wait: none means nothing keeps the program awake.
func (c *Clock) Pending() int { return len(c.calls) }

// Advance moves the time on and runs what falls due on the way, in order of time;
// also what those calls ask for themselves.
func (c *Clock) Advance(d time.Duration) {
	end := c.now.Add(d)
	for {
		sort.SliceStable(c.calls, func(i, j int) bool { return c.calls[i].at.Before(c.calls[j].at) })
		if len(c.calls) == 0 || c.calls[0].at.After(end) {
			break
		}
		due := c.calls[0]
		c.calls = c.calls[1:]
		c.now = due.at
		due.f()
	}
	c.now = end
}

func (c *Clock) forget(gone *call) {
	for i, pending := range c.calls {
		if pending == gone {
			c.calls = append(c.calls[:i:i], c.calls[i+1:]...)
			return
		}
	}
}
