package streamhealth

import (
	"time"

	"cuelight/obs/meter"
)

// QuietLevel is where OBS's own meters end, in dBFS.
const QuietLevel = -60.0

// Quiet follows meters and tells for how long an input has been silent. Its
// zero value is ready; it is not safe for use from several goroutines.
type Quiet struct {
	lastSound map[string]time.Time
}

// Feed takes the levels of an EventMeters. An input counts as heard when it is
// first seen: silence is measured from there.
func (q *Quiet) Feed(at time.Time, levels []meter.Level) {
	if q.lastSound == nil {
		q.lastSound = map[string]time.Time{}
	}
	for _, l := range levels {
		if _, seen := q.lastSound[l.Input]; !seen || l.Peak > QuietLevel {
			q.lastSound[l.Input] = at
		}
	}
}

// For is how long the input has given no sound, 0 for one never seen.
func (q *Quiet) For(at time.Time, input string) time.Duration {
	heard, seen := q.lastSound[input]
	if !seen {
		return 0
	}
	return max(0, at.Sub(heard))
}
