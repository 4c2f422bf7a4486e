package soop

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/internal/httpcall"
)

func TestAnswersAreJudgedInOrder(t *testing.T) {
	const fine = `{"result":1,"msg":"Success","stream_key":"afid-1234567"}`
	cases := map[string]struct {
		status             int
		body               string
		kind               error
		code, reason, says string
	}{
		"status before body":        {500, fine, providers.ErrUnreachable, "HTTP 500", "platform.fault", "Success"},
		"bad gateway page":          {502, "<html>", providers.ErrUnreachable, "HTTP 502", "platform.fault", ""},
		"too frequent":              {429, `{"msg":"slow down"}`, providers.ErrTooFrequent, "HTTP 429", "platform.too_frequent", "slow down"},
		"block page":                {403, "<!DOCTYPE html>", providers.ErrRefused, "HTTP 403", "platform.blocked", ""},
		"no such endpoint":          {404, "<html>", providers.ErrBadAnswer, "HTTP 404", "answer.html", ""},
		"bad request, in words":     {400, `{"error":"invalid_request","error_description":"Missing x"}`, providers.ErrRefused, "invalid_request", "", "Missing x"},
		"bad request, by result":    {400, `{"result":-5,"msg":"no"}`, providers.ErrRefused, "-5", "", "no"},
		"bad request, empty":        {400, ``, providers.ErrBadAnswer, "HTTP 400", "answer.not_json", ""},
		"error before result":       {200, `{"error":"server_error","result":1,"stream_key":"k"}`, providers.ErrRefused, "server_error", "", ""},
		"missing scope":             {403, `{"error":"insufficient_scope"}`, providers.ErrNotGranted, "insufficient_scope", "platform.scope", ""},
		"negative result":           {200, `{"result":-1104,"msg":"client not valid"}`, providers.ErrRefused, "-1104", "client.rejected", "client not valid"},
		"negative result as string": {200, `{"result":"-1320","msg":"<b>wrong</b>"}`, providers.ErrRefused, "-1320", "", "<b>wrong</b>"},
		"result zero":               {200, `{"result":0,"msg":""}`, providers.ErrRefused, "0", "", ""},
		"result that is none":       {200, `{"result":"OK"}`, providers.ErrBadAnswer, "", "answer.missing", ""},
		"member missing":            {200, `{"result":1,"msg":"Success"}`, providers.ErrBadAnswer, "", "answer.missing", ""},
		"null":                      {200, `null`, providers.ErrBadAnswer, "", "answer.missing", ""},
		"array":                     {200, `[]`, providers.ErrBadAnswer, "", "answer.missing", ""},
		"page":                      {200, "\n<html>", providers.ErrBadAnswer, "", "answer.html", ""},
		"nothing":                   {200, "", providers.ErrBadAnswer, "", "answer.not_json", ""},
		"half":                      {200, fine[:30], providers.ErrBadAnswer, "", "answer.not_json", ""},
		"moved":                     {302, "", providers.ErrBadAnswer, "HTTP 302", "answer.moved", ""},
		"too large":                 {200, strings.Repeat(" ", httpcall.MaxBody+10) + fine, providers.ErrBadAnswer, "", "answer.too_large", ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			srv := newService(t)
			s, _ := open(t, srv, dialectSOOP)
			srv.on("broad/rtmp/reset", says(tc.status, tc.body, "Retry-After", "7", "Location", "https://openapi.sooplive.com/x?code=y"))
			_, err := s.ResetKey(ctx)
			e := failure(err)
			if !errors.Is(err, tc.kind) || e.Code != tc.code || e.Reason != tc.reason || e.Message != tc.says || e.Op != "broad/rtmp/reset" {
				t.Errorf("got %v\n%+v", err, e)
			}
			if tc.status >= 400 && e.RetryAfter != 7*time.Second {
				t.Errorf("retry after %v", e.RetryAfter)
			}
			if tc.status == 302 && (!strings.Contains(err.Error(), "https://openapi.sooplive.com") || strings.Contains(err.Error(), "code=")) {
				t.Errorf("where to? %v", err)
			}
		})
	}
}

func TestOddButGoodAnswersAreRead(t *testing.T) {
	for name, body := range map[string]string{
		"byte order mark": "\xef\xbb\xbf" + `{"result":1,"stream_key":"afid-1"}`,
		"white space":     "\r\n\t" + `{"result":1,"stream_key":"afid-1"}` + "\n",
		"result in words": `{"result":"1","error":null,"stream_key":"afid-1"}`,
		"empty error":     `{"result":true,"error":"","stream_key":"afid-1"}`,
		"array of one":    `[{"result":1,"stream_key":"afid-1"}]`,
		"JSONP":           `cb({"result":1,"stream_key":"afid-1"});`,
	} {
		srv := newService(t)
		s, _ := open(t, srv, dialectSOOP)
		srv.on("broad/rtmp/reset", says(200, body))
		if key, err := s.ResetKey(ctx); err != nil || key.Reveal() != "afid-1" {
			t.Errorf("%s: got %q, %v", name, key.Reveal(), err)
		}
	}
}

func TestARejectedTokenIsReplacedOnceAndTheCallRepeated(t *testing.T) {
	rejections := map[string]func(http.ResponseWriter){
		"401 expired":        says(401, `{"error":"expired_token","error_description":"The access token provided has expired"}`),
		"401 without words":  says(401, ``),
		"403":                says(403, `{"msg":"forbidden"}`),
		"200 expired_token":  says(200, `{"error":"expired_token"}`),
		"200 invalid_token":  says(200, `{"error":"invalid_token"}`),
		"400, not signed in": says(400, `{"result":-10,"msg":"로그인이 필요합니다."}`),
		"not signed in":      says(200, `{"result":-10,"msg":"로그인이 필요합니다."}`),
	}
	for name, rejection := range rejections {
		t.Run(name, func(t *testing.T) {
			srv := newService(t)
			s, _ := open(t, srv, dialectSOOP)
			srv.on("auth/token", tokenAnswer("1"))
			srv.on("broad/rtmp/reset", rejection, says(200, `{"result":1,"stream_key":"afid-1"}`))
			if key, err := s.ResetKey(ctx); err != nil || key.Reveal() != "afid-1" {
				t.Fatalf("got %v", err)
			}
			calls := srv.asked("broad/rtmp/reset")
			if len(calls) != 2 || calls[0].form.Get("access_token") != testToken || calls[1].form.Get("access_token") != "access-token-1" {
				t.Errorf("asked %+v", calls)
			}

			srv.on("broad/rtmp/reset", rejection)
			for range 3 {
				if _, err := s.ResetKey(ctx); !errors.Is(err, providers.ErrSignIn) {
					t.Errorf("rejected for good: %v", err)
				}
			}
			if n := len(srv.asked("auth/token")); n != 2 {
				t.Errorf("%d refreshes: a new token that is rejected must not be replaced again and again", n)
			}
		})
	}
}

func TestWithoutATokenNothingIsAsked(t *testing.T) {
	srv := newService(t)
	s, v := open(t, srv, dialectSOOP)
	delete(v.Values, providers.SecretToken)
	if _, err := s.Ingest(ctx); !errors.Is(err, providers.ErrSignIn) || len(srv.seen) != 0 {
		t.Errorf("got %v after %d calls", err, len(srv.seen))
	}
}

func TestARejectedApplicationIsNotASignInMatter(t *testing.T) {
	srv := newService(t)
	s, _ := open(t, srv, dialectSOOP)
	srv.on("broad/category/list", says(401, `{"error":"invalid_client"}`))
	if _, err := s.Categories(ctx, ""); !errors.Is(err, providers.ErrRefused) || failure(err).Reason != "client.rejected" {
		t.Errorf("got %v", err)
	}
}

func TestSecretsStayOutOfErrors(t *testing.T) {
	srv := newService(t)
	s, _ := open(t, srv, dialectSOOP)
	srv.on("filter/keyword", says(200, `{"result":-1,"msg":"bad secret `+testSecret+`"}`))
	srv.on("broad/rtmp", says(400, `{"error":"invalid_request","error_description":"token `+testToken+` odd"}`))
	_, refused := s.Filters(ctx, "keyword")
	_, odd := s.Ingest(ctx)
	srv.Close()
	_, down := s.Filters(ctx, "keyword")
	if !errors.Is(down, providers.ErrUnreachable) {
		t.Errorf("got %v", down)
	}
	for _, err := range []error{refused, odd, down} {
		text := fmt.Sprintf("%v %+v %#v", err, failure(err), failure(err))
		if err == nil || strings.Contains(text, testSecret) || strings.Contains(text, testToken) {
			t.Errorf("error: %s", text)
		}
	}
}

func TestACallEndsWithItsContext(t *testing.T) {
	srv := newService(t)
	s, _ := open(t, srv, dialectSOOP)
	release := make(chan struct{})
	srv.on("broad/list", func(http.ResponseWriter) { <-release })
	defer close(release)
	short, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
	defer cancel()
	_, err := s.Directory(short, providers.DirectoryQuery{})
	if !errors.Is(err, providers.ErrUnreachable) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

func TestNumberSignInFailures(t *testing.T) {
	cases := map[string]struct {
		number, body string
		kind         error
		reason       string
	}{
		"not six digits": {"12345", "", providers.ErrUsage, "number.digits"},
		"letters":        {"12345a", "", providers.ErrUsage, "number.digits"},
		"no code":        {"123456", `{"result":1,"msg":"인증번호가 올바르지 않습니다."}`, providers.ErrSignIn, "signin.number"},
		"null code":      {"123456", `{"code":null}`, providers.ErrSignIn, "signin.number"},
		"refused":        {"123456", `{"result":-3,"msg":"number 123456 expired"}`, providers.ErrSignIn, "signin.number"},
		"wrong client":   {"123456", `{"result":-1104,"msg":"client"}`, providers.ErrSignIn, "signin.client"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			srv := newService(t)
			s, _ := open(t, srv, dialectSOOP)
			srv.on("auth/code", says(200, tc.body))
			err := s.SignInWithNumber(ctx, tc.number)
			if !errors.Is(err, tc.kind) || failure(err).Reason != tc.reason || strings.Contains(err.Error(), "123456") {
				t.Errorf("got %v", err)
			}
			if len(srv.asked("auth/token")) != 0 {
				t.Error("a token was asked for without a code")
			}
		})
	}
}

func TestARefusalHiddenInTheTokenAnswerKeepsItsWords(t *testing.T) {
	srv := newService(t)
	s, _ := open(t, srv, dialectSOOP)
	srv.on("auth/token", says(200, `{"result":-1104,"msg":"클라이언트가 유효하지 않습니다."}`))
	err := s.Exchange(ctx, providers.SignInRequest{}, "one-time-code")
	if e := failure(err); !errors.Is(err, providers.ErrSignIn) || e.Reason != "signin.client" || e.Message != "클라이언트가 유효하지 않습니다." {
		t.Errorf("got %v", err)
	}
}

func TestSignInRequest(t *testing.T) {
	const rights = "&scope=aqua_component_get+broad_info_update+broad_rtmp+broad_rtmp_reset+user_stationinfo+validate_live_status"
	for name, c := range map[string]struct{ dialect, setting, scope string }{
		"SOOP asks for the rights that are used": {dialectSOOP, "", rights},
		"SOOP, told to":                          {dialectSOOP, scopeAsk, rights},
		"SOOP, told not to":                      {dialectSOOP, scopeOmit, ""},
		"AfreecaTV's document knows none":        {dialectAfreecaTV, "", ""},
	} {
		opened, err := New().Open(providers.Account{Settings: map[string]string{
			FieldClientID: "client-1", FieldBaseURL: "https://api.test", FieldDialect: c.dialect, FieldScope: c.setting,
		}}, providers.Environment{Vault: newVault(t)})
		if err != nil {
			t.Fatal(err)
		}
		r := opened.(*session).SignInRequest("st&te")
		want := "https://api.test/auth/code?client_id=client-1&redirect_uri=http%3A%2F%2Flocalhost%3A12482%2Fcallback&response_type=code" +
			c.scope + "&state=st%26te"
		if r.URL != want || r.RedirectURI != DefaultRedirectURI || r.StateRequired {
			t.Errorf("%s: got %+v", name, r)
		}
		_ = opened.Close()
	}
}

func TestOpenRefusesWhatCannotWork(t *testing.T) {
	good := map[string]string{FieldClientID: "c"}
	with := func(key, value string) map[string]string {
		return map[string]string{FieldClientID: good[FieldClientID], key: value}
	}
	cases := map[string]struct {
		settings map[string]string
		reason   string
	}{
		"as it is":          {good, ""},
		"no client ID":      {nil, "client_id.missing"},
		"dialect":           {with(FieldDialect, "twitch"), "dialect.unknown"},
		"redirect":          {with(FieldRedirectURI, "callback"), "redirect_uri.invalid"},
		"base URL":          {with(FieldBaseURL, "openapi"), "base_url.invalid"},
		"base URL, plain":   {with(FieldBaseURL, "http://openapi.sooplive.co.kr"), "base_url.insecure"},
		"base URL, own":     {with(FieldBaseURL, "https://openapi.sooplive.com/"), ""},
		"base URL, at home": {with(FieldBaseURL, "http://127.0.0.1:1234"), ""},
	}
	for name, tc := range cases {
		opened, err := New().Open(providers.Account{Settings: tc.settings}, providers.Environment{Vault: newVault(t)})
		if failure(err).Reason != tc.reason || (err == nil) != (tc.reason == "") {
			t.Errorf("%s: got %v", name, err)
		}
		if opened != nil {
			_ = opened.Close()
		}
	}
}

func TestDescribeNamesEveryField(t *testing.T) {
	d := New().Describe()
	if d.ID != "soop" || d.Name != "SOOP" || len(d.Fields) != 7 {
		t.Fatalf("got %+v", d)
	}
	for _, f := range d.Fields {
		if f.Default != "" && f.Check != nil && f.Check(f.Default) != nil {
			t.Errorf("the default of %s does not pass its own check", f.Key)
		}
		if f.Secret != (f.Key == providers.SecretClient) {
			t.Errorf("%s: secret %v", f.Key, f.Secret)
		}
	}
}

func TestKeyOwnerGivesNothingElseAway(t *testing.T) {
	for key, want := range map[string]string{"afid-1234567": "afid", "afid-12ab": "", "secret": "", "a b-1": ""} {
		if got := keyOwner(secret.New(key)); got != want {
			t.Errorf("%s: got %q", key, got)
		}
	}
}
