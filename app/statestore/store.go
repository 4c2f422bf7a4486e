// Package statestore owns the State: the one place where an event becomes the
// next State, and where those who show it are woken.
package statestore

import (
	"slices"
	"sync"

	"cuelight/app/state"
)

// Store holds the present State. Its methods may be called from any goroutine.
type Store struct {
	// mu guards all below. Observers are called under it, so that each of them
	// sees every step in order; nothing that waits is ever done under it.
	mu        sync.Mutex
	present   state.State
	watchers  map[chan struct{}]struct{}
	observers []*observer
}

type observer struct{ observe func(prev, next state.State) }

// New makes a Store that begins with a State.
func New(initial state.State) *Store {
	return &Store{present: initial, watchers: make(map[chan struct{}]struct{})}
}

// State gives the present State.
func (s *Store) State() state.State {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.present
}

// Emit applies events to the State, in order, and wakes whoever watches.
func (s *Store) Emit(events ...state.Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, event := range events {
		prev := s.present
		s.present = state.Reduce(prev, event)
		for _, o := range s.observers {
			o.observe(prev, s.present)
		}
	}
	for ch := range s.watchers {
		select {
		case ch <- struct{}{}:
		default: // it holds a token already
		}
	}
}

// Watch gives a channel that holds a token whenever the State has changed
// since it was last drained: many changes make one. It holds one from the
// beginning. stop ends it.
func (s *Store) Watch() (changed <-chan struct{}, stop func()) {
	ch := make(chan struct{}, 1)
	ch <- struct{}{}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.watchers[ch] = struct{}{}
	return ch, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.watchers, ch)
	}
}

// Observe calls a function with every State and the one before it, in order;
// unlike Watch it misses none. The function must return at once and call
// nothing of the Store. stop ends it: the function is not called any more once
// stop has returned.
func (s *Store) Observe(observe func(prev, next state.State)) (stop func()) {
	o := &observer{observe: observe}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.observers = append(s.observers, o)
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.observers = slices.DeleteFunc(s.observers, func(other *observer) bool { return other == o })
	}
}
