package state

import (
	"errors"
	"maps"
	"time"

	"cuelight/providers"
)

// A sign-in that is lost forgets what the platform is doing, and keeps what it
// held: whoever is typing goes on, and sends it after signing in again.
func (e SignInChanged) apply(s State) State {
	before := s.Account.SignedIn
	if e.Account != s.Account.Name || before == SigningIn && e.State != SigningIn && !e.Outcome {
		return s
	}
	why := e.Err
	if e.State == SignedOut && before == SignedOut && why == nil {
		why = s.Account.Err // still out, for the reason that was told
	}
	s.Account.SignedIn, s.Account.SignInURL, s.Account.SignInUntil, s.Account.Err = e.State, e.URL, e.Until, why
	switch e.State {
	case SignedOut:
		s.Account.Nick, s.Account.UserID = "", ""
		s.Broadcast.Known, s.Live = false, LiveState{}
		s.OBS.Matches = MatchUnknown
	case SignedIn:
		s.Account.Err = nil // why another attempt failed is the task's to tell
		if before != SignedIn {
			s = s.withoutSignInErrors()
		}
	}
	if e.Forget || e.State == SignedOut && before == SignedIn && why == nil {
		s.Broadcast.Known, s.Broadcast.Confirmed, s.Broadcast.ConfirmedAt = false, providers.Broadcast{}, time.Time{}
		s.Broadcast.Undo, s.Live = providers.Patch{}, LiveState{}
		s.OBS.Matches = MatchUnknown
	}
	return s
}

// withoutSignInErrors drops the failures that wanted a sign-in: there is one now.
func (s State) withoutSignInErrors() State {
	over := func(err error) bool { return errors.Is(err, providers.ErrSignIn) }
	if over(s.Broadcast.Err) {
		s.Broadcast.Err = nil
	}
	if over(s.Live.Err) {
		s.Live.Err = nil
	}
	tasks := maps.Clone(s.Tasks)
	for task, t := range tasks {
		if !t.Running && over(t.Err) {
			tasks[task] = TaskState{Began: t.Began, Ended: t.Ended}
		}
	}
	s.Tasks = tasks
	for _, check := range s.Preflight {
		if over(check.Err) {
			s.Preflight, s.PreflightAt = nil, time.Time{}
			break
		}
	}
	return s
}

func (e Identified) apply(s State) State {
	if e.Account == s.Account.Name {
		s.Account.Nick, s.Account.UserID = e.Identity.Nick, e.Identity.UserID
	}
	return s
}
