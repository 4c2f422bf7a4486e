package oauth

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
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
