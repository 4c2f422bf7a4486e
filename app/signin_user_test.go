package app

import (
	"errors"
	"testing"

	"cuelight/app/signin"
	"cuelight/app/state"
	"cuelight/providers"
)

// as signs an Engine's account in through the browser, as somebody.
func (s *studio) as(e *Engine, user string, another bool) (providers.Identity, error) {
	s.t.Helper()
	browsed := make(chan error, 1)
	id, err := e.Accounts.SignIn(s.t.Context(), SignIn{NoBrowser: true, AnotherUser: another, Announce: func(url string) {
		go func() { browsed <- s.browse(url, user, "agree") }()
	}})
	if got := <-browsed; got != nil {
		s.t.Fatal(got)
	}
	return id, err
}

// holds fails the test unless the account is somebody's in all that is kept.
func (s *studio) holds(e *Engine, user string) {
	s.t.Helper()
	ingest, err := e.Stream.Ingest(s.t.Context())
	if err != nil || ingest.Key.Reveal() != s.key(user) {
		s.t.Errorf("the stream key is not that of %s (%v)", user, err)
	}
	if account, _ := e.Config().InUse(); account.UserID != user {
		s.t.Errorf("remembered as %q's", account.UserID)
	}
}

// Whoever signed in used to be taken for the account's user, and their key was
// written to OBS without a word.
func TestAnotherUserIsNotSignedInUnasked(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	if err := e.Broadcast.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.holds(e, "soop1234")

	_, err := s.as(e, "baekhogu", false)
	var another *signin.AnotherUserError
	if !errors.As(err, &another) || !errors.Is(err, providers.ErrSignIn) || another.User != "soop1234" || another.Other.UserID != "baekhogu" {
		t.Fatalf("got %v", err)
	}
	if got := e.State(); got.Account.SignedIn != state.SignedIn || got.Account.UserID != "soop1234" || !got.Broadcast.Known {
		t.Errorf("shown as %+v", got.Account)
	}
	s.holds(e, "soop1234")

	if id, err := e.Accounts.AcceptUser(t.Context()); err != nil || id.UserID != "baekhogu" {
		t.Fatalf("accepted %+v, %v", id, err)
	}
	if got := e.State(); got.Account.UserID != "baekhogu" || got.Broadcast.Readable() {
		t.Errorf("shown as %+v with %+v", got.Account, got.Broadcast.Confirmed)
	}
	s.holds(e, "baekhogu")
	if _, err := e.Accounts.AcceptUser(t.Context()); reasonOf(err) != "signin.none_pending" {
		t.Errorf("accepted twice: %v", err)
	}
}

func TestTheSameUserAndOneThatIsAskedForAreTaken(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	if id, err := s.as(e, "soop1234", false); err != nil || id.UserID != "soop1234" {
		t.Fatalf("the same: %+v, %v", id, err)
	}
	s.holds(e, "soop1234")
	if id, err := s.as(e, "kkuljam", true); err != nil || id.UserID != "kkuljam" {
		t.Fatalf("asked for: %+v, %v", id, err)
	}
	s.holds(e, "kkuljam")
}

func TestAnotherUsersSignInIsDroppedByTheNext(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	if _, err := s.as(e, "baekhogu", false); !errors.As(err, new(*signin.AnotherUserError)) {
		t.Fatalf("got %v", err)
	}
	if _, err := s.as(e, "soop1234", false); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Accounts.AcceptUser(t.Context()); reasonOf(err) != "signin.none_pending" {
		t.Errorf("a sign-in that was given up is accepted: %v", err)
	}
	s.holds(e, "soop1234")
}

func TestSetUpTellsWhoseKeyItWrote(t *testing.T) {
	s := newStudio(t)
	done, err := s.signedIn().Stream.SetUp(t.Context(), nil)
	if err != nil || done.User.UserID != "soop1234" {
		t.Errorf("got %+v, %v", done.User, err)
	}
	next, err := s.open().Stream.SetUp(t.Context(), nil) // another process
	if err != nil || next.User.UserID != "soop1234" {
		t.Errorf("got %+v, %v", next.User, err)
	}
}
