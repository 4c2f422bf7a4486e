package command

import (
	"slices"
	"sync"
	"time"

	"cuelight/app/state"
	"cuelight/app/words"
)

// waitWorthReporting is how long a command's calls together have to wait before
// it says so: from there on it seems to hang.
const waitWorthReporting = time.Second

// reportWaits says once that calls wait their turn, as soon as the waits come to
// more than a second. Nothing is said any more after stop.
func (r *run) reportWaits(observe func(func(prev, next state.State)) (stop func())) (stop func()) {
	long := make(chan state.AccountState, 1) // whose calls wait, once that is worth telling
	var waited time.Duration
	held := make(chan string, 1) // another Cuelight is waited for: its process ID, if known
	unobserve := observe(func(prev, next state.State) {
		if pid, now := heldBy(next.Notices); now {
			if _, before := heldBy(prev.Notices); !before {
				select {
				case held <- pid:
				default: // an observer must not wait, and one is to be told already
				}
			}
		}
		if next.Waiting == prev.Waiting {
			return
		}
		before := waited
		waited += next.Waiting.Wait
		if before <= waitWorthReporting && waited > waitWorthReporting {
			long <- next.Account
		}
	})
	over := make(chan struct{})
	var telling sync.WaitGroup
	telling.Go(func() {
		for {
			select {
			case account := <-long:
				other := r.words.Say("waiting.other", words.Args{"Platform": r.words.PlatformName(account.Platform, account.PlatformName)})
				r.out.message(r.words.Name("waiting."+account.Platform, other))
			case pid := <-held:
				r.out.message(r.words.Say("notice."+state.NoticeHeld, words.Args{"Detail": pid}))
			case <-over:
				return
			}
		}
	})
	return func() {
		unobserve()
		close(over)
		telling.Wait()
	}
}

// heldBy reports whether it was told that another Cuelight is waited for, and its
// process ID where that is known. It is said once: it is the same one that is waited
// for again.
func heldBy(notices []state.Notice) (pid string, held bool) {
	i := slices.IndexFunc(notices, func(n state.Notice) bool { return n.Key == state.NoticeHeld })
	if i < 0 {
		return "", false
	}
	return notices[i].Detail, true
}
