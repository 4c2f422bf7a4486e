package chzzk

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/oauth"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// service stands for the platform: it has an answer for each "METHOD path" and
// remembers what it was asked.
type service struct {
	mu      sync.Mutex // guards what follows
	answers map[string]string
	status  map[string]int
	seen    []received
}

// received is a call as the platform saw it.
type received struct {
	call, body string
	header     http.Header
}

func newService() *service { return &service{answers: map[string]string{}, status: map[string]int{}} }

func (s *service) RoundTrip(r *http.Request) (*http.Response, error) {
	body, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	defer s.mu.Unlock()
	call := r.Method + " " + strings.TrimPrefix(strings.TrimPrefix(r.URL.Path, "/"), "open/v1/")
	s.seen = append(s.seen, received{call, string(body), r.Header})
	answer, known := s.answers[call]
	status := s.status[call]
	switch {
	case !known:
		status, answer = http.StatusNotFound, `{"code":404,"message":"NOT_FOUND"}`
	case status == 0:
		status = http.StatusOK
	}
	return &http.Response{
		StatusCode: status, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(strings.NewReader(answer)), Request: r,
	}, nil
}

// on sets an answer.
func (s *service) on(call string, status int, answer string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[call], s.status[call] = answer, status
}

// times counts the calls, and gives the last one.
func (s *service) times(call string) (n int, last received) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.seen {
		if r.call == call {
			n, last = n+1, r
		}
	}
	return n, last
}

const tokenCall = "POST " + opToken

// account opens a session that is signed in with access-0 and refresh-0.
func (s *service) account(t *testing.T, settings map[string]string) (providers.Session, *providers.MemoryVault) {
	t.Helper()
	value, err := oauth.Token{Access: secret.New("access-0"), Refresh: secret.New("refresh-0")}.Encode()
	if err != nil {
		t.Fatal(err)
	}
	vault := providers.NewMemoryVault(map[string]secret.Text{FieldClientSecret: secret.New("client-secret"), providers.SecretToken: value})
	all := map[string]string{FieldClientID: "client-id"}
	for key, value := range settings {
		all[key] = value
	}
	session, err := New().Open(
		providers.Account{Name: "me", Platform: ID, Settings: all},
		providers.Environment{Vault: vault, HTTP: &http.Client{Transport: s}},
	)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = session.Close() })
	return session, vault
}

func token(t *testing.T, vault providers.Vault) oauth.Token {
	t.Helper()
	value, err := vault.Get(context.Background(), providers.SecretToken)
	if err != nil {
		return oauth.Token{}
	}
	got, err := oauth.DecodeToken(value)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func failure(err error) *providers.Error {
	if e, ok := errors.AsType[*providers.Error](err); ok {
		return e
	}
	return &providers.Error{}
}
