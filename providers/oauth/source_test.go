package oauth

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"cuelight/internal/secret"
	"cuelight/providers"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func reason(err error) string {
	if e, ok := errors.AsType[*providers.Error](err); ok {
		return e.Reason
	}
	return ""
}

func mustToken(t *testing.T, s *Source, want string) {
	t.Helper()
	got, err := s.Token(context.Background())
	if err != nil || got.Reveal() != want {
		t.Fatalf("token: got %q, %v; want %q", got.Reveal(), err, want)
	}
}

func stored(t *testing.T, v *memoryVault) Token {
	t.Helper()
	tok, found, err := load(context.Background(), v)
	if err != nil || !found {
		t.Fatalf("no token stored: %v", err)
	}
	return tok
}

func TestExchangeStoresTheTokenAndSendsTheCodeOnce(t *testing.T) {
	a, v, c := newAuthority(t, true), newVault(), newClock()
	s := source(t, a, v, c)
	if err := s.Exchange(context.Background(), providers.SignInRequest{}, "good-code"); err != nil {
		t.Fatal(err)
	}
	mustToken(t, s, "access-1")
	tok := stored(t, v)
	if tok.Refresh.Reveal() != "refresh-1" || !tok.Expires.Equal(c.now().Add(8*time.Hour)) || tok.Type != "Bearer" {
		t.Errorf("stored %+v, refresh %q", tok, tok.Refresh.Reveal())
	}
	if a.calls.Load() != 1 || a.styles[0] != "|client-secret-value" {
		t.Errorf("one call with the secret in the form expected, got %d: %q", a.calls.Load(), a.styles)
	}
	signedIn, err := s.SignedIn(context.Background())
	if err != nil || !signedIn {
		t.Errorf("signed in: %v, %v", signedIn, err)
	}
	if err := s.SignOut(context.Background()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Token(context.Background()); !errors.Is(err, providers.ErrSignIn) || reason(err) != "signin.none" {
		t.Errorf("after signing out: %v", err)
	}
}

func TestRefreshIsEarlyAndKeepsOrReplacesTheRefreshToken(t *testing.T) {
	for name, rotate := range map[string]bool{"rotating": true, "not rotating": false} {
		t.Run(name, func(t *testing.T) {
			a, v, c := newAuthority(t, rotate), newVault(), newClock()
			put(t, v, c, 8*time.Hour)
			s := source(t, a, v, c)
			mustToken(t, s, "access-0")
			c.forward(8*time.Hour - EarlyRefresh - time.Second)
			mustToken(t, s, "access-0")
			c.forward(2 * time.Second)
			mustToken(t, s, "access-1")
			c.forward(8 * time.Hour)
			mustToken(t, s, "access-2")
			want := "refresh-0"
			if rotate {
				want = "refresh-2"
			}
			if got := stored(t, v); got.Refresh.Reveal() != want || got.Scope != "broad_rtmp" {
				t.Errorf("refresh token %q, scope %q; want %q and the old scope", got.Refresh.Reveal(), got.Scope, want)
			}
		})
	}
}

func TestManyCallersOfTwoProcessesSendEachRefreshTokenOnce(t *testing.T) {
	a, v, c := newAuthority(t, true), newVault(), newClock()
	put(t, v, c, time.Minute)
	processes := []*Source{source(t, a, v, c), source(t, a, v, c)}
	var group sync.WaitGroup
	for i := range 40 {
		group.Go(func() {
			s := processes[i%2]
			got, err := s.Token(context.Background())
			if i%4 == 3 {
				got, err = s.Replace(context.Background(), secret.New("access-0"))
			}
			if err != nil || got.Reveal() != "access-1" {
				t.Errorf("got %q, %v", got.Reveal(), err)
			}
		})
	}
	group.Wait()
	if n := a.calls.Load(); n != 1 {
		t.Errorf("the refresh token was sent %d times", n)
	}
}

func TestARejectedTokenIsReplacedWhateverTheClockSays(t *testing.T) {
	a, v, c := newAuthority(t, true), newVault(), newClock()
	put(t, v, c, 8*time.Hour)
	s := source(t, a, v, c)
	for range 2 { // the second time it is replaced already
		got, err := s.Replace(context.Background(), secret.New("access-0"))
		if err != nil || got.Reveal() != "access-1" {
			t.Fatalf("got %q, %v", got.Reveal(), err)
		}
	}
	if a.calls.Load() != 1 {
		t.Errorf("%d calls", a.calls.Load())
	}
}

func TestADeadRefreshTokenIsNeverSentAgain(t *testing.T) {
	a, v, c := newAuthority(t, true), newVault(), newClock()
	a.live = map[string]bool{}
	put(t, v, c, time.Minute)
	s := source(t, a, v, c)
	mustToken(t, s, "access-0") // it still works for a minute
	mustToken(t, s, "access-0")
	if a.calls.Load() != 1 || !stored(t, v).Refresh.Empty() {
		t.Fatalf("%d calls, refresh token kept: %v", a.calls.Load(), !stored(t, v).Refresh.Empty())
	}
	c.forward(2 * time.Minute)
	for range 2 {
		_, err := s.Token(context.Background())
		if !errors.Is(err, providers.ErrSignIn) {
			t.Fatalf("got %v", err)
		}
	}
	if a.calls.Load() != 1 {
		t.Errorf("%d calls", a.calls.Load())
	}
	if signedIn, _ := s.SignedIn(context.Background()); signedIn {
		t.Error("a dead token counts as signed in")
	}
}

func TestARejectionNeverRepeatsTheSecretsThatWereSent(t *testing.T) {
	a, v, c := newAuthority(t, true), newVault(), newClock()
	a.live = map[string]bool{}
	put(t, v, c, -time.Minute)
	_, err := source(t, a, v, c).Token(context.Background())
	if !errors.Is(err, providers.ErrSignIn) || reason(err) != "signin.expired" {
		t.Fatalf("got %v", err)
	}
	if text := fmt.Sprintf("%v %+v", err, err); strings.Contains(text, "refresh-0") || !strings.Contains(text, "Invalid refresh token") {
		t.Errorf("error: %s", text)
	}
}

// say answers in place of the authority.
func say(status int, body string, header ...string) func(http.ResponseWriter, *http.Request) bool {
	return func(w http.ResponseWriter, _ *http.Request) bool {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
		return true
	}
}

func TestFailuresAreTold(t *testing.T) {
	cases := map[string]struct {
		answer func(http.ResponseWriter, *http.Request) bool
		kind   error
		reason string
	}{
		"server fault":         {say(503, "<html>down</html>"), providers.ErrUnreachable, "platform.fault"},
		"too frequent":         {say(429, "", "Retry-After", "7"), providers.ErrTooFrequent, "platform.too_frequent"},
		"block page":           {say(403, "<html>blocked</html>"), providers.ErrRefused, "platform.blocked"},
		"page instead":         {say(200, "<html>hello</html>"), providers.ErrBadAnswer, "answer.html"},
		"not JSON":             {say(200, "access_token=abc"), providers.ErrBadAnswer, "answer.not_json"},
		"no token in it":       {say(200, `{"token_type":"Bearer"}`), providers.ErrBadAnswer, "answer.missing"},
		"redirect":             {say(302, "", "Location", "http://127.0.0.1:1/"), providers.ErrBadAnswer, "answer.moved"},
		"too large":            {say(200, strings.Repeat(" ", maxBody+2)), providers.ErrBadAnswer, "answer.too_large"},
		"wrong client":         {say(400, `{"error":"invalid_client"}`), providers.ErrSignIn, "signin.client"},
		"wrong redirect":       {say(400, `{"error":"redirect_uri_mismatch"}`), providers.ErrSignIn, "signin.redirect_mismatch"},
		"error with 200":       {say(200, `{"error":"invalid_grant"}`), providers.ErrSignIn, "signin.code_rejected"},
		"cut off":              {say(200, "{}", "Content-Length", "100"), providers.ErrUnreachable, "answer.cut"},
		"an error all its own": {say(400, `{"message":"no"}`), providers.ErrSignIn, "signin.rejected"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			a, v := newAuthority(t, true), newVault()
			a.answer = tc.answer
			err := source(t, a, v, newClock()).Exchange(context.Background(), providers.SignInRequest{}, "good-code")
			if !errors.Is(err, tc.kind) || reason(err) != tc.reason {
				t.Errorf("got %v; want %v, %s", err, tc.kind, tc.reason)
			}
			if e, _ := errors.AsType[*providers.Error](err); tc.kind == providers.ErrTooFrequent && e.RetryAfter != 7*time.Second {
				t.Errorf("retry after %v", e.RetryAfter)
			}
			if a.calls.Load() != 1 {
				t.Errorf("the code was sent %d times", a.calls.Load())
			}
		})
	}
}

func TestWithoutNetworkTheOldTokenGoesOnWhileItWorks(t *testing.T) {
	a, v, c := newAuthority(t, true), newVault(), newClock()
	var down atomic.Bool
	down.Store(true)
	a.answer = func(http.ResponseWriter, *http.Request) bool {
		if down.Load() {
			panic(http.ErrAbortHandler)
		}
		return false
	}
	put(t, v, c, 4*time.Minute)
	s := source(t, a, v, c)
	mustToken(t, s, "access-0")
	mustToken(t, s, "access-0")
	if a.calls.Load() != 1 {
		t.Errorf("an early refresh that failed was tried again at once: %d calls", a.calls.Load())
	}
	c.forward(5 * time.Minute)
	if _, err := s.Token(context.Background()); !errors.Is(err, providers.ErrUnreachable) {
		t.Errorf("with nothing left: %v", err)
	}
	down.Store(false)
	mustToken(t, s, "access-1")
}

func TestATokenThatCannotBeStoredIsNotUsedAndNotLost(t *testing.T) {
	a, v, c := newAuthority(t, true), newVault(), newClock()
	put(t, v, c, -time.Minute)
	s := source(t, a, v, c)
	v.failSets(true)
	if got, err := s.Token(context.Background()); err == nil {
		t.Fatalf("used an unsaved token %q", got.Reveal())
	}
	v.failSets(false)
	mustToken(t, s, "access-1")
	if a.calls.Load() != 1 || stored(t, v).Refresh.Reveal() != "refresh-1" {
		t.Errorf("%d calls; the spent refresh token must not be sent again", a.calls.Load())
	}
}
