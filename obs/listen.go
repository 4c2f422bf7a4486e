package obs

import (
	"sync"

	"cuelight/obs/fanout"
)

// takeEvent gives the oldest event that a listener has not taken.
func takeEvent(q *fanout.Queue[Event]) (Event, bool) {
	e, lost, ok := q.Take()
	e.Lost = lost
	return e, ok
}

// Events gives the events of this connection from the first call on. There is
// one such channel for a Client; it is closed when the connection ends.
// Events that are not taken pile up to a bound and are then dropped, see
// Event.Lost.
func (c *Client) Events() <-chan Event {
	c.events.once.Do(func() {
		c.events.out = make(chan Event, 16)
		q, leave := c.hub.Listen()
		c.events.running.Go(func() {
			defer close(c.events.out)
			defer leave()
			c.events.pass(q, c.Done())
		})
	})
	return c.events.out
}

// eventPump passes events on to the channel that Client.Events gives.
type eventPump struct {
	once    sync.Once
	out     chan Event
	running sync.WaitGroup
}

// pass passes events on until the connection is gone.
func (p *eventPump) pass(q *fanout.Queue[Event], gone <-chan struct{}) {
	for {
		for e, ok := takeEvent(q); ok; e, ok = takeEvent(q) {
			select {
			case p.out <- e:
				continue
			default:
			}
			select {
			case p.out <- e:
			case <-gone: // nobody takes it, and there is nothing left to wait for
				return
			}
		}
		select {
		case <-q.Ready():
		case <-gone:
			p.passLast(q)
			return
		}
	}
}

// passLast passes on what came in just before the end (such as ExitStarted),
// as far as there is room.
func (p *eventPump) passLast(q *fanout.Queue[Event]) {
	for e, ok := takeEvent(q); ok; e, ok = takeEvent(q) {
		select {
		case p.out <- e:
		default:
			return
		}
	}
}
