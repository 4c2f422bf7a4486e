package chzzk

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"

	"cuelight/internal/text"
	"cuelight/providers"
	"cuelight/providers/oauth"
)

// seeds are answers as they are documented, and odd ones.
func seeds(f *testing.F) {
	f.Helper()
	for _, seed := range []string{
		newToken, setting, `{"code":200,"content":{"channelId":"c1","channelName":"나","nickname":"나"}}`,
		`{"code":200,"content":{"streamKey":"0123456789abcdef0123456789abcdef"}}`,
		`{"code":200,"content":{"data":[{"categoryType":"GAME","categoryId":"X","categoryValue":"이름"}]}}`,
		`{"code":200,"content":{"data":[{"liveId":1,"liveTitle":"t","channelId":"c","openDate":"2026-07-22 12:00:00"}],"page":{"next":"n"}}}`,
		`{"code":200,"content":{"status":"OPEN","openDate":"0000-00-00 00:00:00"}}`, `{"code":401,"message":"INVALID_TOKEN"}`,
		`{"code":"401","message":{"a":1}}`, `{"code":200,"content":null}`, "", "null", "[]", "{", "<html>", "\xef\xbb\xbf{}", `{"code":1e99}`,
		`{"code":400,"message":"sent-access \u202e sent-client"}`, `{"content":{"data":[[]],"tags":{"0":1},"category":[{}],"streamKey":"a\nb"}}`,
	} {
		f.Add(200, seed)
		f.Add(401, seed)
	}
}

// FuzzAnswer lets every call meet whatever comes: it is understood, or an error of
// a kind that repeats no secret.
func FuzzAnswer(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, status int, body string) {
		if status < 200 || status > 599 {
			return
		}
		s := newService()
		session, _ := s.account(t, map[string]string{FieldLiveStatus: liveStatusUnofficial})
		s.on(tokenCall, http.StatusOK, newToken)
		for _, call := range []string{
			"GET users/me", "GET streams/key", "GET lives/setting", "PATCH lives/setting", "GET categories/search", "GET lives",
			"POST " + opRevoke, "GET polling/v3.1/channels/c1/live-status",
		} {
			s.on(call, status, body)
		}
		title, ctx := "제목", t.Context()
		ingest, err := session.(providers.Ingester).Ingest(ctx)
		told(t, err)
		if err == nil && text.CheckToken(ingest.Key.Reveal()) != nil {
			t.Errorf("%q gives a key with something unseen in it", body)
		}
		b, err := session.(providers.Editor).Broadcast(ctx)
		told(t, err)
		if text.Line(b.Title) != b.Title || b.Category.Number != "" && !strings.Contains(b.Category.Number, ":") {
			t.Errorf("%q is read as %+v", body, b)
		}
		told(t, session.(providers.Editor).Update(ctx, providers.Patch{Title: &title}))
		found, err := session.(providers.CategorySearch).SearchCategories(ctx, "x")
		told(t, err)
		for _, c := range found {
			if told := session.(providers.Editor).Check(providers.Patch{Category: &c.Number}); told != nil || c.Name == "" {
				t.Errorf("%q gives the category %+v: %v", body, c, told)
			}
		}
		page, err := session.(providers.Directory).Directory(ctx, providers.DirectoryQuery{Page: 2})
		told(t, err)
		for _, e := range page.Entries {
			if e.ID == "" || e.Viewers < 0 {
				t.Errorf("%q lists %+v", body, e)
			}
		}
		live, err := session.(providers.LiveStatus).Live(ctx)
		told(t, err)
		if err == nil && live.Viewers < -1 {
			t.Errorf("%q gives %+v", body, live)
		}
		_, err = session.(providers.Identifier).Identity(ctx)
		told(t, err)
		told(t, session.(providers.Revoker).Revoke(ctx))
	})
}

// told checks an error.
func told(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		return
	}
	e, ok := errors.AsType[*providers.Error](err)
	if !ok || e.Kind == nil || text.Line(e.Message) != e.Message {
		t.Errorf("told as %v", err)
	}
	for _, sent := range []string{"access-0", "access-1", "refresh-0", "refresh-1", "client-secret"} {
		if strings.Contains(err.Error(), sent) {
			t.Errorf("told with a secret: %v", err)
		}
	}
}

// FuzzToken reads what the token endpoint answers: what is taken has a token in it,
// and what is refused has a kind.
func FuzzToken(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, status int, body string) {
		if status < 200 || status > 499 {
			return
		}
		for _, grant := range []string{oauth.GrantCode, oauth.GrantRefresh} {
			decoded, err := decodeToken(grant, status, []byte(body))
			if err != nil {
				if e, ok := errors.AsType[*providers.Error](err); !ok || e.Kind == nil || errors.Is(err, providers.ErrSignIn) {
					t.Errorf("%d %q is told as %v", status, body, err)
				}
				continue
			}
			var members struct {
				Access  string `json:"access_token"`
				Error   string `json:"error"`
				Seconds *int   `json:"expires_in"`
			}
			if err := json.Unmarshal(decoded, &members); err != nil || (members.Access == "") == (members.Error == "") {
				t.Errorf("%d %q becomes %s: %v", status, body, decoded, err)
			}
			if members.Seconds != nil && *members.Seconds <= 0 {
				t.Errorf("%d %q gives a token for %d s", status, body, *members.Seconds)
			}
		}
	})
}
