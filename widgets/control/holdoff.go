package control

import (
	"time"

	"cuelight/widgets/timer"
)

// HoldOffTime is for how long a control whose action has just changed takes no
// press: the second half of a double-click must not do what the first half made
// possible. A double-click takes half a second at most with the usual settings, and
// somebody who has just read the old words needs a moment to see the new ones.
const HoldOffTime = time.Second

// HoldOff tells whether an action has stood long enough to be pressed. Actions are
// told apart by ID, because words may change with the language and two actions may
// share them. The zero value holds nothing.
type HoldOff struct {
	clock  timer.Clock
	action string
	until  time.Time
}

// Set tells which action a press would be now; empty means none. The first one there
// ever is takes presses at once.
func (h *HoldOff) Set(action string, clock timer.Clock) {
	first := h.clock == nil
	h.clock = timer.OrWall(clock)
	if action == h.action {
		return
	}
	h.action = action
	if !first {
		h.Begin(clock)
	}
}

// Begin holds presses off from now on.
func (h *HoldOff) Begin(clock timer.Clock) {
	h.clock = timer.OrWall(clock)
	h.until = h.clock.Now().Add(HoldOffTime)
}

// Holds reports whether a press is dropped now.
func (h *HoldOff) Holds() bool { return h.clock != nil && h.clock.Now().Before(h.until) }
