package signin

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"testing"
	"time"

	"cuelight/app/state"
	"cuelight/providers"
)

// platform is one whose code is good for a second.
type platform struct {
	redirect  string
	exchanged chan time.Time
}

func (p platform) SignInRequest(string) providers.SignInRequest {
	return providers.SignInRequest{URL: "https://platform.example/auth", RedirectURI: p.redirect}
}

func (p platform) Exchange(context.Context, providers.SignInRequest, string) error {
	p.exchanged <- time.Now()
	return nil
}

// freeRedirect is a redirect URI that nobody listens on.
func freeRedirect(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return fmt.Sprintf("http://127.0.0.1:%d/callback", l.Addr().(*net.TCPAddr).Port)
}

// xdg-open that becomes the browser returns when the browser is closed; the code
// used to be read only then.
func TestACodeIsReadWhileTheBrowserIsOpen(t *testing.T) {
	p := platform{redirect: freeRedirect(t), exchanged: make(chan time.Time, 1)}
	closed := make(chan struct{})
	defer close(closed)
	b := New(Options{
		Emit: func(...state.Event) {}, Now: time.Now, NotOpened: func() { t.Error("the browser was opened") },
		OpenURL: func(string) error {
			answer, err := http.Get(p.redirect + "?code=0123456789abcdef")
			if err == nil {
				_ = answer.Body.Close()
			}
			<-closed
			return err
		},
	})
	done := make(chan error, 1)
	go func() { done <- b.Browse(t.Context(), "mine", p, Way{}) }()
	select {
	case err := <-done:
		if err != nil || len(p.exchanged) != 1 {
			t.Errorf("ended with %v after %d exchanges", err, len(p.exchanged))
		}
	case <-time.After(5 * time.Second):
		t.Fatal("the code waits for the browser to be closed")
	}
}

func TestABrowserThatDoesNotOpenEndsNothing(t *testing.T) {
	p := platform{redirect: freeRedirect(t), exchanged: make(chan time.Time, 1)}
	told := make(chan struct{})
	b := New(Options{
		Emit: func(...state.Event) {}, Now: time.Now, NotOpened: func() { close(told) },
		OpenURL: func(string) error { return net.ErrClosed },
	})
	done := make(chan error, 1)
	go func() { done <- b.Browse(t.Context(), "mine", p, Way{}) }()
	<-told
	if err := b.Paste(p.redirect + "?code=0123456789abcdef"); err != nil {
		t.Error(err)
	}
	if err := <-done; err != nil || len(p.exchanged) != 1 {
		t.Errorf("ended with %v after %d exchanges", err, len(p.exchanged))
	}
}
