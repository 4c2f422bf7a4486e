package app

import (
	"log/slog"
	"testing"
	"time"

	"cuelight/app/state"
	"cuelight/app/statestore"
	"cuelight/app/task"
)

func TestOnlyTheAccountInUseIsShownWaiting(t *testing.T) {
	until := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	s := state.State{Account: state.AccountState{Name: "kollus"}}
	long := state.WaitState{Op: "channels", Wait: 3 * time.Second, Until: until}
	if got := state.Reduce(s, state.WaitBegan{Account: "other", Wait: long}); got.Waiting != (state.WaitState{}) || !got.Account.WaitUntil.IsZero() {
		t.Error("another account's wait is shown")
	}
	if got := state.Reduce(s, state.WaitBegan{Account: "kollus", Wait: long}); got.Waiting != long || !got.Account.WaitUntil.Equal(until) {
		t.Errorf("waits %+v, the account until %v", got.Waiting, got.Account.WaitUntil)
	}
	usual := state.WaitState{Op: "channels", Wait: time.Second, Until: until}
	if got := state.Reduce(s, state.WaitBegan{Account: "kollus", Wait: usual}); got.Waiting != usual || !got.Account.WaitUntil.IsZero() {
		t.Errorf("a usual wait: %+v, the account until %v", got.Waiting, got.Account.WaitUntil)
	}
}

func TestAWaitThatIsOverIsNotShown(t *testing.T) {
	first := state.WaitBegan{Account: "kollus", Wait: state.WaitState{Op: "channels", Wait: time.Second, Until: time.Unix(10, 0)}}
	next := state.WaitBegan{Account: "kollus", Wait: state.WaitState{Op: "broadcasts/{key}", Wait: time.Second, Until: time.Unix(11, 0)}}
	s := state.Reduce(state.State{Account: state.AccountState{Name: "kollus"}}, first)
	if got := state.Reduce(s, state.WaitEnded(first)); got.Waiting != (state.WaitState{}) {
		t.Errorf("still shown: %+v", got.Waiting)
	}
	s = state.Reduce(s, next)
	if got := state.Reduce(s, state.WaitEnded(first)); got.Waiting != next.Wait {
		t.Errorf("the next wait was taken away: %+v", got.Waiting)
	}
}

func TestASessionThatWaitsIsSeenFromOutside(t *testing.T) {
	e := &Engine{&core{
		log: slog.New(slog.DiscardHandler), now: time.Now, background: task.NewBackground(),
		states: statestore.New(state.State{Account: state.AccountState{Name: "kollus"}}),
	}}
	e.Accounts = &Accounts{core: e.core}
	defer e.background.Close()
	seen := make(chan state.WaitState, 8)
	defer e.Observe(func(_, next state.State) { seen <- next.Waiting })()
	e.Accounts.waiting("kollus")("channels", 20*time.Millisecond)
	if first := <-seen; first.Op != "channels" || first.Wait != 20*time.Millisecond {
		t.Errorf("shown as %+v", first)
	}
	if then := <-seen; then != (state.WaitState{}) {
		t.Errorf("not taken away: %+v", then)
	}
}
