package oauth

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"cuelight/internal/secret"
	"cuelight/internal/text"
	"cuelight/providers"
)

// answering is a network that has one answer for everything.
type answering struct {
	status int
	body   string
}

func (a answering) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: a.status, Request: r, Header: http.Header{"Content-Type": {"text/html"}, "Retry-After": {"7"}},
		Body: io.NopCloser(strings.NewReader(a.body)),
	}, nil
}

// FuzzTokenAnswer reads what a token endpoint answers: what is taken is a token
// that can be stored, and what is refused is told without what was sent.
func FuzzTokenAnswer(f *testing.F) {
	f.Add(200, `{"access_token":"a","token_type":"bearer","refresh_token":"r","expires_in":28800,"scope":"x"}`)
	f.Add(200, "\xef\xbb\xbf"+`{"access_token":"a","expires_in":"2.88e4","refresh_token":null}`)
	f.Add(200, `{"access_token":"","expires_in":-1}`)
	f.Add(400, `{"error":"invalid_grant","error_description":"sent-refresh-token \u001b[31m is over"}`)
	f.Add(401, `{"error":"invalid_client","hint":{"a":1},"message":"sent-client-secret"}`)
	f.Add(403, "<html>sent-client-secret</html>")
	f.Add(503, "")
	f.Add(302, "{}")
	f.Fuzz(func(t *testing.T, status int, body string) {
		if status < 200 || status > 599 {
			return
		}
		now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		e := Endpoint{
			TokenURL: "https://platform.example/token", ClientID: "client",
			HTTP: &http.Client{Transport: answering{status, body}},
		}
		got, err := e.refresh(t.Context(), secret.New("sent-client-secret"), secret.New("sent-refresh-token"), func() time.Time { return now })
		if err != nil {
			told, ok := errors.AsType[*providers.Error](err)
			if !ok || told.Kind == nil {
				t.Fatalf("%d %q is told as %v", status, body, err)
			}
			if words := err.Error(); strings.Contains(words, "sent-client-secret") || strings.Contains(words, "sent-refresh-token") {
				t.Errorf("%d %q is told as %q", status, body, words)
			}
			if text.Line(told.Message) != told.Message || utf8.RuneCountInString(told.Message) > maxMessage+1 {
				t.Errorf("%d %q has the message %q", status, body, told.Message)
			}
			return
		}
		if got.Access.Empty() || got.Refresh.Empty() || !got.Expires.IsZero() && got.Expires.Before(now) {
			t.Errorf("%d %q gives a token without an end that can be used", status, body)
		}
		value, err := got.Encode()
		if err != nil {
			t.Fatalf("%d %q gives a token that cannot be stored: %v", status, body, err)
		}
		again, err := DecodeToken(value)
		if err != nil || !again.Access.Equal(got.Access) || !again.Refresh.Equal(got.Refresh) || !again.Expires.Equal(got.Expires) {
			t.Errorf("%d %q gives a token that is another once stored: %v", status, body, err)
		}
	})
}

// FuzzStoredToken reads what the keyring holds.
func FuzzStoredToken(f *testing.F) {
	f.Add(`{"access":"a-token","refresh":"r","issued":"2026-03-01T12:00:00Z","expires":"2026-03-01T20:00:00Z"}`)
	f.Add(`{"access":"","refresh":"a-token"}`)
	f.Add(`a-token`)
	f.Add(`{"access":"a-token","expires":"99999-01-01T00:00:00Z"}`)
	f.Fuzz(func(t *testing.T, value string) {
		token, err := DecodeToken(secret.New(value))
		if err != nil {
			if strings.Contains(err.Error(), "a-token") {
				t.Errorf("%q is told as %v", value, err)
			}
			return
		}
		kept, err := token.Encode()
		if err != nil {
			return // a year that no clock has
		}
		again, err := DecodeToken(kept)
		if err != nil || again.Access.Reveal() != strings.ToValidUTF8(token.Access.Reveal(), "\ufffd") {
			t.Errorf("%q is another once stored: %v", value, err)
		}
	})
}

// FuzzRedirect has anybody on this machine call the listener: the code never
// comes back in an answer, and only the answer to this sign-in ends it.
func FuzzRedirect(f *testing.F) {
	f.Add("GET", "localhost:12482", "/callback?code=one-time-code&state=expected")
	f.Add("GET", "evil.example", "/callback?code=one-time-code&state=expected")
	f.Add("HEAD", "LOCALHOST:12482", "/callback?code=one-time-code&state=expected")
	f.Add("GET", "localhost:12482", "/callback?error=access_denied&error_description=<script>&state=expected")
	f.Add("GET", "localhost:12482", "/callback?code=one-time-code&code=two&state=expected")
	f.Add("GET", "localhost:12482", pathSuccess)
	f.Add("GET", "localhost:12482:80", "/callback?code=one-time-code&state=expected")
	f.Add("GET", "localhost:12482", "/callback?code=%zz&state=expected")
	f.Fuzz(func(t *testing.T, method, host, target string) {
		if len(target) == 0 || target[0] != '/' || strings.ContainsAny(target, " \r\n") || strings.ContainsAny(host, " \r\n/?#@%") || method == "" {
			return // no request that a server hands on
		}
		r, err := http.NewRequestWithContext(t.Context(), method, "http://localhost:12482"+target, nil)
		if err != nil {
			return
		}
		r.Host = host
		p := &Pending{
			state: "expected", landing: Landing{}.withDefaults(), done: make(chan struct{}), pageServed: make(chan struct{}),
			request:  providers.SignInRequest{StateRequired: true},
			redirect: redirect{host: "localhost:12482", path: "/callback"},
		}
		w := httptest.NewRecorder()
		p.handler().ServeHTTP(w, r)
		said := w.Body.String() + w.Header().Get("Location")
		if strings.Contains(said, "one-time-code") || strings.Contains(said, "<script") {
			t.Errorf("%s %s of %s answers with what was sent", method, target, host)
		}
		select {
		case <-p.done:
		default:
			return
		}
		if method != http.MethodGet || !strings.EqualFold(host, "localhost:12482") || r.URL.Query().Get("state") != "expected" {
			t.Errorf("%s %s of %s ends the sign-in", method, target, host)
		}
		if p.err == nil && !validCode(p.code) {
			t.Errorf("%s gives the code %q", target, p.code)
		}
	})
}

// FuzzMessage shows what a platform says: one line of what can be seen, bounded,
// without what was sent.
func FuzzMessage(f *testing.F) {
	f.Add("no: sent-token\x1b[31m\u202e\n", "7")
	f.Add(strings.Repeat("길", 400), "Fri, 31 Dec 1999 23:59:59 GMT")
	f.Add("sent-sent-tokentoken", "-1")
	f.Add("se\xb4nt-token", "")
	f.Add("sent\u200b-token", "")
	f.Fuzz(func(t *testing.T, words, after string) {
		shown := Clean(words, secret.New("sent-token"))
		if strings.Contains(shown, "sent-token") || text.Line(shown) != shown || utf8.RuneCountInString(shown) > maxMessage+1 {
			t.Errorf("%q is shown as %q", words, shown)
		}
		if wait := RetryAfter(http.Header{"Retry-After": {after}}, time.Now()); wait < 0 || wait > time.Hour {
			t.Errorf("%q is a wait of %v", after, wait)
		}
	})
}
