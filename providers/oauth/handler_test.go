package oauth

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"cuelight/providers"
)

// blockingListener accepts what it is given, and else waits until it is closed.
type blockingListener struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newBlockingListener() *blockingListener {
	return &blockingListener{conns: make(chan net.Conn, 1), closed: make(chan struct{})}
}

func (l *blockingListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *blockingListener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

func (*blockingListener) Addr() net.Addr {
	return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 12482}
}

// listening begins a sign-in on a listener without a socket, in synctest's time.
func listening(t *testing.T, opts Options) (*Pending, *blockingListener) {
	t.Helper()
	l := newBlockingListener()
	opts.Listen = func(context.Context, string, string) (net.Listener, error) { return l, nil }
	p, err := Begin(t.Context(), providers.SignInRequest{RedirectURI: "http://127.0.0.1:12482/callback"}, "the-state", opts)
	if err != nil {
		t.Fatal(err)
	}
	return p, l
}

// get asks the handler itself.
func get(p *Pending, host, target string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "http://"+host+target, nil)
	w := httptest.NewRecorder()
	p.handler().ServeHTTP(w, r)
	return w
}

// until gives how long the listener stays open.
func until(t *testing.T, l *blockingListener) time.Duration {
	t.Helper()
	began := time.Now()
	select {
	case <-l.closed:
	case <-time.After(time.Hour):
		t.Error("the listener stays open")
	}
	return time.Since(began)
}

const here = "127.0.0.1:12482"

func TestTheListenerStaysForTheLastPageAndNoLonger(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, l := listening(t, Options{})
		if w := get(p, here, "/callback?code=abcd1234"); w.Code != http.StatusSeeOther || w.Header().Get("Location") != pathSuccess {
			t.Errorf("%d to %q", w.Code, w.Header().Get("Location"))
		}
		if took := until(t, l); took != finalPageTimeout {
			t.Errorf("without the last page it closed after %s", took)
		}
		_ = p.Close()
	})
	synctest.Test(t, func(t *testing.T) {
		p, l := listening(t, Options{})
		get(p, here, "/callback?error=access_denied")
		time.Sleep(time.Second)
		// The page of the other end is none, and does not count as the last one.
		if w := get(p, here, pathSuccess); w.Code != http.StatusNotFound {
			t.Errorf("a success that was none: %d", w.Code)
		}
		synctest.Wait()
		select {
		case <-l.closed:
			t.Error("closed before the last page")
		default:
		}
		if w := get(p, here, pathRefused); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `class="warning"`) {
			t.Errorf("%d %s", w.Code, w.Body)
		}
		if took := until(t, l); took != reloadTime {
			t.Errorf("after the last page it stayed for %s", took)
		}
		_ = p.Close()
	})
}

func TestAnEndWithoutABrowserClosesTheListenerAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, l := listening(t, Options{})
		if err := p.Paste("abcd1234"); err != nil {
			t.Fatal(err)
		}
		if took := until(t, l); took != 0 {
			t.Errorf("closed after %s", took)
		}
		_ = p.Close()
	})
}

func TestAConnectionThatHangsIsCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, l := listening(t, Options{})
		ours, theirs := net.Pipe()
		l.conns <- theirs
		go func() { _, _ = ours.Write([]byte("GET /callback HTTP/1.1\r\n")) }()
		synctest.Wait()
		began := time.Now()
		_ = p.Close()
		if took := time.Since(began); took < shutdownTimeout || took > 2*shutdownTimeout {
			t.Errorf("closing took %s", took)
		}
		if _, err := ours.Read(make([]byte, 1)); err == nil || time.Since(began) > 2*shutdownTimeout {
			t.Errorf("the connection stayed open for %s", time.Since(began))
		}
	})
}

func TestNoConnectionStaysForLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, l := listening(t, Options{})
		ours, theirs := net.Pipe()
		l.conns <- theirs
		began := time.Now()
		_, err := ours.Read(make([]byte, 1))
		if took := time.Since(began); err == nil || took < time.Second || took > 10*time.Second {
			t.Errorf("a silent one: %v after %s", err, took)
		}
		for name, limit := range map[string]time.Duration{
			"the header": p.server.ReadHeaderTimeout, "reading": p.server.ReadTimeout, "writing": p.server.WriteTimeout, "idle": p.server.IdleTimeout,
		} {
			if limit < time.Second || limit > 10*time.Second {
				t.Errorf("%s may take %s", name, limit)
			}
		}
		_ = p.Close()
	})
}

func TestASignInEndsInItsTime(t *testing.T) {
	for given, want := range map[time.Duration]time.Duration{0: PendingTimeout, -1: PendingTimeout, time.Minute: time.Minute} {
		synctest.Test(t, func(t *testing.T) {
			p, l := listening(t, Options{Timeout: given})
			began := time.Now()
			_, err := p.Wait(t.Context())
			if reason(err) != "signin.timeout" || time.Since(began) != want {
				t.Errorf("%s: %v after %s", given, err, time.Since(began))
			}
			until(t, l)
			_ = p.Close()
		})
	}
}

func TestTheHostIsComparedWithoutThePortThatHTTPHasAnyway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, _ := listening(t, Options{})
		for host, want := range map[string]int{here: 400, "127.0.0.1": 421, "localhost:12482": 421, "127.0.0.1:80": 421} {
			if w := get(p, host, "/callback"); w.Code != want {
				t.Errorf("%s: %d", host, w.Code)
			}
		}
		p.redirect.host = "localhost:80"
		for host, want := range map[string]int{"localhost": 400, "LOCALHOST:80": 400, "localhost:8080": 421} {
			if w := get(p, host, "/callback"); w.Code != want {
				t.Errorf("%s: %d", host, w.Code)
			}
		}
		p.redirect.host = "LocalHost"
		for host, want := range map[string]int{"localhost": 400, "localhost:80": 400, "LOCALHOST:80": 400, "localhost:8080": 421} {
			if w := get(p, host, "/callback"); w.Code != want {
				t.Errorf("%s: %d", host, w.Code)
			}
		}
		_ = p.Close()
	})
}

func TestEveryAnswerOfTheListenerIsGuarded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, _ := listening(t, Options{})
		for _, target := range []string{"/", "/callback", pathSuccess, pathRefused, "/callback?code=abcd1234", "/callback?code=again1234"} {
			w := get(p, here, target)
			for name, want := range map[string]string{
				"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
				"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
			} {
				if got := w.Header().Get(name); got != want {
					t.Errorf("%s (%d): %s is %q", target, w.Code, name, got)
				}
			}
			csp := w.Header().Get("Content-Security-Policy")
			if !strings.HasPrefix(csp, "default-src 'none'") || !strings.Contains(csp, "frame-ancestors 'none'") {
				t.Errorf("%s: %q", target, csp)
			}
		}
		_ = p.Close()
	})
}

func TestMissingPagesAreEnglish(t *testing.T) {
	mine := Page{"제목", "글"}
	english := Landing{}.withDefaults()
	if english.Lang != "en" || english.Success.Title == "" || english.Refused.Title == "" || english.Failed.Title == "" {
		t.Errorf("%+v", english)
	}
	for name, c := range map[string]struct{ given, want Landing }{
		"all":          {Landing{"ko", mine, mine, mine}, Landing{"ko", mine, mine, mine}},
		"success only": {Landing{Lang: "ko", Success: mine}, Landing{"ko", mine, english.Refused, english.Failed}},
		"refused only": {Landing{Lang: "ko", Refused: mine}, Landing{"ko", english.Success, mine, english.Failed}},
		"failed only":  {Landing{Lang: "ko", Failed: mine}, Landing{"ko", english.Success, english.Refused, mine}},
		"none":         {Landing{Lang: "ko"}, english},
	} {
		if got := c.given.withDefaults(); got != c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestWaitingSaysWhyItStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, _ := listening(t, Options{})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := p.Wait(ctx); reason(err) != "signin.timeout" || !errors.Is(err, providers.ErrSignIn) {
			t.Errorf("a deadline: %v", err)
		}
		ctx, cancel = context.WithTimeout(t.Context(), time.Hour)
		cancel()
		if _, err := p.Wait(ctx); reason(err) != "signin.over" {
			t.Errorf("a cancel: %v", err)
		}
		_ = p.Close()
	})
}

func TestCodesHaveBounds(t *testing.T) {
	for code, want := range map[string]bool{
		"abc": false, "abcd": true, strings.Repeat("a", maxCodeLength): true, strings.Repeat("a", maxCodeLength+1): false,
		"ab cd": false, "ab!cd": true, "ab~cd": true, "ab\x7fcd": false, "ab\x1fcd": false, "abécd": false, "": false,
	} {
		if validCode(code) != want {
			t.Errorf("%.12q of %d is a code: %t", code, len(code), !want)
		}
	}
}
