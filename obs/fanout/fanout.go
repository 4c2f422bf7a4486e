// Package fanout hands each event to every listener, without ever waiting for
// one: what a listener leaves untaken piles up to a bound and is then dropped.
package fanout

import (
	"slices"
	"sync"
)

// length bounds what one listener may leave untaken. OBS sends a handful of
// events a minute that matter; a flood is a fault or a meter.
const length = 256

// Hub hands each event to every listener. Its zero value is ready.
type Hub[T any] struct {
	// Essential tells the events that outlive a flood; nil means none.
	Essential func(T) bool

	mu     sync.Mutex // guards queues
	queues []*Queue[T]
}

// Publish gives an event to every listener. It never blocks.
func (h *Hub[T]) Publish(event T) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, q := range h.queues {
		q.push(event)
	}
}

// Listen adds a listener; leave must be called when it is done.
func (h *Hub[T]) Listen() (q *Queue[T], leave func()) {
	q = &Queue[T]{essential: h.Essential, ready: make(chan struct{}, 1)}
	h.mu.Lock()
	h.queues = append(h.queues, q)
	h.mu.Unlock()
	return q, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.queues = slices.DeleteFunc(h.queues, func(other *Queue[T]) bool { return other == q })
	}
}

// Queue holds events for one listener.
type Queue[T any] struct {
	essential func(T) bool
	ready     chan struct{}

	mu     sync.Mutex // guards what is below
	events []T
	lost   int
}

// Ready gives a token when there may be events to take.
func (q *Queue[T]) Ready() <-chan struct{} { return q.ready }

// push adds an event. When the queue is full, the oldest one that is not
// essential makes room, else the oldest.
func (q *Queue[T]) push(event T) {
	q.mu.Lock()
	if len(q.events) >= length {
		drop := max(0, slices.IndexFunc(q.events, func(e T) bool { return q.essential == nil || !q.essential(e) }))
		q.events = slices.Delete(q.events, drop, drop+1)
		q.lost++
	}
	q.events = append(q.events, event)
	q.mu.Unlock()
	select {
	case q.ready <- struct{}{}:
	default:
	}
}

// Take gives the oldest event, and how many were dropped before it since the
// last one was taken.
func (q *Queue[T]) Take() (event T, lost int, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.events) == 0 {
		return event, 0, false
	}
	event, lost = q.events[0], q.lost
	q.events, q.lost = q.events[1:], 0
	return event, lost, true
}
