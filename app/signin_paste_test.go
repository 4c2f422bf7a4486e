package app

import (
	"errors"
	"net"
	"net/url"
	"testing"

	"cuelight/app/state"
)

func TestAWindowTakesAPastedAddressWhereTheBrowserCannotComeBack(t *testing.T) {
	s := newStudio(t)
	e := s.open()
	s.add(e, "mine")
	back, err := url.Parse(s.client.RedirectURI)
	if err != nil {
		t.Fatal(err)
	}
	taken, err := net.Listen("tcp", back.Host)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = taken.Close() })

	_, err = e.Accounts.SignIn(t.Context(), SignIn{NoBrowser: true})
	if reasonOf(err) != "signin.port_taken" {
		t.Errorf("a command gets %v", err)
	}
	e.interactive.Store(true)
	pasted := make(chan error, 1)
	id, err := e.Accounts.SignIn(t.Context(), SignIn{NoBrowser: true, Announce: func(address string) {
		if got := e.State().Account; got.SignedIn != state.SigningIn || reasonOf(got.Err) != "signin.port_taken" {
			t.Errorf("shown as %+v", got)
		}
		go func() {
			landed, err := s.decide(address, "soop1234", "agree")
			pasted <- errors.Join(err, e.Accounts.PasteSignIn(landed))
		}()
	}})
	if got := <-pasted; got != nil {
		t.Fatal(got)
	}
	if err != nil || id.UserID != "soop1234" || e.State().Account.Err != nil {
		t.Errorf("got %+v, %v, %v", id, err, e.State().Account.Err)
	}
}
