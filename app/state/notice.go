package state

import (
	"strconv"
	"time"
)

// Notice is one thing worth telling the user once.
type Notice struct {
	// Seq grows by one with each notice of a run.
	Seq int
	At  time.Time
	// Key finds the words, under "notice.<key>".
	Key string
	// Detail is a fact to show with it.
	Detail string
	Err    error
}

// NoticeHeld is the key of the notice that another Cuelight is waited for.
const NoticeHeld = "held"

// Held is the notice that another Cuelight is waited for, with its process ID where
// that is not 0.
func Held(at time.Time, pid int) Notice {
	n := Notice{At: at, Key: NoticeHeld}
	if pid != 0 {
		n.Detail = strconv.Itoa(pid)
	}
	return n
}
