package state

import (
	"testing"
	"time"
)

func TestOnlyTheAccountInUseIsShownWaiting(t *testing.T) {
	until := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	s := State{Account: AccountState{Name: "kollus"}}
	long := WaitState{Op: "channels", Wait: 3 * time.Second, Until: until}
	if got := Reduce(s, WaitBegan{Account: "other", Wait: long}); got.Waiting != (WaitState{}) || !got.Account.WaitUntil.IsZero() {
		t.Error("another account's wait is shown")
	}
	if got := Reduce(s, WaitBegan{Account: "kollus", Wait: long}); got.Waiting != long || !got.Account.WaitUntil.Equal(until) {
		t.Errorf("waits %+v, the account until %v", got.Waiting, got.Account.WaitUntil)
	}
	usual := WaitState{Op: "channels", Wait: time.Second, Until: until}
	if got := Reduce(s, WaitBegan{Account: "kollus", Wait: usual}); got.Waiting != usual || !got.Account.WaitUntil.IsZero() {
		t.Errorf("a usual wait: %+v, the account until %v", got.Waiting, got.Account.WaitUntil)
	}
}

func TestAWaitThatIsOverIsNotShown(t *testing.T) {
	first := WaitBegan{Account: "kollus", Wait: WaitState{Op: "channels", Wait: time.Second, Until: time.Unix(10, 0)}}
	next := WaitBegan{Account: "kollus", Wait: WaitState{Op: "broadcasts/{key}", Wait: time.Second, Until: time.Unix(11, 0)}}
	s := Reduce(State{Account: AccountState{Name: "kollus"}}, first)
	if got := Reduce(s, WaitEnded(first)); got.Waiting != (WaitState{}) {
		t.Errorf("still shown: %+v", got.Waiting)
	}
	s = Reduce(s, next)
	if got := Reduce(s, WaitEnded(first)); got.Waiting != next.Wait {
		t.Errorf("the next wait was taken away: %+v", got.Waiting)
	}
}
