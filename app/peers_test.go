package app

import (
	"testing"
	"time"

	"cuelight/app/config"
	"cuelight/app/refresh"
	"cuelight/app/state"
	"cuelight/providers"
)

// beside is a window that is open while others of the same user do things.
func (s *studio) beside(t *testing.T) *Engine {
	t.Helper()
	e := s.open()
	e.refresh.SetIntervals(refresh.Intervals{Idle: time.Hour, Live: time.Hour})
	e.peersInterval = 5 * time.Millisecond
	running(t, e)
	return e
}

func TestAWindowSeesWhatATerminalDoes(t *testing.T) {
	s := newStudio(t)
	terminal := s.open()
	s.add(terminal, "mine")
	window := s.beside(t)
	until(t, window, "signed out", func(s state.State) bool { return s.Account.SignedIn == state.SignedOut })

	if _, err := terminal.Accounts.SignIn(t.Context(), SignIn{Number: "111111"}); err != nil {
		t.Fatal(err)
	}
	first := until(t, window, "the sign-in", func(s state.State) bool { return s.Account.SignedIn == state.SignedIn && s.Account.Nick != "" })

	title := "터미널에서 바꾼 제목"
	if err := terminal.Broadcast.Update(t.Context(), providers.Patch{Title: &title}, nil); err != nil {
		t.Fatal(err)
	}
	until(t, window, "the title", func(s state.State) bool { return s.Broadcast.Confirmed.Title == title })

	if _, err := terminal.Accounts.SignIn(t.Context(), SignIn{Number: "222222", AnotherUser: true}); err != nil {
		t.Fatal(err)
	}
	until(t, window, "the other user", func(s state.State) bool { return s.Account.Nick != "" && s.Account.Nick != first.Account.Nick })

	if err := terminal.Accounts.SignOut(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	until(t, window, "the sign-out", func(s state.State) bool { return s.Account.SignedIn == state.SignedOut })
}

func TestAWindowFollowsTheAccountInUse(t *testing.T) {
	s := newStudio(t)
	terminal := s.open()
	window := s.beside(t)
	s.add(terminal, "mine")
	until(t, window, "the first account", func(s state.State) bool { return s.Account.Name == "mine" })
	s.add(terminal, "other")
	until(t, window, "the one added last", func(s state.State) bool { return s.Account.Name == "other" && len(s.Accounts) == 2 })
	if err := terminal.Accounts.UseAccount(t.Context(), "mine"); err != nil {
		t.Fatal(err)
	}
	until(t, window, "the one taken into use", func(s state.State) bool { return s.Account.Name == "mine" })
	if err := terminal.Accounts.RemoveAccount(t.Context(), "mine"); err != nil {
		t.Fatal(err)
	}
	until(t, window, "the one that is left", func(s state.State) bool { return s.Account.Name == "other" && len(s.Accounts) == 1 })
}

func TestAnAccountForThisRunStaysWhateverOthersDo(t *testing.T) {
	s := newStudio(t)
	terminal := s.open()
	s.add(terminal, "mine")
	s.add(terminal, "other")
	window := s.open()
	if err := window.Accounts.SelectAccount("mine"); err != nil {
		t.Fatal(err)
	}
	window.refresh.SetIntervals(refresh.Intervals{Idle: time.Hour, Live: time.Hour})
	window.peersInterval = 5 * time.Millisecond
	running(t, window)
	s.add(terminal, "third")
	until(t, window, "the third account", func(s state.State) bool { return len(s.Accounts) == 3 })
	window.Configure(func(c *config.Config) { c.Language = "ko" })
	if got := window.State().Account.Name; got != "mine" {
		t.Errorf("the account in use is %q", got)
	}
	if got := s.open().State().Account.Name; got != "third" {
		t.Errorf("the next start uses %q", got)
	}
}

func TestOnesOwnChangesAreNoNews(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	e.refresh.SetIntervals(refresh.Intervals{Idle: time.Hour, Live: time.Hour})
	e.peersInterval = time.Millisecond
	running(t, e)
	until(t, e, "the first answer", func(s state.State) bool { return s.Broadcast.Known })
	e.notifyPeers()
	time.Sleep(50 * time.Millisecond)
	if e.identityStale.Load() {
		t.Error("followed its own change")
	}
}
