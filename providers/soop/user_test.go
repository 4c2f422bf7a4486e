package soop

import (
	"errors"
	"testing"
	"time"

	"cuelight/providers"
)

func TestLive(t *testing.T) {
	on := providers.Live{
		OnAir: true, ID: "281234567", Title: "제목", Category: providers.Category{Number: "00040066"}, Viewers: 1234,
		Started: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), WatchURL: "https://play.sooplive.com/afid/281234567",
	}
	off := providers.Live{Viewers: -1}
	cases := map[string]struct {
		status int
		body   string
		want   providers.Live
	}{
		"streaming": {200, `{"result":1,"msg":"","data":{"user_id":"afid","status":"streaming","broad_no":281234567,"broad_title":"제목","broad_cate_no":"40066","broad_start":"2026-01-02 12:04:05","current_view_cnt":"1,234"}}`, on},
		"off air":   {200, `{"result":1,"data":{"broad_no":"281234567","status":"streamend"}}`, off},
		"not live":  {200, `{"result":-1302,"msg":"방송중이 아닙니다."}`, off},
	}
	for name, tc := range cases {
		srv := newService(t)
		s, _ := open(t, srv, dialectSOOP)
		srv.on("validate/live/status", says(tc.status, tc.body))
		if got, err := s.Live(ctx); err != nil || got != tc.want {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
}

func TestLiveWhereThePlatformDoesNotOfferIt(t *testing.T) {
	cases := map[string]struct {
		status int
		body   string
		reason string
		kind   error
	}{
		"no such endpoint": {404, "<html>", ReasonNotOffered, providers.ErrBadAnswer},
		"page":             {200, "<html>", ReasonNotOffered, providers.ErrBadAnswer},
		"scope":            {403, `{"error":"insufficient_scope"}`, ReasonNotOffered, providers.ErrRefused},
		"forbidden":        {403, `{}`, ReasonNotOffered, providers.ErrRefused},
		"no status":        {200, `{"result":1,"data":{}}`, ReasonNotOffered, providers.ErrBadAnswer},
		"down":             {503, ``, "platform.fault", providers.ErrUnreachable},
		"signed out":       {401, ``, "signin.rejected", providers.ErrSignIn},
	}
	for name, tc := range cases {
		srv := newService(t)
		s, _ := open(t, srv, dialectSOOP)
		srv.on("auth/token", tokenAnswer("1"))
		srv.on("validate/live/status", says(tc.status, tc.body))
		for range 3 {
			if _, err := s.Live(ctx); !errors.Is(err, tc.kind) || failure(err).Reason != tc.reason {
				t.Errorf("%s: got %v", name, err)
			}
		}
		if n := len(srv.asked("auth/token")); n > 1 {
			t.Errorf("%s: polling asked for %d tokens", name, n)
		}
	}
}

func TestIdentity(t *testing.T) {
	const (
		picture  = `{"result":1,"data":{"user_nick":"닉","station_name":"방송국","profile_image":"//profile.img.sooplive.co.kr/LOGO/af/afid/afid.jpg"}}`
		noNick   = `{"result":1,"data":{"user_nick":"","profile_image":"https://x/LOGO/af/afid/afid.jpg"}}`
		nickOnly = `{"result":1,"data":{"user_nick":"닉"}}`
		rtmp     = `{"result":1,"data":{"rtmp":"rtmp://h/app","key":"afid-1234567","info":{}}}`
		status   = `{"result":1,"data":{"user_id":"afid","status":"streamend"}}`
	)
	cases := map[string]struct {
		station, live, rtmp string
		want                providers.Identity
	}{
		"from the station":        {picture, "", "", providers.Identity{UserID: "afid", Nick: "닉"}},
		"no nickname":             {noNick, "", "", providers.Identity{UserID: "afid", Nick: "afid"}},
		"id from the status":      {nickOnly, status, "", providers.Identity{UserID: "afid", Nick: "닉"}},
		"nickname alone":          {nickOnly, "", "", providers.Identity{Nick: "닉"}},
		"null station, status":    {"null", status, "", providers.Identity{UserID: "afid", Nick: "afid"}},
		"null station, the key":   {"null", "", rtmp, providers.Identity{UserID: "afid", Nick: "afid"}},
		"refused station, status": {`{"result":-1,"msg":"no"}`, status, "", providers.Identity{UserID: "afid", Nick: "afid"}},
	}
	for name, tc := range cases {
		srv := newService(t)
		s, _ := open(t, srv, dialectSOOP)
		srv.on("user/stationinfo", says(200, tc.station))
		if tc.live != "" {
			srv.on("validate/live/status", says(200, tc.live))
		}
		if tc.rtmp != "" {
			srv.on("broad/rtmp", says(200, tc.rtmp))
		}
		if got, err := s.Identity(ctx); err != nil || got != tc.want {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
}

func TestIdentityDoesNotHideAPlatformThatIsDown(t *testing.T) {
	srv := newService(t)
	s, _ := open(t, srv, dialectSOOP)
	srv.on("user/stationinfo", says(503, ""))
	if _, err := s.Identity(ctx); !errors.Is(err, providers.ErrUnreachable) {
		t.Errorf("got %v", err)
	}
	if len(srv.seen) != 1 {
		t.Errorf("%d calls", len(srv.seen))
	}
}

func TestFilterValuesAreCheckedBeforeSending(t *testing.T) {
	srv := newService(t)
	s, _ := open(t, srv, dialectSOOP)
	cases := map[string]struct{ kind, value, why, reason string }{
		"kind":         {"colour", "a", "b", "filter.kind"},
		"empty":        {"keyword", " ", "b", "filter.value_empty"},
		"too long":     {"keyword", "가나다라마바사아자차카타파하가나다라마바사", "b", "filter.keyword_too_long"},
		"emoji":        {"keyword", "도박😀", "b", "filter.keyword_emoji"},
		"drawn heart":  {"keyword", "♥️", "b", "filter.keyword_emoji"},
		"not a number": {"category", "게임", "b", "filter.category_unknown"},
		"no reason":    {"streamer", "someone", "", "filter.reason_empty"},
	}
	for name, tc := range cases {
		if err := s.PutFilter(ctx, tc.kind, tc.value, tc.why); failure(err).Reason != tc.reason {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if len(srv.seen) != 0 {
		t.Error("something was sent")
	}
	srv.on("filter/keyword", says(200, `{"result":1}`))
	for _, fine := range []string{"★♥!?", "가나다라마바사아자차카타파하가나다라마바"} {
		if err := s.PutFilter(ctx, "keyword", fine, "이유"); err != nil {
			t.Errorf("%q: %v", fine, err)
		}
	}
}
