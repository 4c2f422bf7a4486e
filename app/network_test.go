package app

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"cuelight/app/state"
	"cuelight/providers"
	"cuelight/providers/sandbox"
	"cuelight/providers/sandbox/fault"
)

// network is a connection to the platform that can be cut in several ways.
type network struct {
	base  *http.Transport
	fault atomic.Pointer[func(*http.Request) (*http.Response, error)]
}

func newNetwork(t *testing.T) *network {
	n := &network{base: &http.Transport{DisableKeepAlives: true}}
	t.Cleanup(n.base.CloseIdleConnections)
	return n
}

// RoundTrip implements http.RoundTripper.
func (n *network) RoundTrip(r *http.Request) (*http.Response, error) {
	if fault := n.fault.Load(); fault != nil {
		return (*fault)(r)
	}
	return n.base.RoundTrip(r)
}

func (n *network) broken(how func(*http.Request) (*http.Response, error)) { n.fault.Store(&how) }
func (n *network) mended()                                                { n.fault.Store(nil) }

// client is how the Engine calls; it gives up soon, for tests.
func (n *network) client() *http.Client {
	return &http.Client{Transport: n, Timeout: 300 * time.Millisecond}
}

func failing(err error) func(*http.Request) (*http.Response, error) {
	return func(*http.Request) (*http.Response, error) { return nil, err }
}

func dialFailure(err error) error { return &net.OpError{Op: "dial", Net: "tcp", Err: err} }

// silent accepts the request and never answers.
func silent(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

// dripping answers, and never ends the body.
func dripping(r *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Request: r,
		Body: io.NopCloser(io.MultiReader(strings.NewReader(`{"result":1,`), stalled{r.Context()})),
	}, nil
}

type stalled struct{ ctx context.Context }

func (s stalled) Read([]byte) (int, error) {
	<-s.ctx.Done()
	return 0, s.ctx.Err()
}

// typing gives an Engine on which somebody has drafted a title, and its network.
func typing(t *testing.T, s *studio) (*Engine, *network) {
	t.Helper()
	n := newNetwork(t)
	e := s.signedIn(func(o *Options) { o.HTTP = n.client() })
	if err := e.Broadcast.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	e.Broadcast.Draft(providers.Patch{Title: ptr("typed before it broke")})
	return e, n
}

// wantTold asks for words in both languages that tell what to do.
func wantTold(t *testing.T, err error) {
	t.Helper()
	for _, lang := range []string{"ko", "en"} {
		if what, do := Explain(lang, err); what == "" || do == "" {
			t.Errorf("%s: %v is told as %q %q", lang, err, what, do)
		}
	}
}

// survives holds an Engine to what must be true of every fault of the
// platform: right kind, right words, nothing typed lost, nobody signed out, OBS
// untouched; and that all is well when the fault has gone.
func survives(t *testing.T, s *studio, e *Engine, kind error, mend func()) {
	t.Helper()
	before := e.State().Broadcast.Confirmed
	server, key := s.held()
	for name, do := range map[string]func() error{
		"apply":   func() error { return e.Broadcast.Apply(t.Context(), nil) },
		"refresh": func() error { return e.Broadcast.Refresh(t.Context()) },
		"set up":  func() error { _, err := e.Stream.SetUp(t.Context(), nil); return err },
		"start":   func() error { return e.Stream.Start(t.Context(), GoLive{Checked: true}, nil) },
		"reset":   func() error { _, err := e.Stream.ResetKey(t.Context(), nil); return err },
	} {
		err := do()
		if !errors.Is(err, kind) {
			t.Errorf("%s: %v, want %v", name, err, kind)
			continue
		}
		wantTold(t, err)
	}
	got := e.State()
	if got.Broadcast.Draft.Title == nil || got.Broadcast.Confirmed.Title != before.Title || got.Broadcast.Err == nil {
		t.Errorf("shown as %+v", got.Broadcast)
	}
	if got.Account.SignedIn != state.SignedIn {
		t.Errorf("signed out by a fault that is none of the account: %+v", got.Account)
	}
	if nowServer, nowKey := s.held(); nowServer != server || nowKey != key {
		t.Error("OBS was changed")
	}
	mend()
	if err := e.Broadcast.Refresh(t.Context()); err != nil {
		t.Errorf("the next look: %v", err)
	}
	// Where only the answer was lost, the platform has the change already.
	if !e.State().Broadcast.Draft.Empty() {
		if err := e.Broadcast.Apply(t.Context(), nil); err != nil {
			t.Errorf("the next try: %v", err)
		}
	}
	if got := e.State().Broadcast; got.Confirmed.Title != "typed before it broke" || !got.Draft.Empty() || got.Err != nil {
		t.Errorf("in the end shown as %+v", got)
	}
}

func TestEveryFaultOfTheNetworkIsToldAndSurvived(t *testing.T) {
	for name, how := range map[string]func(*http.Request) (*http.Response, error){
		"DNS":                   failing(dialFailure(&net.DNSError{Err: "no such host", Name: "openapi.example", IsNotFound: true})),
		"DNS that does not say": failing(dialFailure(&net.DNSError{Err: "i/o timeout", Name: "openapi.example", IsTimeout: true})),
		"refused":               failing(dialFailure(syscall.ECONNREFUSED)),
		"no route":              failing(dialFailure(syscall.EHOSTUNREACH)),
		"reset":                 failing(&net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}),
		"ended early":           failing(io.ErrUnexpectedEOF),
		"time-out":              silent,
		"a body without an end": dripping,
	} {
		t.Run(name, func(t *testing.T) {
			s := newStudio(t)
			e, n := typing(t, s)
			n.broken(how)
			survives(t, s, e, providers.ErrUnreachable, n.mended)
		})
	}
}

func TestEveryFaultOfThePlatformIsToldAndSurvived(t *testing.T) {
	for _, c := range []struct {
		name  string
		fault sandbox.Fault
		kind  error
	}{
		{"500", sandbox.Fault{Kind: fault.Status, Status: 500}, providers.ErrUnreachable},
		{"502", sandbox.Fault{Kind: fault.Status, Status: 502}, providers.ErrUnreachable},
		{"503", sandbox.Fault{Kind: fault.Status, Status: 503}, providers.ErrUnreachable},
		{"429", sandbox.Fault{Kind: fault.TooMany, RetryAfter: 7}, providers.ErrTooFrequent},
		{"HTML", sandbox.Fault{Kind: fault.HTML}, providers.ErrBadAnswer},
		{"truncated", sandbox.Fault{Kind: fault.Truncated}, providers.ErrUnreachable},
		{"huge", sandbox.Fault{Kind: fault.Huge}, providers.ErrBadAnswer},
		{"slow", sandbox.Fault{Kind: fault.Slow, DelayMS: 60_000}, providers.ErrUnreachable},
		{"null", sandbox.Fault{Kind: fault.Null}, providers.ErrBadAnswer},
		{"misprinted", sandbox.Fault{Kind: fault.Misprint}, providers.ErrBadAnswer},
		{"dropped", sandbox.Fault{Kind: fault.Drop}, providers.ErrUnreachable},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStudio(t)
			e, _ := typing(t, s)
			c.fault.Times = -1
			s.spoil(c.fault)
			survives(t, s, e, c.kind, s.platform.Faults().Clear)
		})
	}
}

func TestATokenThatEndsInTheMiddleIsReplacedUnseen(t *testing.T) {
	for _, kind := range []string{fault.ExpiredToken, fault.InvalidToken} {
		t.Run(kind, func(t *testing.T) {
			s := newStudio(t)
			e, _ := typing(t, s)
			tokens := func() int { return s.platform.Faults().Counts()["POST auth/token"] }
			before := tokens()
			s.spoil(sandbox.Fault{Endpoint: "broad/info/update", Kind: kind})
			if err := e.Broadcast.Apply(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
			if got := e.State(); got.Broadcast.Confirmed.Title != "typed before it broke" || got.Account.SignedIn != state.SignedIn || tokens() != before+1 {
				t.Errorf("shown as %+v after %d refreshes", got.Account, tokens()-before)
			}
		})
	}
}

func TestARefreshOfTheTokenThatFailsSignsNobodyOut(t *testing.T) {
	for _, f := range []sandbox.Fault{
		{Kind: fault.Status, Status: 500}, {Kind: fault.HTML}, {Kind: fault.Drop}, {Kind: fault.TooMany, RetryAfter: 3}, {Kind: fault.Truncated},
	} {
		t.Run(f.Kind, func(t *testing.T) {
			s := newStudio(t)
			e, _ := typing(t, s)
			f.Endpoint, f.Times = "auth/token", -1
			s.spoil(f)
			s.spoil(sandbox.Fault{Endpoint: "broad/info/update", Kind: fault.ExpiredToken})
			err := e.Broadcast.Apply(t.Context(), nil)
			if err == nil || errors.Is(err, providers.ErrSignIn) {
				t.Errorf("got %v", err)
			}
			wantTold(t, err)
			if got := e.State(); got.Account.SignedIn != state.SignedIn || got.Broadcast.Draft.Title == nil {
				t.Errorf("shown as %+v", got.Account)
			}
			s.platform.Faults().Clear()
			if err := e.Broadcast.Apply(t.Context(), nil); err != nil {
				t.Errorf("the next try: %v", err)
			}
		})
	}
}

func TestAClockThatJumpsLosesNoSignIn(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	for _, jump := range []time.Duration{6 * time.Hour, -12 * time.Hour, 400 * 24 * time.Hour, -400 * 24 * time.Hour} {
		s.clock.pass(jump)
		if err := e.Broadcast.Refresh(t.Context()); err != nil && !errors.Is(err, providers.ErrSignIn) {
			t.Errorf("after %v: %v", jump, err)
		}
		// A year is longer than any refresh token lasts; whoever is signed out
		// then is told so and can sign in again at once.
		if e.State().Account.SignedIn != state.SignedIn {
			if jump < 24*time.Hour && jump > -24*time.Hour {
				t.Errorf("after %v signed out", jump)
			}
			if _, err := e.Accounts.SignIn(t.Context(), SignIn{Number: "111111"}); err != nil {
				t.Fatalf("after %v: %v", jump, err)
			}
		}
	}
}
