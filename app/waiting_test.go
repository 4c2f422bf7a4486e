package app

import (
	"testing"
	"time"
)

func TestOnlyALongWaitOfTheAccountInUseIsShown(t *testing.T) {
	until := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	s := State{Account: AccountState{Name: "kollus"}}
	if got := reduce(s, evWaiting{account: "other", until: until}); !got.Account.WaitUntil.IsZero() {
		t.Error("another account's wait is shown")
	}
	if got := reduce(s, evWaiting{account: "kollus", until: until}); !got.Account.WaitUntil.Equal(until) {
		t.Errorf("waits until %v", got.Account.WaitUntil)
	}
}
