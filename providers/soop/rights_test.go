package soop

import (
	"errors"
	"net/url"
	"testing"

	"cuelight/providers"
)

// signIn signs in through the login page, with some rights withheld.
func (s *session) signIn(t *testing.T, through func(address string) string) {
	t.Helper()
	landed, err := url.Parse(through(s.SignInRequest("state").URL))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Exchange(ctx, providers.SignInRequest{}, landed.Query().Get("code")); err != nil {
		t.Fatal(err)
	}
}

func TestARightThatWasWithheldIsToldApartFromALostSignIn(t *testing.T) {
	s, box := simulated(t, dialectSOOP)
	s.signIn(t, func(address string) string {
		return clickThrough(t, address, dialectSOOP, box, "soop1234", "agree", "broad_rtmp_reset", "aqua_component_get", "validate_live_status")
	})
	if _, err := s.Ingest(ctx); err != nil {
		t.Errorf("a right that was allowed: %v", err)
	}
	_, resetErr := s.ResetKey(ctx)
	_, overlayErr := s.Overlay(ctx, providers.OverlayKinds[0], "pc")
	for right, err := range map[string]error{"broad_rtmp_reset": resetErr, "aqua_component_get": overlayErr} {
		e := failure(err)
		if !errors.Is(err, providers.ErrNotGranted) || errors.Is(err, providers.ErrSignIn) || e.Right != right || e.Reason != "platform.scope" {
			t.Errorf("%s: %v, right %q", right, err, e.Right)
		}
	}
	if _, err := s.Live(ctx); failure(err).Reason != ReasonNotOffered {
		t.Errorf("the live status, without which one goes on: %v", err)
	}
	if in, err := s.SignedIn(ctx); err != nil || !in {
		t.Errorf("signed in: %v, %v", in, err)
	}
	refreshes := 0
	for _, call := range box.Calls() {
		if call.Endpoint == "auth/token" {
			refreshes++
		}
	}
	if refreshes != 1 {
		t.Errorf("%d tokens were asked for: a refresh keeps the rights, so it is no cure", refreshes)
	}
	// The cure is to sign in again and to allow it.
	s.signIn(t, func(address string) string {
		return clickThrough(t, address, dialectSOOP, box, "soop1234", "agree")
	})
	if _, err := s.ResetKey(ctx); err != nil {
		t.Errorf("after signing in again: %v", err)
	}
}

func TestEveryRightWithheldIsNotEveryRightGranted(t *testing.T) {
	s, box := simulated(t, dialectSOOP)
	all := []string{
		"broad_rtmp", "broad_rtmp_reset", "broad_info_update", "user_stationinfo", "validate_live_status", "aqua_component_get",
	}
	s.signIn(t, func(address string) string {
		return clickThrough(t, address, dialectSOOP, box, "soop1234", "agree", all...)
	})
	if _, err := s.Ingest(ctx); failure(err).Right != "broad_rtmp" {
		t.Errorf("got %v", err)
	}
}
