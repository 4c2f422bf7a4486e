package command

import (
	"sync"
	"time"

	"cuelight/app"
	"cuelight/app/state"
	"cuelight/app/words"
)

// waitWorthTelling is how long a command's calls together have to wait before
// it says so: from there on it seems to hang.
const waitWorthTelling = time.Second

// tellWaits says once that calls wait their turn, as soon as the waits come to
// more than a second. Nothing is said any more after stop.
func (r *run) tellWaits(e *app.Engine) (stop func()) {
	var mu sync.Mutex
	var waited time.Duration
	over := false
	e.Observe(func(prev, next state.State) {
		mu.Lock()
		defer mu.Unlock()
		if over || next.Waiting == prev.Waiting {
			return
		}
		if waited += next.Waiting.Wait; waited > waitWorthTelling {
			over = true
			other := r.words.Say("waiting.other", words.Args{"Platform": next.Account.PlatformName})
			r.out.say(r.words.Name("waiting."+next.Account.Platform, other))
		}
	})
	return func() {
		mu.Lock()
		defer mu.Unlock()
		over = true
	}
}
