package app

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"cuelight/app/signin"
	"cuelight/app/state"
	"cuelight/app/task"
	"cuelight/providers"
	"cuelight/providers/sandbox"
	"cuelight/providers/sandbox/fault"
)

func reasonOf(err error) string {
	var e *providers.Error
	if !errors.As(err, &e) {
		return ""
	}
	return e.Reason
}

func TestSignInWithTheNumberOfTheMobileApp(t *testing.T) {
	s := newStudio(t)
	e := s.open()
	s.add(e, "mine")
	var told []state.Step
	id, err := e.Accounts.SignIn(t.Context(), SignIn{Number: "111 111", Progress: func(st state.Step) { told = append(told, st) }})
	if err != nil || id.UserID != "soop1234" || id.Nick != "자러가자" {
		t.Fatalf("got %+v, %v", id, err)
	}
	if len(told) != 2 || told[0].State != state.StepRunning || told[1].State != state.StepDone || told[1].Detail != id.Nick {
		t.Errorf("told %+v", told)
	}
	if got := e.State().Account; got.SignedIn != state.SignedIn || got.Nick != id.Nick || got.Err != nil {
		t.Errorf("shown as %+v", got)
	}
	// The next process needs no sign-in.
	if next := s.open(); next.Broadcast.Refresh(t.Context()) != nil || next.State().Account.Nick != id.Nick {
		t.Errorf("the next process shows %+v", next.State().Account)
	}
}

func TestAWrongNumberIsSaidAndSignsNobodyIn(t *testing.T) {
	s := newStudio(t)
	e := s.open()
	s.add(e, "mine")
	for number, c := range map[string]struct {
		kind   error
		reason string
	}{"999999": {providers.ErrSignIn, "signin.number"}, "12": {providers.ErrUsage, "number.digits"}} {
		_, err := e.Accounts.SignIn(t.Context(), SignIn{Number: number})
		if !errors.Is(err, c.kind) || reasonOf(err) != c.reason {
			t.Errorf("%s: %v", number, err)
		}
		if got := e.State().Account; got.SignedIn != state.SignedOut || got.Err == nil {
			t.Errorf("%s: shown as %+v", number, got)
		}
	}
}

func TestSignInThroughTheBrowser(t *testing.T) {
	for _, c := range []struct {
		name, decision string
		opens          error
		reason         string
	}{
		{name: "agreed", decision: "agree"},
		{name: "refused", decision: "refuse", reason: "signin.refused"},
		{name: "no browser opens, the user copies the address", decision: "agree", opens: errBad},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStudio(t)
			browsed := make(chan error, 1)
			browse := func(url string) { go func() { browsed <- s.browse(url, "baekhogu", c.decision) }() }
			e := s.open(func(o *Options) {
				o.OpenURL = func(url string) error {
					if c.opens == nil {
						browse(url)
					}
					return c.opens
				}
			})
			s.add(e, "mine")
			var shown state.State
			id, err := e.Accounts.SignIn(t.Context(), SignIn{Announce: func(url string) {
				shown = e.State()
				if c.opens != nil {
					browse(url)
				}
			}})
			if got := <-browsed; got != nil {
				t.Fatal(got)
			}
			if shown.Account.SignedIn != state.SigningIn || shown.Account.SignInURL == "" || !shown.Account.SignInUntil.Equal(noon.Add(signin.Timeout)) {
				t.Errorf("meanwhile shown as %+v", shown.Account)
			}
			if c.reason != "" {
				if reasonOf(err) != c.reason || e.State().Account.SignedIn != state.SignedOut {
					t.Errorf("got %v, shown as %+v", err, e.State().Account)
				}
				return
			}
			if err != nil || id.UserID != "baekhogu" || e.State().Account.SignInURL != "" {
				t.Errorf("got %+v, %v; shown as %+v", id, err, e.State().Account)
			}
			if told := len(e.State().Notices) > 0; told != (c.opens != nil) {
				t.Errorf("notices: %+v", e.State().Notices)
			}
		})
	}
}

func TestSignInByPasting(t *testing.T) {
	s := newStudio(t)
	e := s.open()
	s.add(e, "mine")
	if err := e.Accounts.PasteSignIn("x"); reasonOf(err) != "signin.none_pending" {
		t.Errorf("pasting without a sign-in: %v", err)
	}
	pasted := make(chan error, 1)
	id, err := e.Accounts.SignIn(t.Context(), SignIn{PasteOnly: true, NoBrowser: true, Announce: func(url string) {
		go func() {
			if err := e.Accounts.PasteSignIn("http://127.0.0.1/callback?nothing=here"); reasonOf(err) != "signin.bad_paste" {
				t.Errorf("pasting something else: %v", err)
			}
			landed, err := s.decide(url, "kkuljam", "agree")
			pasted <- errors.Join(err, e.Accounts.PasteSignIn(landed))
		}()
	}})
	if got := <-pasted; got != nil {
		t.Fatal(got)
	}
	if err != nil || id.UserID != "kkuljam" {
		t.Errorf("got %+v, %v", id, err)
	}
}

func TestASignInThatIsGivenUpEnds(t *testing.T) {
	for _, c := range []struct {
		name   string
		giveUp func(e *Engine, cancel func())
	}{
		{"cancelled in Cuelight", func(e *Engine, _ func()) { e.Accounts.CancelSignIn() }},
		{"the caller gives up", func(_ *Engine, cancel func()) { cancel() }},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStudio(t)
			e := s.open()
			s.add(e, "mine")
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			_, err := e.Accounts.SignIn(ctx, SignIn{Announce: func(string) { go c.giveUp(e, cancel) }})
			if err == nil {
				t.Fatal("signed in by nobody")
			}
			if got := e.State().Account; got.SignedIn != state.SignedOut || got.SignInURL != "" {
				t.Errorf("shown as %+v", got)
			}
			if task := e.State().Tasks[state.TaskSignIn]; task.Running || task.Err == nil {
				t.Errorf("task is %+v", task)
			}
			// The address is free again for the next try.
			browsed := make(chan error, 1)
			_, err = e.Accounts.SignIn(t.Context(), SignIn{Announce: func(url string) { go func() { browsed <- s.browse(url, "soop1234", "agree") }() }})
			if err != nil || <-browsed != nil {
				t.Errorf("the next try: %v", err)
			}
		})
	}
}

func TestOneSignInAtATime(t *testing.T) {
	s := newStudio(t)
	e := s.open()
	s.add(e, "mine")
	_, err := e.Accounts.SignIn(t.Context(), SignIn{Announce: func(string) {
		if _, err := e.Accounts.SignIn(t.Context(), SignIn{Number: "111111"}); !errors.Is(err, task.ErrBusy) {
			t.Errorf("the second: %v", err)
		}
		e.Accounts.CancelSignIn()
	}})
	if err == nil {
		t.Error("the first was not cancelled")
	}
}

func TestSigningOutForgetsTheToken(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	if err := e.Accounts.SignOut(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	if got := e.State().Account; got.SignedIn != state.SignedOut || got.Nick != "" {
		t.Errorf("shown as %+v", got)
	}
	for _, name := range s.ring.Names() {
		if strings.Contains(name, "token") {
			t.Errorf("still in the keyring: %s", name)
		}
	}
}

func TestASignInThatThePlatformForgotIsShownAsLost(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	if err := e.Broadcast.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.clock.pass(40 * 24 * time.Hour)
	s.spoil(sandbox.Fault{Endpoint: "broad/rtmp", Kind: fault.ExpiredToken})
	err := e.Broadcast.Refresh(t.Context())
	if !errors.Is(err, providers.ErrSignIn) {
		t.Fatalf("got %v", err)
	}
	if got := e.State(); got.Account.SignedIn != state.SignedOut || got.Account.Err == nil || got.Broadcast.Known {
		t.Errorf("shown as %+v", got.Account)
	}
	if _, err := e.Accounts.SignIn(t.Context(), SignIn{Number: "111111"}); err != nil {
		t.Errorf("signing in again: %v", err)
	}
}

func TestAPlatformThatCannotBeReachedDoesNotSignOut(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	if err := e.Broadcast.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.spoil(sandbox.Fault{Kind: fault.Status, Status: 503, Times: -1})
	if err := e.Broadcast.Refresh(t.Context()); !errors.Is(err, providers.ErrUnreachable) {
		t.Errorf("got %v", err)
	}
	if got := e.State(); got.Account.SignedIn != state.SignedIn || !got.Broadcast.Known || got.Broadcast.Err == nil {
		t.Errorf("shown as %+v", got)
	}
}

func TestTwoProcessesRefreshAnExpiredTokenOnce(t *testing.T) {
	s := newStudio(t)
	first := s.signedIn()
	second := s.open()
	before := s.platform.Faults().Counts()["POST auth/token"]
	s.clock.pass(9 * time.Hour) // access tokens live for 8 hours
	ended := make(chan error, 2)
	for _, e := range []*Engine{first, second} {
		go func() { ended <- e.Broadcast.Refresh(t.Context()) }()
	}
	for range 2 {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
	if asked := s.platform.Faults().Counts()["POST auth/token"] - before; asked != 1 {
		t.Errorf("refreshed %d times", asked)
	}
	if err := first.Broadcast.Refresh(t.Context()); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}
