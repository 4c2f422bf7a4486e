// Package switching follows OBS while it switches to another profile or scene
// collection, by what its events tell.
package switching

import "sync"

// Tracker knows whether a switch is under way. Meanwhile OBS must be left alone:
// it names the new profile and still gives the stream service of the old one,
// and a request that meets it without a service ends OBS 29 (both seen). Its
// zero value is ready; its methods may be called from any goroutine.
type Tracker struct {
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

// ProfileChanging: OBS has begun to switch to another profile.
func (t *Tracker) ProfileChanging() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.profiles++
	t.begin()
}

// ProfileChanged: OBS has switched to the profile of that name.
func (t *Tracker) ProfileChanged(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.profiles++
	t.end()
	t.profile = name
}

// CollectionChanging: OBS has begun to switch to another scene collection.
func (t *Tracker) CollectionChanging() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.begin()
}

// Over: a switch has ended, or is not waited for any longer.
func (t *Tracker) Over() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.end()
}

// begin keeps requests back; mu is held.
func (t *Tracker) begin() {
	if t.under == nil {
		t.under = make(chan struct{})
	}
}

// end lets requests through again; mu is held.
func (t *Tracker) end() {
	if t.under != nil {
		close(t.under)
		t.under = nil
	}
}

// UnderWay gives what is closed when the switch has ended that is under way; nil
// where there is none.
func (t *Tracker) UnderWay() <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.under
}

// Count differs from an earlier one when the profile was or is being switched.
func (t *Tracker) Count() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.profiles
}

// Confirm takes the name of the profile that was read, and reports whether it
// is the one that is known to be in use. With accept the name is believed even
// if it is not: a profile that is renamed sends no such event.
func (t *Tracker) Confirm(name string, accept bool) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.profile == "" || accept {
		t.profile = name
	}
	return t.profile == name
}
