package chzzk

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"testing"
	"time"

	"cuelight/providers"
)

const newToken = `{"code":200,"message":null,"content":{"accessToken":"access-1","refreshToken":"refresh-1","tokenType":"Bearer","expiresIn":86400,"scope":"유저 정보 조회 방송 스트림키 조회"}}`

func TestACodeIsExchangedWithTheStateOfItsRequest(t *testing.T) {
	s := newService()
	session, vault := s.account(t, nil)
	browser := session.(providers.BrowserSignIn)
	for form, expires := range map[string]bool{
		newToken: true,
		// The documents write expiresIn as text.
		`{"code":200,"content":{"accessToken":"access-1","refreshToken":"refresh-1","expiresIn":"86400"}}`: true,
		`{"code":200,"content":{"accessToken":"access-1","refreshToken":"refresh-1","expiresIn":null}}`:    false,
	} {
		s.on(tokenCall, http.StatusOK, form)
		if err := browser.Exchange(t.Context(), browser.SignInRequest("THESTATE"), "the-code"); err != nil {
			t.Fatal(err)
		}
		_, asked := s.times(tokenCall)
		var sent map[string]string
		if err := json.Unmarshal([]byte(asked.body), &sent); err != nil || asked.header.Get("Content-Type") != "application/json" {
			t.Fatalf("sent %q as %s", asked.body, asked.header.Get("Content-Type"))
		}
		want := map[string]string{
			"grantType": "authorization_code", "clientId": "client-id", "clientSecret": "client-secret", "code": "the-code", "state": "THESTATE",
		}
		if !maps.Equal(sent, want) {
			t.Errorf("sent %v", sent)
		}
		got := token(t, vault)
		if got.Access.Reveal() != "access-1" || got.Refresh.Reveal() != "refresh-1" || got.Expires.IsZero() == expires ||
			expires && time.Until(got.Expires) < 23*time.Hour {
			t.Errorf("%s gives a token that ends %s", form, got.Expires)
		}
	}
}

// A general client takes a 401 for a refresh token that is dead.
func TestAWrongClientNeverCostsARefreshToken(t *testing.T) {
	s := newService()
	session, vault := s.account(t, nil)
	s.on("GET streams/key", http.StatusUnauthorized, `{"code":401,"message":"INVALID_TOKEN"}`)
	for _, refused := range []struct {
		status      int
		answer      string
		kind        error
		reason      string
		keeps, text bool
	}{
		{401, `{"code":401,"message":"INVALID_CLIENT"}`, providers.ErrSignIn, "signin.client", true, true},
		{200, `{"code":401,"message":"INVALID_CLIENT"}`, providers.ErrSignIn, "signin.client", true, true},
		{400, `{"code":400,"message":"BAD_REQUEST"}`, providers.ErrRefused, "", true, true},
		{403, `{"code":403,"message":"FORBIDDEN"}`, providers.ErrRefused, "", true, true},
		{404, `{"code":404,"message":"NOT_FOUND"}`, providers.ErrRefused, "", true, true},
		{429, `{"code":429,"message":"TOO_MANY_REQUESTS"}`, providers.ErrTooFrequent, "platform.too_frequent", true, false},
		{200, `{"code":429,"message":"TOO_MANY_REQUESTS"}`, providers.ErrTooFrequent, "", true, true},
		{500, `{"code":500,"message":"INTERNAL_SERVER_ERROR"}`, providers.ErrUnreachable, "platform.fault", true, false},
		{200, `{"code":200,"content":null}`, providers.ErrBadAnswer, "answer.missing", true, false},
		// What a client takes that does not unwrap the envelope.
		{200, `{"access_token":"a","refresh_token":"r"}`, providers.ErrBadAnswer, "answer.missing", true, false},
		{401, `{"code":401,"message":"INVALID_TOKEN"}`, providers.ErrSignIn, "signin.expired", false, true},
	} {
		s.on(tokenCall, refused.status, refused.answer)
		_, err := session.(providers.Ingester).Ingest(t.Context())
		e := failure(err)
		if !errors.Is(err, refused.kind) || e.Reason != refused.reason || (e.Message != "") != refused.text {
			t.Errorf("%d %s: %v", refused.status, refused.answer, err)
		}
		if kept := token(t, vault).Refresh.Reveal() == "refresh-0"; kept != refused.keeps {
			t.Errorf("%d %s: the refresh token is kept: %t", refused.status, refused.answer, kept)
		}
	}
}

// One that has ended, one that was revoked and one without the scope look the same.
func TestANewTokenThatIsRejectedLacksAScopeOrItsSignIn(t *testing.T) {
	s := newService()
	session, vault := s.account(t, nil)
	s.on(tokenCall, http.StatusOK, newToken)
	s.on("GET lives/setting", http.StatusUnauthorized, `{"code":401,"message":"INVALID_TOKEN"}`)
	s.on("GET streams/key", http.StatusOK, `{"code":200,"message":null,"content":{"streamKey":"0123456789abcdef0123456789abcdef"}}`)
	for range 3 {
		_, err := session.(providers.Editor).Broadcast(t.Context())
		if e := failure(err); !errors.Is(err, providers.ErrNotGranted) || e.Reason != "platform.scope_or_signin" || e.Right != "방송 설정 조회" {
			t.Errorf("%v, right %q", err, e.Right)
		}
	}
	if n, _ := s.times(tokenCall); n != 1 {
		t.Errorf("refreshed %d times for a scope that is missing", n)
	}
	if token(t, vault).Refresh.Reveal() != "refresh-1" {
		t.Error("the new refresh token is not kept")
	}
	if _, err := session.(providers.Ingester).Ingest(t.Context()); err != nil {
		t.Errorf("what the scopes allow: %v", err)
	}
	s.on("PATCH lives/setting", http.StatusForbidden, `{"code":403,"message":"방송 설정 변경 스코프가 필요합니다."}`)
	title := "제목"
	err := session.(providers.Editor).Update(t.Context(), providers.Patch{Title: &title})
	if e := failure(err); !errors.Is(err, providers.ErrNotGranted) || e.Right != "방송 설정 변경" || e.Message == "" {
		t.Errorf("a sentence about the scope: %v", err)
	}
}

func TestEachCallIsAuthorisedInItsOwnWay(t *testing.T) {
	s := newService()
	session, _ := s.account(t, nil)
	s.on("GET categories/search", http.StatusOK, `{"code":200,"content":{"data":[]}}`)
	s.on("GET streams/key", http.StatusOK, `{"code":200,"content":{"streamKey":"k"}}`)
	if _, err := session.(providers.CategorySearch).SearchCategories(t.Context(), "게임"); err != nil {
		t.Fatal(err)
	}
	if _, err := session.(providers.Ingester).Ingest(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, client := s.times("GET categories/search")
	if client.header.Get("Client-Id") != "client-id" || client.header.Get("Client-Secret") != "client-secret" || client.header.Get("Authorization") != "" {
		t.Errorf("as the application with %d headers", len(client.header))
	}
	_, user := s.times("GET streams/key")
	if user.header.Get("Authorization") != "Bearer access-0" || user.header.Get("Client-Secret") != "" || user.header.Get("Client-Id") != "" {
		t.Errorf("as the user with %d headers", len(user.header))
	}
	for _, r := range []received{client, user} {
		if r.header.Get("Content-Type") != "application/json" {
			t.Errorf("%s is of type %q", r.call, r.header.Get("Content-Type"))
		}
	}
	// A client that is refused is told so, and no sign-in is blamed.
	s.on("GET categories/search", http.StatusUnauthorized, `{"code":401,"message":"INVALID_CLIENT"}`)
	_, err := session.(providers.CategorySearch).SearchCategories(t.Context(), "게임")
	if e := failure(err); !errors.Is(err, providers.ErrRefused) || e.Reason != "client.rejected" {
		t.Errorf("%v", err)
	}
	s.on("GET streams/key", http.StatusUnauthorized, `{"code":401,"message":"INVALID_CLIENT"}`)
	_, err = session.(providers.Ingester).Ingest(t.Context())
	if n, _ := s.times(tokenCall); !errors.Is(err, providers.ErrRefused) || n != 0 {
		t.Errorf("%v after %d refreshes", err, n)
	}
}
