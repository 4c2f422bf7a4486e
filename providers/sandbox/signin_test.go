package sandbox_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers/sandbox"
)

// clock is a clock that tests move.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// decide goes through the login page as a browser without scripts does, and
// gives where it is sent.
func decide(t *testing.T, s *sandbox.Server, query url.Values, user, decision string) *url.URL {
	t.Helper()
	var landed *url.URL
	browser := &http.Client{CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if !strings.HasPrefix(r.URL.String(), s.URL()) {
			landed = r.URL
			return http.ErrUseLastResponse
		}
		return nil
	}}
	answer, err := browser.Get(s.URL() + "/soop/auth/code?" + query.Encode())
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(answer.Body)
	_ = answer.Body.Close()
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{`id="user-soop1234"`, `id="agree"`, `id="refuse"`} {
		if !strings.Contains(string(page), id) {
			t.Fatalf("the login page has no %s", id)
		}
	}
	filled := url.Values{"user": {user}, "decision": {decision}}
	for _, field := range strings.Split(string(page), `<input type="hidden" name="`)[1:] {
		name, rest, _ := strings.Cut(field, `" value="`)
		value, _, _ := strings.Cut(rest, `"`)
		filled.Set(name, value)
	}
	answer, err = browser.PostForm(s.URL()+"/soop/auth/login", filled)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusFound || landed == nil {
		t.Fatalf("HTTP %d, sent to %v", answer.StatusCode, landed)
	}
	return landed
}

func TestTheLoginPageLeadsBackWithACodeOrARefusal(t *testing.T) {
	const registered = "http://127.0.0.1:12482/callback"
	for _, c := range []struct {
		name, redirect, state, decision string
		echo                            bool
		want                            string
		wantState                       string
	}{
		{name: "agreed", decision: "agree", want: registered},
		{name: "refused", decision: "refuse", want: registered},
		{name: "state is not echoed", state: "xyz", decision: "agree", want: registered},
		{name: "state is echoed where asked", state: "xyz", decision: "agree", echo: true, want: registered, wantState: "xyz"},
		{name: "another loopback address", redirect: "http://localhost:7777/back", decision: "agree", want: "http://localhost:7777/back"},
		{name: "an address elsewhere", redirect: "https://evil.example/", decision: "agree", want: registered},
		{name: "an address that only looks like loopback", redirect: "http://127.0.0.1.evil.example/", decision: "agree", want: registered},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := open(t, sandbox.Options{Quirks: sandbox.Quirks{EchoState: c.echo}})
			query := url.Values{"client_id": {s.Client().ID}}
			if c.redirect != "" {
				query.Set("redirect_uri", c.redirect)
			}
			if c.state != "" {
				query.Set("state", c.state)
			}
			landed := decide(t, s, query, "baekhogu", c.decision)
			answer := landed.Query()
			if bare := strings.TrimSuffix(landed.String(), "?"+landed.RawQuery); bare != c.want {
				t.Errorf("sent to %s, not %s", bare, c.want)
			}
			if (answer.Get("code") != "") != (c.decision == "agree") || (answer.Get("error") == "access_denied") != (c.decision == "refuse") {
				t.Errorf("came back with code %t and error %q", answer.Has("code"), answer.Get("error"))
			}
			if answer.Get("state") != c.wantState {
				t.Errorf("state is %q", answer.Get("state"))
			}
		})
	}
}

// exchange is POST auth/token; it gives the error, or "" where there is a pair.
func exchange(t *testing.T, s *sandbox.Server, pairs ...string) (string, map[string]any) {
	t.Helper()
	c := s.Client()
	out := askJSON(t, http.MethodPost, s.URL()+"/soop/auth/token",
		form("client_id", c.ID, "client_secret", c.Secret.Reveal())+"&"+form(pairs...))
	problem, _ := out["error"].(string)
	return problem, out
}

func TestACodeIsForOneUseWithinThirtySeconds(t *testing.T) {
	now := newClock()
	s := open(t, sandbox.Options{Now: now.Now})
	code := func() string {
		return decide(t, s, url.Values{"client_id": {s.Client().ID}}, "soop1234", "agree").Query().Get("code")
	}
	use := func(code string, more ...string) string {
		problem, _ := exchange(t, s, append([]string{"grant_type", "authorization_code", "code", code}, more...)...)
		return problem
	}
	once := code()
	if p := use(once, "redirect_uri", "http://127.0.0.1:1/other"); p != "redirect_uri_mismatch" {
		t.Errorf("another redirect URI: %q", p)
	}
	now.pass(29 * time.Second)
	if p := use(once, "redirect_uri", s.Client().RedirectURI); p != "" {
		t.Errorf("a fresh code: %q", p)
	}
	if p := use(once); p != "invalid_grant" {
		t.Errorf("a used code: %q", p)
	}
	late := code()
	now.pass(31 * time.Second)
	if p := use(late); p != "invalid_grant" {
		t.Errorf("a late code: %q", p)
	}
	if p := use(""); p != "invalid_request" {
		t.Errorf("no code: %q", p)
	}
	for kind, want := range map[string]string{"": "invalid_request", "password": "unsupported_grant_type"} {
		if p, _ := exchange(t, s, "grant_type", kind); p != want {
			t.Errorf("grant type %q: %q", kind, p)
		}
	}
	if p, _ := exchange(t, s, "grant_type", "refresh_token", "client_secret", "wrong"); p != "invalid_request" {
		t.Errorf("the first of two secrets counts: %q", p)
	}
	out := askJSON(t, http.MethodPost, s.URL()+"/soop/auth/token",
		form("grant_type", "refresh_token", "client_id", s.Client().ID, "client_secret", "wrong"))
	if out["error"] != "invalid_client" {
		t.Errorf("a wrong secret: %v", out)
	}
}

func TestRefreshTokensRotateUnlessKept(t *testing.T) {
	for _, keep := range []bool{false, true} {
		now := newClock()
		s := open(t, sandbox.Options{Now: now.Now, Quirks: sandbox.Quirks{KeepRefresh: keep}})
		access, refresh := tokens(t, s.URL()+"/soop", s.Client(), "111111")
		now.pass(28801 * time.Second)
		status, body := ask(t, http.MethodPost, s.URL()+"/soop/user/stationinfo", form("access_token", access))
		if status != http.StatusUnauthorized || !strings.Contains(body, `"expired_token"`) {
			t.Errorf("an expired token: %d %s", status, body)
		}
		problem, pair := exchange(t, s, "grant_type", "refresh_token", "refresh_token", refresh)
		renewed, _ := pair["refresh_token"].(string)
		if problem != "" || (renewed == "") != keep || renewed == refresh {
			t.Errorf("keep %t: %q, a new refresh token: %t", keep, problem, renewed != "")
		}
		problem, _ = exchange(t, s, "grant_type", "refresh_token", "refresh_token", refresh)
		if (problem == "") != keep || !keep && problem != "invalid_grant" {
			t.Errorf("keep %t: using it again gives %q", keep, problem)
		}
		fresh, _ := pair["access_token"].(string)
		out := askJSON(t, http.MethodPost, s.URL()+"/soop/user/stationinfo", form("access_token", fresh))
		if out["result"] != 1.0 {
			t.Errorf("the new token: %v", out)
		}
	}
}

func TestWhoMayNotIsToldSo(t *testing.T) {
	narrow := sandbox.Client{ID: "narrow", Secret: secret.New("narrow-secret"), Scope: "user_stationinfo broad_rtmp"}
	s := open(t, sandbox.Options{Clients: []sandbox.Client{narrow}})
	access, _ := tokens(t, s.URL()+"/soop", narrow, "111111")
	for _, c := range []struct {
		name, method, path, query, body string
		status                          int
		want                            string
	}{
		{"outside the scope", "POST", "/soop/broad/rtmp/reset", "", form("access_token", access), 403, `"insufficient_scope"`},
		{"within the scope", "POST", "/soop/user/stationinfo", "", form("access_token", access), 200, `"result":1`},
		{"an unknown token", "POST", "/soop/broad/rtmp", "", form("access_token", "none", "platform_type", "SOOP"), 401, `"invalid_token"`},
		{"no token", "POST", "/afreecatv/broad/rtmp", "", "platform_type=AfreecaTV", 200, `"result":-10,`},
		{"an unknown app, by program", "GET", "/soop/auth/code", "client_id=none", "", 200, `"result":-1104,`},
		{"an unknown app's list", "GET", "/soop/broad/list", "client_id=none", "", 200, `"result":-1104,`},
		{"an unknown app by number", "POST", "/soop/auth/code", "", form("client_id", "none", "auth_type", "api", "certification_number", "111111"), 200, `"result":-1104,`},
		{"a wrong number", "POST", "/soop/auth/code", "", form("client_id", "narrow", "auth_type", "api", "certification_number", "999999"), 200, `"result":-1,`},
		{"a wrong secret at the filters", "GET", "/soop/filter/keyword", "client_id=narrow&client_secret=no", "", 200, `"result":-1104,`},
		{"a filter type of the other dialect", "GET", "/soop/filter/bj", "client_id=narrow&client_secret=narrow-secret", "", 200, `"result":-1,`},
		{"a broken form", "POST", "/soop/broad/rtmp", "", "access_token=%zz", 400, `"invalid_request"`},
		{"the wrong method", "GET", "/soop/broad/rtmp", "", "", 405, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, body := ask(t, c.method, s.URL()+c.path+"?"+c.query, c.body)
			if status != c.status || !strings.Contains(body, c.want) || strings.Contains(body, `"code"`) {
				t.Errorf("HTTP %d %s", status, body)
			}
		})
	}
}
