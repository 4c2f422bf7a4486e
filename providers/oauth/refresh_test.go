package oauth

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers"
)

func TestARefreshOutlivesTheCallThatBeganIt(t *testing.T) {
	a, v, c := newAuthority(t, true), newVault(), newClock()
	arrived, release := make(chan struct{}), make(chan struct{})
	a.answer = func(http.ResponseWriter, *http.Request) bool {
		close(arrived)
		<-release
		return false
	}
	put(t, v, c, -time.Minute)
	s := source(t, a, v, c)
	ctx, cancel := context.WithCancel(context.Background())
	failed := make(chan error, 1)
	go func() {
		_, err := s.Token(ctx)
		failed <- err
	}()
	<-arrived
	cancel()
	if err := <-failed; !errors.Is(err, context.Canceled) {
		t.Errorf("the caller got %v", err)
	}
	close(release)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if got := stored(t, v); got.Access.Reveal() != "access-1" {
		t.Errorf("the answer of the spent refresh token was lost: %q", got.Access.Reveal())
	}
}

func TestAShortLivedTokenIsNotRefreshedWithEveryCall(t *testing.T) {
	c := newClock()
	tok := Token{Access: secret.New("a"), Issued: c.now(), Expires: c.now().Add(time.Minute)}
	if tok.due(c.now().Add(20*time.Second), EarlyRefresh) || !tok.due(c.now().Add(31*time.Second), EarlyRefresh) {
		t.Error("half of its life is early enough for a token of a minute")
	}
}

func TestAMissingClientSecretIsAUsageError(t *testing.T) {
	a, v, c := newAuthority(t, true), newVault(), newClock()
	delete(v.Values, providers.SecretClient)
	err := source(t, a, v, c).Exchange(context.Background(), "good-code")
	if !errors.Is(err, providers.ErrUsage) || reason(err) != "client_secret.missing" || a.calls.Load() != 0 {
		t.Errorf("got %v after %d calls", err, a.calls.Load())
	}
}
