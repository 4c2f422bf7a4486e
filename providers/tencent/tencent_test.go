package tencent

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/sandbox"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// through serves calls by a handler, without any network, so that the time of
// a test may be synctest's.
type through struct{ handler http.Handler }

func (t through) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Host, r.RemoteAddr = r.URL.Host, "127.0.0.1:50000"
	w := httptest.NewRecorder()
	t.handler.ServeHTTP(w, r)
	answer := w.Result()
	answer.Request = r
	return answer, nil
}

// inSandbox starts the simulated platform.
func inSandbox(t *testing.T, o sandbox.Options) *sandbox.Server {
	t.Helper()
	s, err := sandbox.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// open opens a session for one room of the simulated app.
func open(t *testing.T, s *sandbox.Server, room string) (*session, *vault) {
	t.Helper()
	simulated := s.Tencent()
	v := &vault{Values: map[string]secret.Text{}}
	for name, value := range simulated.Secrets {
		v.Values[name] = value
	}
	account := s.Point(t.Context(), providers.Account{Name: "me", Platform: ID, Channel: room, Settings: simulated.Values})
	return opened(t, account, v, s.Handler()), v
}

func opened(t *testing.T, account providers.Account, v *vault, handler http.Handler) *session {
	t.Helper()
	got, err := New().Open(account, providers.Environment{
		Vault: v, HTTP: &http.Client{Transport: through{handler}, Timeout: time.Minute},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = got.Close() })
	return got.(*session)
}

// answering opens a session over a handler that stands for the platform.
func answering(t *testing.T, room string, handler http.HandlerFunc) (*session, *vault) {
	t.Helper()
	v := &vault{Values: map[string]secret.Text{
		FieldSecretKey: secret.New("0123456789abcdef-synthetic-test-key"),
	}}
	return opened(t, providers.Account{Channel: room, Settings: map[string]string{
		FieldRegion: "seoul", FieldSDKAppID: "1400000000", FieldIdentifier: "administrator",
	}}, v, handler), v
}

func example(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "testdata", "tencent", name))
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
