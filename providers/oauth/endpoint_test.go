package oauth

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"cuelight/internal/secret"
	"cuelight/providers"
)

func TestNumbersThatX_oauth2CannotReadDoNotCostTheToken(t *testing.T) {
	for in, want := range map[string]string{
		`{"expires_in":28800}`:          `{"expires_in":28800}`,
		`{"expires_in":"28800"}`:        `{"expires_in":"28800"}`,
		`{"a":1}`:                       `{"a":1}`,
		`{"expires_in":28800.7,"a":1}`:  `{"a":1,"expires_in":28800}`,
		`{"expires_in":2.88e4}`:         `{"expires_in":28800}`,
		`{"expires_in":"soon"}`:         `{}`,
		`{"expires_in":null}`:           `{}`,
		`{"expires_in":[1]}`:            `{}`,
		`{"expires_in":0.0}`:            `{}`,
		`{"expires_in":-0.5}`:           `{}`,
		`{"expires_in":0.5}`:            `{"expires_in":0}`,
		`{"expires_in":2147483647.5}`:   `{"expires_in":2147483647}`,
		`{"expires_in":2147483648.0}`:   `{}`,
		`{"expires_in":1e300}`:          `{}`,
		"\xef\xbb\xbf {\"a\":1} \n":     `{"a":1}`,
		`[1]`:                           `[1]`,
		`{"expires_in":99999999999999}`: `{"expires_in":99999999999999}`,
	} {
		if got := string(normalizeJSON([]byte(in))); got != want {
			t.Errorf("%s becomes %s, not %s", in, got, want)
		}
	}
}

func TestPagesAreTakenForPagesHoweverTheyBegin(t *testing.T) {
	for body, want := range map[string]bool{
		"<html>": true, " \n\t<!doctype html>": true, `{"a":"<b>"}`: false, "": false,
		strings.Repeat(" ", 511) + "<": true, strings.Repeat(" ", 512) + "<": false,
	} {
		if looksLikeHTML([]byte(body)) != want {
			t.Errorf("%.20q is a page: %t", body, !want)
		}
	}
}

func TestATokenAnswerIsAskedForAndReadAsOne(t *testing.T) {
	var got http.Header
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r.Header
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "kept"})
		w.Header().Set("Content-Type", "text/html") // as some platforms label JSON
		_, _ = w.Write([]byte(`{"access_token":"a-1","refresh_token":"r-1","token_type":"Bearer","expires_in":60,"scope":"x y"}`))
	}))
	defer server.Close()
	c := newClock()
	for agent, want := range map[string]string{"Cuelight/1": "Cuelight/1", "": "Go-http-client/1.1"} {
		e := Endpoint{TokenURL: server.URL, ClientID: "id", UserAgent: agent, HTTP: server.Client()}
		token, err := e.exchange(t.Context(), secret.New("client-secret"), providers.SignInRequest{}, "good-code", c.now)
		if err != nil {
			t.Fatal(err)
		}
		if got.Get("User-Agent") != want || !strings.Contains(got.Get("Accept"), "application/json") || got.Get("Cookie") != "" {
			t.Errorf("sent %v", got)
		}
		if token.Access.Reveal() != "a-1" || token.Refresh.Reveal() != "r-1" || token.Type != "Bearer" || token.Scope != "x y" ||
			!token.Issued.Equal(c.now()) || !token.Expires.Equal(c.now().Add(time.Minute)) {
			t.Errorf("read %+v", token)
		}
	}
}

func TestATokenWithoutAnEndDoesNotEnd(t *testing.T) {
	a, v, c := newAuthority(t, true), newVault(), newClock()
	a.answer = func(w http.ResponseWriter, _ *http.Request) bool {
		_, _ = w.Write([]byte(`{"access_token":"a-1","expires_in":0}`))
		return true
	}
	s := source(t, a, v, c)
	if err := s.Exchange(t.Context(), providers.SignInRequest{}, "good-code"); err != nil {
		t.Fatal(err)
	}
	if at, err := s.ExpiresAt(t.Context()); err != nil || !at.IsZero() {
		t.Errorf("ends %s, %v", at, err)
	}
	c.forward(1000 * time.Hour)
	mustToken(t, s, "a-1")
	if a.calls.Load() != 1 {
		t.Errorf("%d calls", a.calls.Load())
	}
}

func TestARedirectIsNotFollowedWithTheSecrets(t *testing.T) {
	elsewhere := 0
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere++ }))
	defer other.Close()
	a, v := newAuthority(t, true), newVault()
	a.answer = func(w http.ResponseWriter, r *http.Request) bool {
		http.Redirect(w, r, other.URL, http.StatusTemporaryRedirect)
		return true
	}
	if err := source(t, a, v, newClock()).Exchange(t.Context(), providers.SignInRequest{}, "good-code"); reason(err) != "answer.moved" {
		t.Errorf("%v", err)
	}
	if elsewhere != 0 {
		t.Error("the secrets went elsewhere")
	}
}

func TestWithoutAClientOfItsOwnTheDefaultOneIsBounded(t *testing.T) {
	client, _ := Endpoint{}.withClient(t.Context()).Value(oauth2.HTTPClient).(*http.Client)
	if client == nil || client.Timeout != CallTimeout || client.Jar != nil {
		t.Fatalf("%+v", client)
	}
	if r, ok := client.Transport.(jsonTransport); !ok || r.base != http.DefaultTransport {
		t.Errorf("%+v", client.Transport)
	}
	own := &http.Client{Timeout: time.Second, Transport: transportFunc(nil)}
	client, _ = Endpoint{HTTP: own}.withClient(t.Context()).Value(oauth2.HTTPClient).(*http.Client)
	if r, ok := client.Transport.(jsonTransport); !ok || client.Timeout != time.Second || r.base == http.DefaultTransport {
		t.Errorf("%+v", client)
	}
	if own.CheckRedirect != nil {
		t.Error("the client that was lent is changed")
	}
}

func TestAPlatformMayFindARefusalItself(t *testing.T) {
	a, v := newAuthority(t, true), newVault()
	s := source(t, a, v, newClock())
	var statuses []int
	s.cfg.Endpoint.Inspect = func(status int, body []byte) error {
		statuses = append(statuses, status)
		return &providers.Error{Kind: providers.ErrRefused, Reason: "own", Message: "no for good-code and client-secret-value"}
	}
	err := s.Exchange(t.Context(), providers.SignInRequest{}, "good-code")
	e, _ := errors.AsType[*providers.Error](err)
	if e == nil || e.Reason != "own" || e.Op != opToken || e.Message != "no for "+secret.Mask+" and "+secret.Mask || len(statuses) != 1 {
		t.Errorf("%v after %v", err, statuses)
	}
	// What names its call keeps the name.
	named := callError(t.Context(), &providers.Error{Kind: providers.ErrRefused, Op: "auth/code"}, grantCode)
	if e, _ := errors.AsType[*providers.Error](named); e.Op != "auth/code" {
		t.Errorf("%v", named)
	}
}

func TestAContextThatHasEndedIsTheReason(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	if err := callError(ctx, errors.New("odd"), grantCode); reason(err) != "answer.missing" || !errors.Is(err, providers.ErrBadAnswer) {
		t.Errorf("alive: %v", err)
	}
	cancel()
	if err := callError(ctx, errors.New("odd"), grantCode); !errors.Is(err, context.Canceled) || !errors.Is(err, providers.ErrUnreachable) {
		t.Errorf("ended: %v", err)
	}
}
