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

func TestATokenThatCouldNotBeStoredIsStoredOnClosing(t *testing.T) {
	a, v, c := newAuthority(t, true), newVault(), newClock()
	put(t, v, c, -time.Minute)
	s := source(t, a, v, c)
	v.failSets(true)
	if got, err := s.Token(context.Background()); err == nil {
		t.Fatalf("used an unsaved token %q", got.Reveal())
	}
	if err := s.Close(); err == nil {
		t.Error("closing says nothing of a token that is lost")
	}
	v.failSets(false)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if got := stored(t, v); got.Refresh.Reveal() != "refresh-1" || a.calls.Load() != 1 {
		t.Errorf("stored %q after %d calls", got.Refresh.Reveal(), a.calls.Load())
	}
}

func TestATokenThatSomebodyReplacedMeanwhileIsNotOverwritten(t *testing.T) {
	a, v, c := newAuthority(t, true), newVault(), newClock()
	put(t, v, c, -time.Minute)
	s := source(t, a, v, c)
	v.failSets(true)
	if _, err := s.Token(context.Background()); err == nil {
		t.Fatal("an unsaved token was used")
	}
	v.failSets(false)
	// The user signs in again, in another process.
	theirs := Token{Access: secret.New("theirs"), Refresh: secret.New("their-refresh"), Expires: c.now().Add(time.Hour)}
	if err := save(context.Background(), v, theirs); err != nil {
		t.Fatal(err)
	}
	mustToken(t, s, "theirs")
	if got := stored(t, v); got.Refresh.Reveal() != "their-refresh" {
		t.Errorf("stored %q", got.Refresh.Reveal())
	}
	if s.hasUnsaved() {
		t.Error("the old one is still to be stored")
	}
}

func TestAnUnsavedTokenWaitsWhileTheOldOneWorks(t *testing.T) {
	a, v, c := newAuthority(t, true), newVault(), newClock()
	put(t, v, c, 4*time.Minute)
	s := source(t, a, v, c)
	v.failSets(true)
	if _, err := s.Token(context.Background()); err == nil {
		t.Error("the first call says nothing of a keyring that fails")
	}
	mustToken(t, s, "access-0") // the next tries to store, in vain
	sets := v.tried
	mustToken(t, s, "access-0")
	if v.tried != sets {
		t.Error("every call tries the keyring again")
	}
	c.forward(earlyRetryInterval)
	v.failSets(false)
	mustToken(t, s, "access-1")
	if got := stored(t, v); got.Refresh.Reveal() != "refresh-1" || a.calls.Load() != 1 {
		t.Errorf("stored %q after %d calls", got.Refresh.Reveal(), a.calls.Load())
	}
}

func TestWhatCannotBeForgottenIsTold(t *testing.T) {
	a, c := newAuthority(t, true), newClock()
	a.live = map[string]bool{} // the refresh token is dead
	broken := errors.New("keyring is locked")
	v := &brokenVault{memoryVault: newVault(), remove: broken}
	put(t, v.memoryVault, c, -time.Minute)
	_, err := source(t, a, v, c).Token(context.Background())
	if !errors.Is(err, broken) || !errors.Is(err, providers.ErrSignIn) {
		t.Errorf("an ended token: %v", err)
	}
	put(t, v.memoryVault, c, 4*time.Minute)
	v.failSets(true)
	_, err = source(t, a, v, c).Token(context.Background())
	if !errors.Is(err, providers.ErrSignIn) || !strings.Contains(err.Error(), "keyring is locked") {
		t.Errorf("a token that works yet: %v", err)
	}
}

func TestWithoutTheClientSecretTheOldTokenGoesOnWhileItWorks(t *testing.T) {
	a, v, c := newAuthority(t, true), newVault(), newClock()
	put(t, v, c, 4*time.Minute)
	for _, missing := range []bool{true, false} {
		v.Values[providers.SecretClient] = secret.Text{}
		if missing {
			delete(v.Values, providers.SecretClient)
		}
		s := source(t, a, v, c)
		mustToken(t, s, "access-0")
		if _, err := s.Replace(context.Background(), secret.New("access-0")); reason(err) != "client_secret.missing" {
			t.Errorf("a token that was rejected: %v", err)
		}
	}
	if a.calls.Load() != 0 {
		t.Errorf("%d calls without a secret", a.calls.Load())
	}
}

func TestClosingReportsAVaultThatFails(t *testing.T) {
	a, c := newAuthority(t, true), newClock()
	v := &brokenVault{memoryVault: newVault()}
	put(t, v.memoryVault, c, -time.Minute)
	s := source(t, a, v, c)
	v.failSets(true)
	if _, err := s.Token(context.Background()); err == nil {
		t.Fatal("an unsaved token was used")
	}
	broken := errors.New("keyring has gone")
	v.lock = broken
	if err := s.Close(); !errors.Is(err, broken) {
		t.Errorf("locked: %v", err)
	}
	v.lock, v.get = nil, broken
	if err := s.Close(); !errors.Is(err, broken) {
		t.Errorf("unreadable: %v", err)
	}
	v.get = nil
	v.failSets(false)
	if err := s.SignOut(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("signed out: %v", err)
	}
	if _, found, _ := load(context.Background(), v); found {
		t.Error("closing signs in again")
	}
}
