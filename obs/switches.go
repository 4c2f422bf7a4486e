package obs

import (
	"context"
	"time"
)

// noteSwitch takes in an event, in the order of their arrival.
func (c *Client) noteSwitch(e Event) {
	switch e.Kind {
	case EventProfileChanging:
		c.switches.ProfileChanging()
	case EventProfileChanged:
		c.switches.ProfileChanged(e.Name)
	case EventCollectionChanging:
		c.switches.CollectionChanging()
	case EventCollectionChanged:
		c.switches.Over()
	}
}

// awaitSwitch waits until OBS is not switching its profile or scene collection.
// A switch of which no end is told is given up after Dialer.NotReady.
func (c *Client) awaitSwitch(ctx context.Context, op string) error {
	under := c.switches.UnderWay()
	if under == nil {
		return nil
	}
	timer := time.NewTimer(c.dialer.NotReady)
	defer timer.Stop()
	select {
	case <-under:
		return nil
	case <-timer.C:
		c.switches.Over()
		return nil
	case <-ctx.Done():
		return ctxError(op, ctx.Err())
	case <-c.Done():
		return c.gone(op)
	}
}
