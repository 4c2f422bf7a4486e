package kollus

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/oauth"
	"cuelight/providers/sandbox"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// through serves calls by a handler, without any network, so that the time of
// a test may be synctest's.
type through struct{ handler http.Handler }

func (t through) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Host, r.RemoteAddr = r.URL.Host, "127.0.0.1:50000"
	if r.Body == nil {
		r.Body = http.NoBody
	}
	w := httptest.NewRecorder()
	t.handler.ServeHTTP(w, r)
	answer := w.Result()
	answer.Request = r
	return answer, nil
}

// world is a sandbox and somebody who uses it, in a time that passes at once.
type world struct {
	t       *testing.T
	sandbox *sandbox.Server
	vault   *vault

	mu    sync.Mutex
	waits []time.Duration
}

// inSandbox runs a test against the simulated platform, whose limit of calls is
// as strict as the document.
func inSandbox(t *testing.T, run func(*world)) {
	t.Helper()
	s, err := sandbox.New(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	synctest.Test(t, func(t *testing.T) {
		w := &world{t: t, sandbox: s, vault: newVault()}
		run(w)
		state, err := s.KollusState(t.Context())
		if err != nil || state.TooMany != 0 {
			t.Errorf("%d of %d calls came too soon (%v)", state.TooMany, state.Calls, err)
		}
	})
}

// open opens a session of a platform for one channel.
func (w *world) open(platform providers.Provider, simulated sandbox.Account, channel string) providers.Session {
	w.t.Helper()
	for name, value := range simulated.Secrets {
		w.vault.Values[name] = value
	}
	account := w.sandbox.Point(w.t.Context(), providers.Account{
		Name: "me", Platform: ID, Channel: channel, Settings: simulated.Values,
	})
	s, err := platform.Open(account, providers.Environment{
		Vault: w.vault, HTTP: &http.Client{Transport: through{w.sandbox.Handler()}, Timeout: time.Minute},
		Waiting: func(_ string, d time.Duration) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.waits = append(w.waits, d)
		},
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = s.Close() })
	return s
}

// byToken opens a session that is signed in by a Personal Access Token.
func (w *world) byToken(channel string) common {
	w.t.Helper()
	return w.open(New(), w.sandbox.Kollus(true), channel).(common)
}

// service opens a session over a handler that stands for the platform, signed
// in by OAuth.
func service(t *testing.T, channel string, handler http.HandlerFunc) (*browserSession, *vault) {
	t.Helper()
	v := newVault()
	v.Values[providers.SecretClient] = secret.New("client-secret-value")
	v.Values[providers.SecretToken] = sealed(t, "0", time.Now().Add(300*24*time.Hour))
	s, err := New().Open(providers.Account{
		Name: "me", Platform: ID, Channel: channel,
		Settings: map[string]string{FieldServiceAccount: "test", FieldClientID: "client-1", FieldBaseURL: "https://live.example"},
	}, providers.Environment{Vault: v, HTTP: &http.Client{Transport: through{handler}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s.(*browserSession), v
}

func sealed(t *testing.T, n string, until time.Time) secret.Text {
	t.Helper()
	value, err := oauth.Token{
		Access: secret.New("access-token-" + n), Refresh: secret.New("refresh-token-" + n), Issued: time.Now(), Expires: until,
	}.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func example(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "testdata", "kollus", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// failure gives the *providers.Error of an error, an empty one where there is
// none.
func failure(err error) *providers.Error {
	if e, ok := errors.AsType[*providers.Error](err); ok {
		return e
	}
	return &providers.Error{}
}

// vault keeps secrets in memory.
type vault = providers.MemoryVault

func newVault() *vault {
	return &vault{Values: map[string]secret.Text{}}
}
