package app

import (
	"log/slog"
	"testing"
	"time"
)

func TestOnlyTheAccountInUseIsShownWaiting(t *testing.T) {
	until := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	s := State{Account: AccountState{Name: "kollus"}}
	long := WaitState{Op: "channels", Wait: 3 * time.Second, Until: until}
	if got := reduce(s, evWaiting{"other", long}); got.Waiting != (WaitState{}) || !got.Account.WaitUntil.IsZero() {
		t.Error("another account's wait is shown")
	}
	if got := reduce(s, evWaiting{"kollus", long}); got.Waiting != long || !got.Account.WaitUntil.Equal(until) {
		t.Errorf("waits %+v, the account until %v", got.Waiting, got.Account.WaitUntil)
	}
	usual := WaitState{Op: "channels", Wait: time.Second, Until: until}
	if got := reduce(s, evWaiting{"kollus", usual}); got.Waiting != usual || !got.Account.WaitUntil.IsZero() {
		t.Errorf("a usual wait: %+v, the account until %v", got.Waiting, got.Account.WaitUntil)
	}
}

func TestAWaitThatIsOverIsNotShown(t *testing.T) {
	first := evWaiting{"kollus", WaitState{Op: "channels", Wait: time.Second, Until: time.Unix(10, 0)}}
	next := evWaiting{"kollus", WaitState{Op: "broadcasts/{key}", Wait: time.Second, Until: time.Unix(11, 0)}}
	s := reduce(State{Account: AccountState{Name: "kollus"}}, first)
	if got := reduce(s, evWaited(first)); got.Waiting != (WaitState{}) {
		t.Errorf("still shown: %+v", got.Waiting)
	}
	s = reduce(s, next)
	if got := reduce(s, evWaited(first)); got.Waiting != next.wait {
		t.Errorf("the next wait was taken away: %+v", got.Waiting)
	}
}

func TestASessionThatWaitsIsSeenFromOutside(t *testing.T) {
	e := &Engine{log: slog.New(slog.DiscardHandler), now: time.Now, subscribers: map[chan struct{}]struct{}{}}
	e.state.Account.Name = "kollus"
	seen := make(chan WaitState, 8)
	e.Observe(func(_, next State) { seen <- next.Waiting })
	e.waiting("kollus")("channels", 20*time.Millisecond)
	if first := <-seen; first.Op != "channels" || first.Wait != 20*time.Millisecond {
		t.Errorf("shown as %+v", first)
	}
	if then := <-seen; then != (WaitState{}) {
		t.Errorf("not taken away: %+v", then)
	}
}
