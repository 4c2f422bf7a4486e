package obs

import (
	"context"
	"time"
)

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
