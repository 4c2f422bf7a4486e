package oauth

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"cuelight/providers"
)

// freeRedirect gives a redirect URI whose port is free now.
func freeRedirect(t *testing.T, host string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return fmt.Sprintf("http://%s:%d/callback", host, l.Addr().(*net.TCPAddr).Port)
}

func begin(t *testing.T, request providers.SignInRequest, opts Options) *Pending {
	t.Helper()
	p, err := Begin(context.Background(), request, "the-state", opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	return p
}

// visit asks as a browser does; follow goes where it is redirected to.
func visit(t *testing.T, method, address, host string, follow bool) (*http.Response, string) {
	t.Helper()
	client := &http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	if !follow {
		client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	}
	req, err := http.NewRequest(method, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	if host != "" {
		req.Host = host
	}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

func wait(t *testing.T, p *Pending) (string, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return p.Wait(ctx)
}

func TestTheCodeComesBackAndLeavesTheAddressBar(t *testing.T) {
	for name, host := range map[string]string{"by name": "localhost", "by number": "127.0.0.1"} {
		t.Run(name, func(t *testing.T) {
			uri := freeRedirect(t, host)
			korean := Landing{Lang: "ko", Success: Page{"로그인되었습니다 <b>", "큐라이트로 돌아가세요."}}
			p := begin(t, providers.SignInRequest{URL: "https://x/auth", RedirectURI: uri}, Options{Landing: korean})
			resp, page := visit(t, http.MethodGet, uri+"?code=abcd1234&state=the-state", "", true)
			if code, err := wait(t, p); err != nil || code != "abcd1234" {
				t.Fatalf("got %q, %v", code, err)
			}
			if strings.Contains(resp.Request.URL.String(), "abcd1234") || strings.Contains(page, "abcd1234") {
				t.Error("the code is still in the browser")
			}
			if !strings.Contains(page, `<html lang="ko">`) || !strings.Contains(page, "로그인되었습니다 &lt;b&gt;") {
				t.Errorf("page: %s", page)
			}
			csp := resp.Header.Get("Content-Security-Policy")
			if !strings.HasPrefix(csp, "default-src 'none'") || resp.Header.Get("Cache-Control") != "no-store" ||
				resp.Header.Get("Referrer-Policy") != "no-referrer" || strings.Contains(page, "<script") {
				t.Errorf("headers: %v", resp.Header)
			}
			_ = p.Close()
			if c, err := net.DialTimeout("tcp", p.redirect.listen[0], time.Second); err == nil {
				_ = c.Close()
				t.Error("the listener outlives the sign-in")
			}
		})
	}
}

func TestJunkNeitherEndsNorStealsASignIn(t *testing.T) {
	uri := freeRedirect(t, "localhost")
	p := begin(t, providers.SignInRequest{RedirectURI: uri, StateRequired: true}, Options{})
	root := strings.TrimSuffix(uri, "/callback")
	cases := map[string]struct {
		method, address, host string
		status                int
	}{
		"another path":               {"GET", root + "/", "", 404},
		"another method":             {"POST", uri + "?code=abcd1234&state=the-state", "", 405},
		"a look without taking":      {"HEAD", uri + "?code=abcd1234&state=the-state", "", 405},
		"another host":               {"GET", uri + "?code=abcd1234&state=the-state", "evil.example:80", 421},
		"a wrong state":              {"GET", uri + "?code=abcd1234&state=other", "", 400},
		"two states":                 {"GET", uri + "?code=abcd1234&state=the-state&state=other", "", 400},
		"no state":                   {"GET", uri + "?code=abcd1234", "", 400},
		"a refusal without state":    {"GET", uri + "?error=access_denied", "", 400},
		"no code":                    {"GET", uri + "?state=the-state", "", 400},
		"two codes":                  {"GET", uri + "?code=abcd1234&code=efgh5678&state=the-state", "", 400},
		"a code that cannot be one":  {"GET", uri + "?code=a%20b%0ac&state=the-state", "", 400},
		"a query that is none":       {"GET", uri + "?code=%zz", "", 400},
		"the last page, too early":   {"GET", root + pathSuccess, "", 404},
		"a header beyond all bounds": {"GET", uri + "?code=" + strings.Repeat("a", 40<<10), "", 431},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			resp, _ := visit(t, tc.method, tc.address, tc.host, false)
			if resp.StatusCode != tc.status {
				t.Errorf("status %d, want %d", resp.StatusCode, tc.status)
			}
		})
	}
	visit(t, http.MethodGet, uri+"?code=good1234&state=the-state", "", true)
	if code, err := wait(t, p); err != nil || code != "good1234" {
		t.Errorf("after all the junk: %q, %v", code, err)
	}
}

func TestACodeIsReadFromAQueryThatIsMalformedInPart(t *testing.T) {
	for _, query := range []string{"?code=good1234&utm=%zz", "?%zz=1&code=good1234", "?code=good1234;&code=good1234&a;b=c"} {
		uri := freeRedirect(t, "localhost")
		p := begin(t, providers.SignInRequest{RedirectURI: uri}, Options{})
		visit(t, http.MethodGet, uri+query, "", true)
		if code, err := wait(t, p); err != nil || code != "good1234" {
			t.Errorf("%s: %q, %v", query, code, err)
		}
	}
}

func TestASecondCodeComesTooLate(t *testing.T) {
	uri := freeRedirect(t, "localhost")
	p := begin(t, providers.SignInRequest{RedirectURI: uri}, Options{})
	visit(t, "GET", uri+"?code=first1234", "", false) // the last page is still to be fetched
	if resp, _ := visit(t, "GET", uri+"?code=second1234", "", false); resp.StatusCode != http.StatusGone {
		t.Errorf("status %d", resp.StatusCode)
	}
	if code, err := wait(t, p); err != nil || code != "first1234" {
		t.Errorf("got %q, %v", code, err)
	}
	if resp, _ := visit(t, "GET", strings.TrimSuffix(uri, "/callback")+pathSuccess, "", false); resp.StatusCode != http.StatusOK {
		t.Errorf("the last page: status %d", resp.StatusCode)
	}
}

func TestAMissingStateIsFineWhereItIsNotRequired(t *testing.T) {
	uri := freeRedirect(t, "localhost")
	p := begin(t, providers.SignInRequest{RedirectURI: uri}, Options{})
	if resp, _ := visit(t, "GET", uri+"?code=abcd1234&state=other", "", false); resp.StatusCode != http.StatusBadRequest {
		t.Errorf("a wrong state is still wrong, got %d", resp.StatusCode)
	}
	visit(t, "GET", uri+"?code=abcd1234", "", true)
	if code, err := wait(t, p); err != nil || code != "abcd1234" {
		t.Errorf("got %q, %v", code, err)
	}
}

func TestARefusalEndsTheSignInWithThePlatformsWords(t *testing.T) {
	uri := freeRedirect(t, "127.0.0.1")
	p := begin(t, providers.SignInRequest{RedirectURI: uri}, Options{})
	_, page := visit(t, "GET", uri+"?error=access_denied&error_description=The+user%0Asaid+no", "", true)
	if !strings.Contains(page, "Not signed in") {
		t.Errorf("page: %s", page)
	}
	_, err := wait(t, p)
	e, _ := errors.AsType[*providers.Error](err)
	if !errors.Is(err, providers.ErrSignIn) || e.Reason != "signin.refused" || e.Message != "The user said no" || e.Code != "access_denied" {
		t.Errorf("got %v", err)
	}
}

func TestNobodyComesBack(t *testing.T) {
	p := begin(t, providers.SignInRequest{RedirectURI: freeRedirect(t, "localhost")}, Options{Timeout: time.Millisecond})
	if _, err := wait(t, p); !errors.Is(err, providers.ErrSignIn) || reason(err) != "signin.timeout" {
		t.Errorf("got %v", err)
	}
}

func TestWaitingCanStopWithoutEndingTheSignIn(t *testing.T) {
	p := begin(t, providers.SignInRequest{}, Options{PasteOnly: true})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := p.Wait(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if err := p.Paste("abcd1234"); err != nil {
		t.Fatal(err)
	}
	if code, err := p.Wait(ctx); err != nil || code != "abcd1234" {
		t.Errorf("got %q, %v", code, err)
	}
}

func TestClosingGivesUp(t *testing.T) {
	p := begin(t, providers.SignInRequest{RedirectURI: freeRedirect(t, "localhost")}, Options{})
	_ = p.Close()
	if _, err := wait(t, p); reason(err) != "signin.over" {
		t.Errorf("got %v", err)
	}
}

func TestPaste(t *testing.T) {
	cases := map[string]struct{ text, code, reason string }{
		"whole address":      {"  http://localhost:12482/callback?code=abcd1234&state=the-state#x ", "abcd1234", ""},
		"address, no state":  {"https://sooplive.co.kr?code=34197c7e4XXXXXXXX", "34197c7e4XXXXXXXX", ""},
		"query alone":        {"?code=abcd1234", "abcd1234", ""},
		"parameter alone":    {"code=abcd1234&state=the-state", "abcd1234", ""},
		"code alone":         {"abcd1234\n", "abcd1234", ""},
		"code in base64":     {"ab/cd+12==", "ab/cd+12==", ""},
		"quoted code":        {`"abcd1234"`, "abcd1234", ""},
		"another sign-in":    {"http://localhost/callback?code=abcd1234&state=other", "", "signin.state"},
		"sign-in page":       {"https://openapi.sooplive.co.kr/auth/code?client_id=ae1d", "", "signin.bad_paste"},
		"sentence":           {"this is not a code", "", "signin.bad_paste"},
		"Hangul":             {"로그인코드", "", "signin.bad_paste"},
		"nothing":            {"   ", "", "signin.bad_paste"},
		"refusal":            {"http://localhost/callback?error=access_denied", "", "signin.refused"},
		"broken percentages": {"http://localhost/callback?code=%zz", "", "signin.bad_paste"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			p := begin(t, providers.SignInRequest{StateRequired: true}, Options{PasteOnly: true})
			err := p.Paste(tc.text)
			if reason(err) != tc.reason || (err == nil) != (tc.reason == "") {
				t.Fatalf("got %v, want %q", err, tc.reason)
			}
			if tc.reason == "signin.state" || tc.reason == "signin.bad_paste" {
				if err := p.Paste("another-try"); err != nil {
					t.Errorf("no second try: %v", err)
				}
				return
			}
			if code, _ := wait(t, p); code != tc.code {
				t.Errorf("got %q", code)
			}
			if err := p.Paste("abcd1234"); reason(err) != "signin.over" {
				t.Errorf("after the end: %v", err)
			}
		})
	}
}

// A platform that does not document what a refusal comes back with sends nothing
// but the state.
func TestAnAnswerWithoutACodeIsARefusalWhereThePlatformHasNoOther(t *testing.T) {
	uri := freeRedirect(t, "localhost")
	p := begin(t, providers.SignInRequest{RedirectURI: uri, StateRequired: true, RefusedWithoutCode: true}, Options{})
	for _, junk := range []string{"", "?state=another", "?code=", "?state=another&code=a-code"} {
		answer, err := http.Get(uri + junk)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if answer.StatusCode != http.StatusBadRequest {
			t.Errorf("%q is answered with %d", junk, answer.StatusCode)
		}
	}
	answer, err := http.Get(uri + "?state=" + p.state)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if _, err := p.Wait(t.Context()); reason(err) != "signin.refused" {
		t.Errorf("ended with %v", err)
	}
}
