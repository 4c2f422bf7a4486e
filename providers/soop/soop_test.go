package soop

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/oauth"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	testToken  = "access-token-0"
	testSecret = "client-secret-value"
)

// received is a call as the service saw it.
type received struct {
	method, path, agent string
	query, form         url.Values
}

// service stands for the platform: it answers what it is told to and remembers
// what it was asked.
type service struct {
	*httptest.Server
	mu      sync.Mutex
	answers map[string][]func(http.ResponseWriter)
	seen    []received
}

func newService(t *testing.T) *service {
	t.Helper()
	s := &service{answers: map[string][]func(http.ResponseWriter){}}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(s.Close)
	return s
}

func (s *service) serve(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	form, _ := url.ParseQuery(string(body))
	s.mu.Lock()
	s.seen = append(s.seen, received{r.Method, r.URL.Path, r.UserAgent(), r.URL.Query(), form})
	key := r.URL.Path
	if _, ok := s.answers[r.Method+" "+key]; ok {
		key = r.Method + " " + key
	}
	queue := s.answers[key]
	var answer func(http.ResponseWriter)
	if len(queue) > 0 {
		answer = queue[0]
		if len(queue) > 1 {
			s.answers[key] = queue[1:]
		}
	}
	s.mu.Unlock()
	if answer == nil {
		http.NotFound(w, r)
		return
	}
	answer(w)
}

// on queues answers of an endpoint; the last one stays.
func (s *service) on(path string, answers ...func(http.ResponseWriter)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(path) > 0 && path[0] != '/' && !containsSpace(path) {
		path = "/" + path
	}
	s.answers[path] = answers
}

func containsSpace(s string) bool {
	for _, r := range s {
		if r == ' ' {
			return true
		}
	}
	return false
}

// asked gives the calls of an endpoint.
func (s *service) asked(path string) (found []received) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.seen {
		if r.path == "/"+path {
			found = append(found, r)
		}
	}
	return found
}

// says makes an answer; the platform labels everything as a web page.
func says(status int, body string, header ...string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		w.Header().Set("Content-Type", "text/html; charset=UTF-8")
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// example is an answer of the documents.
func example(t testing.TB, dialect, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "testdata", "soop", dialect, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// open signs an account in to the service, in one dialect.
func open(t *testing.T, s *service, dialect string) (*session, *vault) {
	t.Helper()
	v := newVault(t)
	opened, err := New().Open(providers.Account{
		Name: "me", Platform: ID,
		Settings: map[string]string{FieldClientID: "client-1", FieldBaseURL: s.URL, FieldDialect: dialect},
	}, providers.Environment{Vault: v})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = opened.Close() })
	return opened.(*session), v
}

// vault keeps secrets in memory.
type vault = providers.MemoryVault

func newVault(t *testing.T) *vault {
	t.Helper()
	value, err := oauth.Token{
		Access: secret.New(testToken), Refresh: secret.New("refresh-token-0"),
		Issued: time.Now(), Expires: time.Now().Add(8 * time.Hour),
	}.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return &vault{Values: map[string]secret.Text{
		providers.SecretClient: secret.New(testSecret), providers.SecretToken: value,
	}}
}

// failure gives the *providers.Error of an error, an empty one where there is
// none.
func failure(err error) *providers.Error {
	if e, ok := errors.AsType[*providers.Error](err); ok {
		return e
	}
	return &providers.Error{}
}

func tokenAnswer(n string) func(http.ResponseWriter) {
	return says(200, `{"access_token":"access-token-`+n+`","expires_in":28800,"token_type":"Bearer","scope":null,"refresh_token":"refresh-token-`+n+`"}`)
}
