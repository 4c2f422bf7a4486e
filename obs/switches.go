package obs

import (
	"context"
	"sync"
	"time"
)

// switches follows OBS while it switches to another profile or scene
// collection, by its events. Meanwhile OBS must be left alone: it names the new
// profile and still gives the stream service of the old one, and a request that
// meets it without a service ends OBS 29 (both seen). Its zero value is ready.
type switches struct {
	// mu guards what is below. It is held for no longer than a look-up.
	mu sync.Mutex
	// under is open while a switch is under way, and closed at its end; nil
	// while there is none.
	under chan struct{}
	// profiles counts the beginnings and ends of switches of the profile.
	profiles int
	// profile is the name of the one in use, as last read or told; empty until
	// then.
	profile string
}

// note takes in an event, in the order of their arrival.
func (s *switches) note(e Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch e.Kind {
	case EventProfileChanging, EventProfileChanged:
		s.profiles++
	}
	switch e.Kind {
	case EventProfileChanging, EventCollectionChanging:
		if s.under == nil {
			s.under = make(chan struct{})
		}
	case EventProfileChanged, EventCollectionChanged:
		s.end()
	}
	if e.Kind == EventProfileChanged {
		s.profile = e.Name
	}
}

// end lets requests through again; mu is held.
func (s *switches) end() {
	if s.under != nil {
		close(s.under)
		s.under = nil
	}
}

func (s *switches) abandon() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.end()
}

func (s *switches) underWay() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.under
}

// count differs from an earlier one when the profile was or is being switched.
func (s *switches) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.profiles
}

// confirm takes the name of the profile that was read, and reports whether it
// is the one that is known to be in use. With accept the name is believed even
// if it is not: a profile that is renamed sends no such event.
func (s *switches) confirm(name string, accept bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.profile == "" || accept {
		s.profile = name
	}
	return s.profile == name
}

// awaitSwitch waits until OBS is not switching its profile or scene collection.
// A switch of which no end is told is given up after Dialer.NotReady.
func (c *Client) awaitSwitch(ctx context.Context, op string) error {
	under := c.switches.underWay()
	if under == nil {
		return nil
	}
	timer := time.NewTimer(c.dialer.NotReady)
	defer timer.Stop()
	select {
	case <-under:
		return nil
	case <-timer.C:
		c.switches.abandon()
		return nil
	case <-ctx.Done():
		return ctxError(op, ctx.Err())
	case <-c.Done():
		return c.gone(op)
	}
}
