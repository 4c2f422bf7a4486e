package obs

import (
	"slices"
	"sync"
)

// queueLength bounds what one listener may leave untaken. OBS sends a handful
// of events a minute that matter; a flood is a fault or a meter.
const queueLength = 256

// hub hands each event to every listener. Its zero value is ready.
type hub struct {
	mu     sync.Mutex // guards queues
	queues []*queue
}

// publish is called on the wire's reading goroutine: it never blocks.
func (h *hub) publish(event Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, q := range h.queues {
		q.push(event)
	}
}

// listen adds a listener; leave must be called when it is done.
func (h *hub) listen() (q *queue, leave func()) {
	q = &queue{ready: make(chan struct{}, 1)}
	h.mu.Lock()
	h.queues = append(h.queues, q)
	h.mu.Unlock()
	return q, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.queues = slices.DeleteFunc(h.queues, func(other *queue) bool { return other == q })
	}
}

// queue holds events for one listener, at most queueLength of them.
type queue struct {
	// ready holds a token when there may be events to take.
	ready chan struct{}

	mu     sync.Mutex // guards what is below
	events []Event
	lost   int
}

// push adds an event. When the queue is full, the oldest one that is not
// essential makes room, else the oldest.
func (q *queue) push(e Event) {
	q.mu.Lock()
	if len(q.events) >= queueLength {
		victim := max(0, slices.IndexFunc(q.events, func(e Event) bool { return !e.essential() }))
		q.events = slices.Delete(q.events, victim, victim+1)
		q.lost++
	}
	q.events = append(q.events, e)
	q.mu.Unlock()
	select {
	case q.ready <- struct{}{}:
	default:
	}
}

// take gives the oldest event.
func (q *queue) take() (Event, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.events) == 0 {
		return Event{}, false
	}
	e := q.events[0]
	q.events = q.events[1:]
	e.Lost, q.lost = q.lost, 0
	return e, true
}

// Events gives the events of this connection from the first call on. There is
// one such channel for a Client; it is closed when the connection ends.
// Events that are not taken pile up to a bound and are then dropped, see
// Event.Lost.
func (c *Client) Events() <-chan Event {
	c.eventsOnce.Do(func() {
		c.events = make(chan Event, 16)
		q, leave := c.hub.listen()
		c.pump.Add(1)
		go func() {
			defer c.pump.Done()
			defer close(c.events)
			defer leave()
			c.pumpEvents(q)
		}()
	})
	return c.events
}

func (c *Client) pumpEvents(q *queue) {
	for {
		for e, ok := q.take(); ok; e, ok = q.take() {
			select {
			case c.events <- e:
				continue
			default:
			}
			select {
			case c.events <- e:
			case <-c.Done(): // nobody takes it, and there is nothing left to wait for
				return
			}
		}
		select {
		case <-q.ready:
		case <-c.Done():
			c.lastEvents(q)
			return
		}
	}
}

// lastEvents passes on what came in just before the end (such as ExitStarted),
// as far as there is room.
func (c *Client) lastEvents(q *queue) {
	for e, ok := q.take(); ok; e, ok = q.take() {
		select {
		case c.events <- e:
		default:
			return
		}
	}
}
