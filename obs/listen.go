package obs

import "cuelight/obs/fanout"

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
	c.eventsOnce.Do(func() {
		c.events = make(chan Event, 16)
		q, leave := c.hub.Listen()
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

func (c *Client) pumpEvents(q *fanout.Queue[Event]) {
	for {
		for e, ok := takeEvent(q); ok; e, ok = takeEvent(q) {
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
		case <-q.Ready():
		case <-c.Done():
			c.lastEvents(q)
			return
		}
	}
}

// lastEvents passes on what came in just before the end (such as ExitStarted),
// as far as there is room.
func (c *Client) lastEvents(q *fanout.Queue[Event]) {
	for e, ok := takeEvent(q); ok; e, ok = takeEvent(q) {
		select {
		case c.events <- e:
		default:
			return
		}
	}
}
