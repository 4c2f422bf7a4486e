package oauth

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"cuelight/providers"
)

func TestATakenPortIsNamed(t *testing.T) {
	for name, host := range map[string]string{"127.0.0.1": "127.0.0.1", "::1": "[::1]"} {
		t.Run(name, func(t *testing.T) {
			holder, err := net.Listen("tcp", net.JoinHostPort(name, "0"))
			if err != nil {
				t.Skipf("this machine has no %s", host)
			}
			defer holder.Close()
			port := holder.Addr().(*net.TCPAddr).Port
			uri := fmt.Sprintf("http://localhost:%d/callback", port)
			synctest.Test(t, func(t *testing.T) { // it is tried again for two seconds
				began := time.Now()
				_, err = Begin(t.Context(), providers.SignInRequest{RedirectURI: uri}, "s", Options{})
				if took := time.Since(began); took < portRetryTimeout || took > portRetryTimeout+2*portRetryInterval {
					t.Errorf("given up after %s", took)
				}
			})
			if !errors.Is(err, providers.ErrUsage) || reason(err) != "signin.port_taken" ||
				!strings.Contains(err.Error(), fmt.Sprintf("localhost:%d", port)) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestAMachineWithOneAddressFamilyListensOnThatOne(t *testing.T) {
	var asked []string
	listen := func(ctx context.Context, network, address string) (net.Listener, error) {
		asked = append(asked, network+" "+address)
		if network == "tcp6" {
			return nil, &net.OpError{Op: "listen", Err: errors.New("address family not supported by protocol")}
		}
		return (&net.ListenConfig{}).Listen(ctx, network, address)
	}
	uri := freeRedirect(t, "localhost")
	p := begin(t, providers.SignInRequest{RedirectURI: uri}, Options{Listen: listen})
	visit(t, "GET", uri+"?code=abcd1234", "", true)
	if code, err := wait(t, p); err != nil || code != "abcd1234" {
		t.Errorf("got %q, %v", code, err)
	}
	if len(asked) != 2 || !strings.HasPrefix(asked[0], "tcp4 127.0.0.1:") || !strings.HasPrefix(asked[1], "tcp6 [::1]:") {
		t.Errorf("asked for %q", asked)
	}
}

func TestOnlyLoopbackRedirectsCanBeListenedOn(t *testing.T) {
	cases := map[string]string{
		"http://localhost:12482/callback":  "",
		"http://127.0.0.1:12482":           "",
		"http://[::1]:12482/cb":            "",
		"http://localhost/cb":              "",
		"https://localhost:12482/callback": "signin.redirect_not_loopback",
		"http://sooplive.co.kr/callback":   "signin.redirect_not_loopback",
		"http://localhost.evil.kr/":        "signin.redirect_not_loopback",
		"http://0.0.0.0:12482/":            "signin.redirect_not_loopback",
		"http://192.168.0.2:12482/":        "signin.redirect_not_loopback",
		"http://user@localhost:12482/":     "signin.redirect_invalid",
		"http://localhost:0/":              "signin.redirect_invalid",
		"localhost:12482":                  "signin.redirect_invalid",
		"":                                 "signin.redirect_invalid",
	}
	for uri, want := range cases {
		_, err := parseRedirect(uri)
		if reason(err) != want || (err == nil) != (want == "") {
			t.Errorf("%q: got %v, want %q", uri, err, want)
		}
		if err != nil && !strings.Contains(err.Error(), "http://localhost:12482/callback") {
			t.Errorf("%q: the error does not say what to register: %v", uri, err)
		}
	}
}

func TestStatesDiffer(t *testing.T) {
	if a, b := NewState(), NewState(); a == b || len(a) < 22 {
		t.Errorf("%q, %q", a, b)
	}
}

// listenLike begins a sign-in where listening ends as told, by the address.
func listenLike(t *testing.T, ends func(address string) error) (closed *atomic.Int64, err error) {
	t.Helper()
	closed = &atomic.Int64{}
	listen := func(_ context.Context, _, address string) (net.Listener, error) {
		if err := ends(address); err != nil {
			return nil, &net.OpError{Op: "listen", Err: err}
		}
		return closeCounter{newBlockingListener(), closed}, nil
	}
	p, err := Begin(t.Context(), providers.SignInRequest{RedirectURI: "http://localhost:12482/cb"}, "s", Options{Listen: listen})
	if err == nil {
		_ = p.Close()
	}
	return closed, err
}

type closeCounter struct {
	*blockingListener
	n *atomic.Int64
}

func (c closeCounter) Close() error {
	c.n.Add(1)
	return c.blockingListener.Close()
}

func TestWhatCannotBeListenedOnIsTold(t *testing.T) {
	absent := errors.New("address family not supported by protocol")
	for name, c := range map[string]struct {
		four, six error
		reason    string
		closed    int64
		took      time.Duration
	}{
		"no address at all":         {absent, absent, "signin.port_denied", 0, 0},
		"not allowed on the first":  {fs.ErrPermission, nil, "signin.port_denied", 0, 0},
		"not allowed on the second": {nil, fs.ErrPermission, "signin.port_denied", 1, 0},
		"taken on the second":       {nil, syscall.EADDRINUSE, "signin.port_taken", 41, portRetryTimeout},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				closed, err := listenLike(t, func(address string) error {
					if strings.HasPrefix(address, "[") {
						return c.six
					}
					return c.four
				})
				e, _ := errors.AsType[*providers.Error](err)
				if e == nil || e.Reason != c.reason || e.Field != "redirect_uri" || !errors.Is(err, providers.ErrUsage) ||
					!strings.Contains(err.Error(), "localhost:12482") {
					t.Errorf("%v", err)
				}
				if c.took == 0 && time.Since(began) > 0 || time.Since(began) < c.took {
					t.Errorf("told after %s", time.Since(began))
				}
				// What was opened is not left open.
				if c.took == 0 && closed.Load() != c.closed || c.took > 0 && closed.Load() < c.closed {
					t.Errorf("%d closed, not %d", closed.Load(), c.closed)
				}
			})
		})
	}
}

func TestAPortThatGetsFreeIsTaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		_, err := listenLike(t, func(string) error {
			if time.Since(began) < time.Second {
				return syscall.EADDRINUSE
			}
			return nil
		})
		if took := time.Since(began); err != nil || took != time.Second {
			t.Errorf("%v after %s", err, took)
		}
	})
}

func TestNobodyWaitsForAPortAfterACancel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 120*time.Millisecond)
		defer cancel()
		taken := func(context.Context, string, string) (net.Listener, error) {
			return nil, &net.OpError{Op: "listen", Err: syscall.EADDRINUSE}
		}
		began := time.Now()
		_, err := Begin(ctx, providers.SignInRequest{RedirectURI: "http://127.0.0.1:12482/cb"}, "s", Options{Listen: taken})
		if reason(err) != "signin.port_taken" || time.Since(began) != 120*time.Millisecond {
			t.Errorf("%v after %s", err, time.Since(began))
		}
		// A context that has ended makes any error the last one.
		attempts := 0
		odd := func(context.Context, string, string) (net.Listener, error) {
			attempts++
			return nil, errors.New("odd")
		}
		_, err = Begin(ctx, providers.SignInRequest{RedirectURI: "http://localhost:12482/cb"}, "s", Options{Listen: odd})
		if reason(err) != "signin.port_denied" || attempts != 1 {
			t.Errorf("%v after %d attempts", err, attempts)
		}
	})
}
