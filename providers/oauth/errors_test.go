package oauth

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"cuelight/internal/secret"
	"cuelight/providers"
)

func TestEveryStatusHasItsKind(t *testing.T) {
	for status, want := range map[int]string{
		200: "", 299: "", 300: "answer.moved", 399: "answer.moved", 400: "", 401: "", 403: "", 428: "",
		429: "platform.too_frequent", 430: "", 499: "", 500: "platform.fault", 599: "platform.fault",
	} {
		got, kind := statusKind(status)
		if got != want || (kind == nil) != (want == "") {
			t.Errorf("%d: %v, %q", status, kind, got)
		}
	}
}

func TestABodyIsTooLargeFromOneByteAboveTheBound(t *testing.T) {
	body := []byte(`{}` + strings.Repeat(" ", maxBody))
	if got, _ := bodyKind(200, body[:maxBody]); got != "" {
		t.Errorf("at the bound: %q", got)
	}
	if got, _ := bodyKind(200, body[:maxBody+1]); got != "answer.too_large" {
		t.Errorf("above it: %q", got)
	}
	for status, want := range map[int]string{200: "answer.html", 403: "platform.blocked", 404: "answer.html"} {
		if got, _ := bodyKind(status, []byte("<html>")); got != want {
			t.Errorf("a page with %d: %q", status, got)
		}
	}
}

func TestRejectionsAreReadInEveryForm(t *testing.T) {
	for name, c := range map[string]struct {
		code, description, body string
		grant                   string
		reason, field, message  string
		wantCode                string
	}{
		"a code":      {code: "invalid_grant", description: "used", grant: grantCode, reason: grantCode, message: "used", wantCode: "invalid_grant"},
		"a refresh":   {code: "expired_token", grant: grantRefresh, reason: grantRefresh, wantCode: "expired_token"},
		"a token":     {code: "invalid_token", grant: grantRefresh, reason: grantRefresh, wantCode: "invalid_token"},
		"a client":    {code: "unauthorized_client", reason: "signin.client", wantCode: "unauthorized_client"},
		"an address":  {code: "redirect_uri_mismatch", reason: "signin.redirect_mismatch", field: "redirect_uri", wantCode: "redirect_uri_mismatch"},
		"words":       {body: `{"message":"first","msg":"second","hint":"third"}`, reason: "signin.rejected", message: "first", wantCode: "HTTP 400"},
		"other words": {body: `{"message":"","msg":"second","hint":"third"}`, reason: "signin.rejected", message: "second", wantCode: "HTTP 400"},
		"a hint":      {body: `{"message":7,"hint":"third"}`, reason: "signin.rejected", message: "third", wantCode: "HTTP 400"},
		"nothing":     {body: `not JSON`, reason: "signin.rejected", wantCode: "HTTP 400"},
		"said before": {code: "x", description: "told", body: `{"message":"more"}`, reason: "signin.rejected", message: "told", wantCode: "x"},
	} {
		r := &oauth2.RetrieveError{
			Response: &http.Response{StatusCode: 400}, ErrorCode: c.code, ErrorDescription: c.description, Body: []byte(c.body),
		}
		e, _ := errors.AsType[*providers.Error](callError(t.Context(), r, c.grant))
		if e == nil || !errors.Is(e, providers.ErrSignIn) || e.Reason != c.reason || e.Field != c.field || e.Message != c.message || e.Code != c.wantCode {
			t.Errorf("%s: %+v", name, e)
		}
	}
}

func TestOnlyARejectionOfTheTokenItselfCostsIt(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want bool
	}{
		"expired":     {&providers.Error{Kind: providers.ErrSignIn, Code: "invalid_grant", Reason: "signin.expired"}, true},
		"its own":     {&providers.Error{Kind: providers.ErrSignIn, Code: "HTTP 400", Reason: "signin.rejected"}, true},
		"the client":  {&providers.Error{Kind: providers.ErrSignIn, Code: "invalid_client", Reason: "signin.client"}, false},
		"the grant":   {&providers.Error{Kind: providers.ErrSignIn, Code: "unsupported_grant_type", Reason: "signin.rejected"}, false},
		"the scope":   {&providers.Error{Kind: providers.ErrSignIn, Code: "invalid_scope", Reason: "signin.rejected"}, false},
		"a refusal":   {&providers.Error{Kind: providers.ErrRefused, Code: "invalid_grant"}, false},
		"no network":  {&providers.Error{Kind: providers.ErrUnreachable}, false},
		"nothing":     {nil, false},
		"another one": {context.Canceled, false},
	} {
		if got := rejectsRefresh(c.err); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

func TestWordsAreFitToBeShown(t *testing.T) {
	for in, want := range map[string]string{
		"  two\r\n\twords ": "two words", "a\x00b\x1b[31mc": "a b [31mc", "bad\xff utf": "bad utf", "": "",
		"key 1234 and 123": "key " + secret.Mask + " and 123",
	} {
		if got := Clean(in, secret.New("1234"), secret.New("123"), secret.Text{}); got != want {
			t.Errorf("%q becomes %q, not %q", in, got, want)
		}
	}
	full := strings.Repeat("가", maxMessage)
	if got := Clean(full); got != full {
		t.Errorf("%d characters are cut", maxMessage)
	}
	if got := Clean(full + "나"); got != full+"…" {
		t.Errorf("one more becomes %q", got[len(full):])
	}
}

func TestRetryAfterIsReadInBothForms(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"": 0, " 7 ": 7 * time.Second, "0": 0, "-5": 0, "3600": time.Hour, "3601": time.Hour, "999999999999": time.Hour, "soon": 0,
		"Sun, 01 Mar 2026 12:00:30 GMT": 30 * time.Second, "Sun, 01 Mar 2026 11:00:00 GMT": 0, "Mon, 02 Mar 2026 12:00:00 GMT": time.Hour,
	} {
		if got := RetryAfter(http.Header{"Retry-After": {value}}, now); got != want {
			t.Errorf("%q: %s", value, got)
		}
	}
}
