package contract

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/sandbox"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// world is one platform's simulated service and one account on it, in
// synctest's time.
type world struct {
	t        *testing.T
	platform platform
	box      *sandbox.Server
	vault    *vault
	provider providers.Provider
	// ahead is how far the platform's clock is ahead, in nanoseconds.
	ahead atomic.Int64

	mu sync.Mutex // guards what follows
	// calls are what the account's sessions sent; events are those and what was
	// stored, in order.
	calls  []call
	events []string
	// reply, where set, answers in place of the service.
	reply func(*http.Request) *http.Response
	waits []string
}

// call is one request that was sent.
type call struct{ method, path, query, body string }

// run runs a test in a world of its own.
func run(t *testing.T, p platform, test func(w *world)) {
	t.Helper()
	w := &world{platform: p, provider: p.provider()}
	box, err := sandbox.New(sandbox.Options{Now: func() time.Time {
		return time.Now().Add(time.Duration(w.ahead.Load()))
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := box.Close(); err != nil {
			t.Error(err)
		}
	}()
	w.box = box
	synctest.Test(t, func(t *testing.T) {
		w.t = t
		w.vault = &vault{w: w}
		w.vault.Values = map[string]secret.Text{}
		for name, value := range p.account(w).secrets {
			w.vault.Values[name] = value
		}
		test(w)
		if n := len(box.Faults().Pending()); n > 0 && !t.Failed() {
			t.Errorf("%d faults were never met", n)
		}
	})
}

// with runs a test on every platform that has a capability, in a signed-in
// session, and skips the others by name.
func with[T any](t *testing.T, test func(w *world, session T)) {
	t.Helper()
	name := nameOf[T]()
	for _, p := range platforms() {
		t.Run(p.name, func(t *testing.T) {
			if !slices.Contains(p.capabilities, name) {
				t.Skipf("%s has no %s", p.name, name)
			}
			run(t, p, func(w *world) {
				session, ok := w.signedIn().(T)
				if !ok {
					w.t.Fatalf("%s has lost %s", p.name, name)
				}
				test(w, session)
			})
		})
	}
}

// open opens a session of the account; it is closed with the test.
func (w *world) open() providers.Session {
	w.t.Helper()
	return w.openWith(w.vault, w.platform.account(w).Account)
}

func (w *world) openWith(v providers.Vault, a providers.Account) providers.Session {
	w.t.Helper()
	s, err := w.provider.Open(w.box.Point(w.t.Context(), a), providers.Environment{
		Vault: v, HTTP: &http.Client{Transport: network{w}, Timeout: time.Minute},
		Waiting: func(op string, _ time.Duration) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.waits = append(w.waits, op)
		},
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = s.Close() })
	return s
}

// signedIn opens a session and signs it in as a person would.
func (w *world) signedIn() providers.Session {
	w.t.Helper()
	s := w.open()
	if browser, ok := s.(providers.BrowserSignIn); ok {
		request, code := w.approve(browser)
		if err := browser.Exchange(w.t.Context(), request, code); err != nil {
			w.t.Fatal(err)
		}
	}
	w.clear()
	return s
}

// clear forgets what was sent and stored so far.
func (w *world) clear() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.calls, w.events = nil, nil
}

// sent gives what was sent since clear, the token endpoint apart.
func (w *world) sent() (calls []call, tokenCalls int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range w.calls {
		if strings.HasSuffix(c.path, w.platform.tokenPath) && w.platform.tokenPath != "" {
			tokenCalls++
			continue
		}
		calls = append(calls, c)
	}
	return calls, tokenCalls
}

// sentNothing fails where something was sent since clear.
func (w *world) sentNothing(what string) {
	w.t.Helper()
	if calls, tokens := w.sent(); len(calls)+tokens > 0 {
		w.t.Errorf("%s: sent %d calls (%s …) and %d to the token endpoint", what, len(calls), first(calls), tokens)
	}
}

func first(calls []call) string {
	if len(calls) == 0 {
		return "none"
	}
	return calls[0].method + " " + calls[0].path
}

// fault injects a fault into the simulated service.
func (w *world) fault(f sandbox.Fault) {
	w.t.Helper()
	if err := w.box.Faults().Add(f); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) replyWith(reply func(*http.Request) *http.Response) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.reply = reply
}

func (w *world) note(event string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.events = append(w.events, event)
}

// vault is what the keyring is to processes: one store, one lock. It notes what
// is stored, and fails where told to.
type vault struct {
	providers.MemoryVault
	w    *world
	fail atomic.Bool
}

func (v *vault) Set(ctx context.Context, name string, value secret.Text) error {
	if v.fail.Load() {
		return errors.New("keyring is locked")
	}
	v.w.note("set " + name)
	return v.MemoryVault.Set(ctx, name, value)
}

// network hands requests to the simulated service without sockets, so that
// synctest's time applies.
type network struct{ w *world }

func (n network) RoundTrip(r *http.Request) (*http.Response, error) {
	body := []byte{}
	if r.Body != nil {
		body, _ = io.ReadAll(r.Body)
		_ = r.Body.Close()
	}
	n.w.mu.Lock()
	n.w.calls = append(n.w.calls, call{r.Method, r.URL.Path, r.URL.RawQuery, string(body)})
	n.w.events = append(n.w.events, "call "+r.URL.Path)
	reply := n.w.reply
	n.w.mu.Unlock()
	if reply != nil {
		r.Body = io.NopCloser(strings.NewReader(string(body)))
		if resp := reply(r); resp != nil {
			resp.Request = r
			return resp, nil
		}
	}
	return serve(n.w.box.Handler(), r, body)
}

// serve lets the handler answer as a server would, until the caller gives up.
func serve(handler http.Handler, r *http.Request, body []byte) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err // as a transport does, before anything is sent
	}
	in := r.Clone(r.Context())
	in.Host, in.RemoteAddr, in.Body = r.URL.Host, "127.0.0.1:50000", io.NopCloser(strings.NewReader(string(body)))
	out := httptest.NewRecorder()
	aborted := make(chan bool, 1)
	go func() {
		defer func() { aborted <- recover() != nil }()
		handler.ServeHTTP(out, in)
	}()
	select {
	case <-r.Context().Done():
		return nil, r.Context().Err()
	case broken := <-aborted:
		if err := r.Context().Err(); err != nil {
			return nil, err // the handler ended because the caller had gone
		}
		if broken && out.Body.Len() == 0 {
			return nil, errors.New("connection reset by peer")
		}
		resp := out.Result()
		resp.Request = r
		if broken {
			resp.Body = io.NopCloser(io.MultiReader(resp.Body, brokenReader{}))
		}
		return resp, nil
	}
}

// brokenReader is the rest of an answer whose connection broke.
type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// respond makes an answer of the test's own.
func respond(status int, body string, header ...string) *http.Response {
	resp := &http.Response{
		StatusCode: status, Status: fmt.Sprint(status), Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)), ProtoMajor: 1, ProtoMinor: 1,
	}
	for i := 0; i+1 < len(header); i += 2 {
		resp.Header.Set(header[i], header[i+1])
	}
	return resp
}
