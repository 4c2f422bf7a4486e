package oauth

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
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
	err := source(t, a, v, c).Exchange(context.Background(), providers.SignInRequest{}, "good-code")
	if !errors.Is(err, providers.ErrUsage) || reason(err) != "client_secret.missing" || a.calls.Load() != 0 {
		t.Errorf("got %v after %d calls", err, a.calls.Load())
	}
}

// transportFunc stands for the network, so that the time of a test may be
// synctest's.
type transportFunc func(*http.Request) (*http.Response, error)

func (f transportFunc) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// answerAfter issues access-1 and refresh-1 after a while, or gives up with the
// request's context. calls counts what was sent.
func answerAfter(d time.Duration, calls *atomic.Int64) transportFunc {
	return func(r *http.Request) (*http.Response, error) {
		calls.Add(1)
		if err := pass(r.Context(), d); err != nil {
			return nil, err
		}
		return &http.Response{
			StatusCode: http.StatusOK, Header: http.Header{}, Request: r,
			Body: io.NopCloser(strings.NewReader(`{"access_token":"access-1","refresh_token":"refresh-1","expires_in":28800}`)),
		}, nil
	}
}

// pass lets time pass, unless the context ends first.
func pass(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// slowVault honours contexts, as Vaults promise, and takes its time.
type slowVault struct {
	*memoryVault
	lock, set time.Duration
}

func (v *slowVault) Lock(ctx context.Context) (func(), error) {
	if err := pass(ctx, v.lock); err != nil {
		return nil, err
	}
	return v.memoryVault.Lock(ctx)
}

func (v *slowVault) Set(ctx context.Context, name string, value secret.Text) error {
	if err := pass(ctx, v.set); err != nil {
		return err
	}
	return v.memoryVault.Set(ctx, name, value)
}

// timed makes a Source in synctest's time, over a token that has expired.
func timed(t *testing.T, slow slowVault, answer time.Duration) (*Source, *memoryVault, *atomic.Int64) {
	t.Helper()
	v, c, calls := newVault(), newClock(), &atomic.Int64{}
	put(t, v, c, -time.Minute)
	slow.memoryVault = v
	return NewSource(Config{Vault: &slow, Now: c.now, Endpoint: Endpoint{
		TokenURL: "https://platform.example/token", ClientID: "id",
		HTTP: &http.Client{Transport: answerAfter(answer, calls)},
	}}), v, calls
}

func TestANewTokenHasTimeToBeStoredHoweverLongItTookToCome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, v, calls := timed(t, slowVault{lock: 20 * time.Second, set: 8 * time.Second}, 14*time.Second)
		mustToken(t, s, "access-1")
		if got := stored(t, v).Refresh.Reveal(); got != "refresh-1" || calls.Load() != 1 {
			t.Errorf("stored %q after %d calls", got, calls.Load())
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestARefreshCancelledInTheMiddleIsStoredBeforeTheSessionIsClosed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, v, calls := timed(t, slowVault{}, 10*time.Second)
		ctx, cancel := context.WithCancel(t.Context())
		failed := make(chan error, 1)
		go func() {
			_, err := s.Token(ctx)
			failed <- err
		}()
		time.Sleep(time.Second)
		cancel()
		began := time.Now()
		if err := <-failed; !errors.Is(err, context.Canceled) || time.Since(began) > 0 {
			t.Errorf("the caller got %v after %s", err, time.Since(began))
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if took := time.Since(began); took != 9*time.Second {
			t.Errorf("closed %s after the caller had gone", took)
		}
		if got := stored(t, v); got.Access.Reveal() != "access-1" || got.Refresh.Reveal() != "refresh-1" || calls.Load() != 1 {
			t.Errorf("stored %q and %q after %d calls", got.Access.Reveal(), got.Refresh.Reveal(), calls.Load())
		}
	})
}

func TestClosingGivesUpARefreshThatHasSentNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, v, calls := timed(t, slowVault{}, 0)
		unlock, err := v.Lock(t.Context()) // another process
		if err != nil {
			t.Fatal(err)
		}
		defer unlock()
		failed := make(chan error, 1)
		go func() {
			_, err := s.Token(t.Context())
			failed <- err
		}()
		synctest.Wait()
		began := time.Now()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if took := time.Since(began); took > 0 {
			t.Errorf("closing waited %s for a lock", took)
		}
		if err := <-failed; !errors.Is(err, context.Canceled) || calls.Load() != 0 {
			t.Errorf("%v after %d calls", err, calls.Load())
		}
		if got := stored(t, v).Refresh.Reveal(); got != "refresh-0" {
			t.Errorf("stored %q", got)
		}
		if _, err := s.Token(t.Context()); !errors.Is(err, providers.ErrUnreachable) || calls.Load() != 0 {
			t.Errorf("after closing: %v, %d calls", err, calls.Load())
		}
		if err := s.Exchange(t.Context(), providers.SignInRequest{}, "good-code"); !errors.Is(err, providers.ErrUnreachable) || calls.Load() != 0 {
			t.Errorf("exchange after closing: %v, %d calls", err, calls.Load())
		}
	})
}

func TestAWaitForTheLockEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, v, calls := timed(t, slowVault{}, 0)
		unlock, err := v.Lock(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer unlock()
		began := time.Now()
		_, err = s.Token(t.Context())
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != lockTimeout || calls.Load() != 0 {
			t.Errorf("%v after %s and %d calls", err, time.Since(began), calls.Load())
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestACallToTheTokenEndpointEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, v, _ := timed(t, slowVault{}, time.Hour)
		began := time.Now()
		if _, err := s.Token(t.Context()); !errors.Is(err, providers.ErrUnreachable) || time.Since(began) != CallTimeout {
			t.Errorf("refresh: %v after %s", err, time.Since(began))
		}
		began = time.Now()
		if err := s.Exchange(t.Context(), providers.SignInRequest{}, "good-code"); !errors.Is(err, providers.ErrUnreachable) || time.Since(began) != CallTimeout {
			t.Errorf("exchange: %v after %s", err, time.Since(began))
		}
		if got := stored(t, v).Refresh.Reveal(); got != "refresh-0" {
			t.Errorf("stored %q", got)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestATokenForACodeHasTimeToBeStoredToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, v, _ := timed(t, slowVault{lock: 20 * time.Second, set: 8 * time.Second}, 14*time.Second)
		ctx, cancel := context.WithTimeout(t.Context(), 15*time.Second) // ends once the code is spent
		defer cancel()
		if err := s.Exchange(ctx, providers.SignInRequest{}, "good-code"); err != nil {
			t.Error(err)
		}
		if got := stored(t, v).Refresh.Reveal(); got != "refresh-1" {
			t.Errorf("stored %q", got)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}
