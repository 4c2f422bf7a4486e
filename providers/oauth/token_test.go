package oauth

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers"
)

func TestATokenIsReadAsItWasWritten(t *testing.T) {
	c := newClock()
	in := Token{
		Access: secret.New("a"), Refresh: secret.New("r"), Type: "Bearer", Scope: "x y", Issued: c.now(), Expires: c.now().Add(time.Hour),
	}
	value, err := in.Encode()
	if err != nil {
		t.Fatal(err)
	}
	out, err := DecodeToken(value)
	if err != nil || !out.Access.Equal(in.Access) || !out.Refresh.Equal(in.Refresh) || out.Type != in.Type || out.Scope != in.Scope ||
		!out.Issued.Equal(in.Issued) || !out.Expires.Equal(in.Expires) {
		t.Errorf("%+v, %v", out, err)
	}
	for _, text := range []string{"", "not JSON with a-secret", `{"refresh":"r"}`, `{"access":"","refresh":"a-secret"}`, `[]`} {
		_, err := DecodeToken(secret.New(text))
		if err == nil || strings.Contains(err.Error(), "a-secret") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestATokenEndsWhenItSays(t *testing.T) {
	c := newClock()
	at := c.now()
	for name, tc := range map[string]struct {
		token      Token
		valid, due bool
	}{
		"in time":         {Token{Access: secret.New("a"), Expires: at.Add(time.Hour)}, true, false},
		"early":           {Token{Access: secret.New("a"), Expires: at.Add(EarlyRefresh)}, true, true},
		"not yet early":   {Token{Access: secret.New("a"), Expires: at.Add(EarlyRefresh + 1)}, true, false},
		"the last moment": {Token{Access: secret.New("a"), Expires: at.Add(1)}, true, true},
		"the end":         {Token{Access: secret.New("a"), Expires: at}, false, true},
		"no end":          {Token{Access: secret.New("a"), Issued: at.Add(-1000 * time.Hour)}, true, false},
		"nothing":         {Token{}, false, false},
		"half of a minute": {
			Token{Access: secret.New("a"), Issued: at.Add(-30 * time.Second), Expires: at.Add(30 * time.Second)}, true, true,
		},
		"before half": {
			Token{Access: secret.New("a"), Issued: at.Add(-29 * time.Second), Expires: at.Add(31 * time.Second)}, true, false,
		},
	} {
		if tc.token.valid(at) != tc.valid || tc.token.due(at, EarlyRefresh) != tc.due {
			t.Errorf("%s: valid %t, due %t", name, tc.token.valid(at), tc.token.due(at, EarlyRefresh))
		}
	}
}

// brokenVault fails where told to.
type brokenVault struct {
	*memoryVault
	get, lock, remove error
}

func (v *brokenVault) Get(ctx context.Context, name string) (secret.Text, error) {
	if v.get != nil {
		return secret.Text{}, v.get
	}
	return v.memoryVault.Get(ctx, name)
}

func (v *brokenVault) Lock(ctx context.Context) (func(), error) {
	if v.lock != nil {
		return nil, v.lock
	}
	return v.memoryVault.Lock(ctx)
}

func (v *brokenVault) Delete(ctx context.Context, name string) error {
	if v.remove != nil {
		return v.remove
	}
	return v.memoryVault.Delete(ctx, name)
}

func TestAVaultThatFailsIsToldAndNotTakenForSignedOut(t *testing.T) {
	a, c := newAuthority(t, true), newClock()
	broken := errors.New("keyring is locked")
	ctx := context.Background()
	calls := func(s *Source) map[string]error {
		_, token := s.Token(ctx)
		_, replaced := s.Replace(ctx, secret.New("access-0"))
		in, signedIn := s.SignedIn(ctx)
		if in {
			t.Error("signed in, by a vault that fails")
		}
		_, expires := s.ExpiresAt(ctx)
		return map[string]error{
			"token": token, "replace": replaced, "signed in": signedIn, "expires": expires,
			"exchange": s.Exchange(ctx, providers.SignInRequest{}, "good-code"),
		}
	}
	v := &brokenVault{memoryVault: newVault(), get: broken}
	put(t, v.memoryVault, c, -time.Minute)
	s := source(t, a, v, c)
	for name, err := range calls(s) {
		if !errors.Is(err, broken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if a.calls.Load() != 0 {
		t.Errorf("%d calls without a client secret", a.calls.Load())
	}
	v.get, v.lock = nil, broken
	for name, err := range map[string]error{"exchange": s.Exchange(ctx, providers.SignInRequest{}, "good-code"), "sign out": s.SignOut(ctx)} {
		if !errors.Is(err, broken) {
			t.Errorf("locked, %s: %v", name, err)
		}
	}
	v.lock, v.remove = nil, broken
	if err := s.SignOut(ctx); !errors.Is(err, broken) {
		t.Errorf("sign out: %v", err)
	}
}

func TestWithoutATokenThereIsNothingToRefreshOrToEnd(t *testing.T) {
	a, v, c := newAuthority(t, true), newVault(), newClock()
	s := source(t, a, v, c)
	ctx := context.Background()
	_, token := s.Token(ctx)
	_, replaced := s.Replace(ctx, secret.New("x"))
	_, expires := s.ExpiresAt(ctx)
	for name, err := range map[string]error{"token": token, "replace": replaced, "expires": expires} {
		if !errors.Is(err, providers.ErrSignIn) || reason(err) != "signin.none" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if in, err := s.SignedIn(ctx); in || err != nil {
		t.Errorf("signed in: %t, %v", in, err)
	}
	put(t, v, c, time.Hour)
	if at, err := s.ExpiresAt(ctx); err != nil || !at.Equal(c.now().Add(time.Hour)) {
		t.Errorf("ends %s, %v", at, err)
	}
	c.forward(2 * time.Hour)
	if in, err := s.SignedIn(ctx); !in || err != nil {
		t.Errorf("with a refresh token: %t, %v", in, err)
	}
}

func TestATokenThatEndsWithoutARefreshTokenIsForgotten(t *testing.T) {
	a, v, c := newAuthority(t, true), newVault(), newClock()
	only := Token{Access: secret.New("access-0"), Expires: c.now().Add(time.Minute)}
	if err := save(context.Background(), v, only); err != nil {
		t.Fatal(err)
	}
	s := source(t, a, v, c)
	mustToken(t, s, "access-0") // due, and nothing to refresh it with
	if _, err := s.Replace(context.Background(), secret.New("another")); err != nil {
		t.Errorf("asked for another although this one is valid: %v", err)
	}
	sets := v.sets
	c.forward(time.Minute)
	if in, _ := s.SignedIn(context.Background()); in {
		t.Error("an ended token counts as signed in")
	}
	if _, err := s.Token(context.Background()); reason(err) != "signin.expired" {
		t.Errorf("%v", err)
	}
	if _, _, err := load(context.Background(), v); err != nil || v.sets != sets || a.calls.Load() != 0 {
		t.Errorf("%v, %d written, %d calls", err, v.sets-sets, a.calls.Load())
	}
	if _, err := v.Get(context.Background(), providers.SecretToken); !errors.Is(err, providers.ErrNoSecret) {
		t.Errorf("the dead token is still there: %v", err)
	}
}

func TestAFailedEarlyRefreshIsTriedAgainAfterAWhile(t *testing.T) {
	a, v, c := newAuthority(t, true), newVault(), newClock()
	a.answer = say(503, "")
	put(t, v, c, 4*time.Minute)
	s := source(t, a, v, c)
	for i, step := range []time.Duration{0, earlyRetryInterval - 1, 1, earlyRetryInterval - 1} {
		c.forward(step)
		mustToken(t, s, "access-0")
		if want := int64(1 + i/2); a.calls.Load() != want {
			t.Errorf("step %d: %d calls, not %d", i, a.calls.Load(), want)
		}
	}
	a.answer = nil
	c.forward(1)
	mustToken(t, s, "access-1")
}
