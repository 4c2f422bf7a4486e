package obs

import (
	"context"
	"time"

	"github.com/andreykaipov/goobs/api/events/subscriptions"
	"github.com/andreykaipov/goobs/api/opcodes"

	"cuelight/obs/wire"
)

// Meters switches EventMeters on or off: OBS then sends the level of every
// active input 20 times a second, so ask only while something shows them.
func (c *Client) Meters(ctx context.Context, on bool) error {
	mask := eventMask
	if on {
		mask |= subscriptions.InputVolumeMeters
	}
	const op = "Reidentify"
	if err := c.conn.Send(ctx, wire.Message{Op: wire.OpReidentify, D: opcodes.Reidentify{EventSubscriptions: mask}}); err != nil {
		return wireError(op, err)
	}
	return nil
}

// Peaks listens to OBS's inputs for a while and gives the loudest peak of each,
// in dBFS. It returns as soon as enough says so. An input that OBS sends no
// level for is not in the answer; where OBS sends none at all it is empty.
func (c *Client) Peaks(ctx context.Context, d time.Duration, enough func(map[string]float64) bool) (map[string]float64, error) {
	listening, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	events, leave := c.hub.Listen()
	defer leave()
	if err := c.Meters(ctx, true); err != nil {
		return nil, err
	}
	defer func() {
		off, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.dialer.Request)
		defer cancel()
		_ = c.Meters(off, false)
	}()
	peaks := make(map[string]float64)
	for {
		for e, ok := takeEvent(events); ok; e, ok = takeEvent(events) {
			for _, level := range e.Levels {
				if loudest, seen := peaks[level.Input]; !seen || level.Peak > loudest {
					peaks[level.Input] = level.Peak
				}
			}
		}
		if enough != nil && enough(peaks) {
			return peaks, nil
		}
		select {
		case <-events.Ready():
		case <-listening.Done():
			return peaks, nil
		case <-c.Done():
			return peaks, c.gone("meters")
		}
	}
}
