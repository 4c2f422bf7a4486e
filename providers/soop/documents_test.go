package soop

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"testing"
	"time"

	"cuelight/providers"
	"cuelight/providers/internal/httpcall"
)

var ctx = context.Background()

// both runs a test in either dialect.
func both(t *testing.T, test func(t *testing.T, dialect string)) {
	t.Helper()
	for _, dialect := range []string{dialectSOOP, dialectAfreecaTV} {
		t.Run(dialect, func(t *testing.T) { test(t, dialect) })
	}
}

func TestBroadRTMPGivesServerKeyAndSettings(t *testing.T) {
	both(t, func(t *testing.T, dialect string) {
		srv := newService(t)
		s, _ := open(t, srv, dialect)
		srv.on("broad/rtmp", says(200, example(t, dialect, "broad_rtmp.json")))
		ingest, b, err := s.IngestAndBroadcast(ctx)
		if err != nil {
			t.Fatal(err)
		}
		want := providers.Broadcast{ViewerLimit: 100000, StandbyMinutes: 10, Watermark: 1, RefuseExploration: true}
		server, platform := "rtmp://stream.sooplive.co.kr/app/", "SOOP"
		want.Title, want.Language = "nickname`s SOOP stream", "ko_KR"
		if dialect == dialectAfreecaTV {
			server, platform = "rtmp://rtmpmanager-freecat.afreeca.tv/app/", "AfreecaTV"
			want.Title, want.Language = "xxxxx님의 아프리카TV 방송", ""
		}
		if ingest.Server != server || ingest.Key.Reveal() != "afid-1234567" {
			t.Errorf("ingest %q, %q", ingest.Server, ingest.Key.Reveal())
		}
		if !reflect.DeepEqual(b, want) {
			t.Errorf("broadcast\n got %+v\nwant %+v", b, want)
		}
		call := srv.asked("broad/rtmp")[0]
		if call.method != "POST" || call.form.Get("platform_type") != platform || call.form.Get("access_token") != testToken {
			t.Errorf("asked %+v", call)
		}
		if call.agent != httpcall.UserAgent() || len(call.query) != 0 {
			t.Errorf("agent %q, query %v", call.agent, call.query)
		}
	})
}

func TestRTMPSettingsAreReadWhereverTheyAre(t *testing.T) {
	const inner = `{"title":"제목","category":"40066","language":"ko_KR","allowed_view_cnt":"500","is_password":"1","broad_hidden":"1","broad_grade":"19","hashtags":"게임, 배틀그라운드, 배그","broad_ending_msg":"bye","is_wait":"1","waiting_time":"5","water_mark":"6","broad_tune_out":"0","paid_promotion":"1"}`
	want := providers.Broadcast{
		Title: "제목", Category: providers.Category{Number: "00040066"}, Language: "ko_KR", ViewerLimit: 500,
		HasPassword: true, Hidden: true, AgeGrade: 19, Hashtags: []string{"게임", "배틀그라운드", "배그"},
		EndingMessage: "bye", Standby: true, StandbyMinutes: 5, Watermark: 6, PaidPromotion: true,
	}
	for name, member := range map[string]string{
		"info": `"info":` + inner, "data": `"data":` + inner, "data of one": `"data":[` + inner + `]`,
		"info before data": `"info":` + inner + `,"data":{"title":"other"}`, "empty info": `"info":[],"data":` + inner,
	} {
		t.Run(name, func(t *testing.T) {
			srv := newService(t)
			s, _ := open(t, srv, dialectSOOP)
			for _, shape := range []string{`{"result":"1","data":{"rtmp":"rtmp://h/app/","key":"k-1",` + member + `}}`, `{"result":1,"data":[{"rtmp":"rtmp://h/app/","key":"k-1",` + member + `}]}`} {
				srv.on("broad/rtmp", says(200, shape))
				got, err := s.Broadcast(ctx)
				if err != nil || !reflect.DeepEqual(got, want) {
					t.Errorf("got %+v, %v", got, err)
				}
			}
		})
	}
}

func TestBroadInfoUpdateAnswers(t *testing.T) {
	both(t, func(t *testing.T, dialect string) {
		srv := newService(t)
		s, _ := open(t, srv, dialect)
		title, minutes := "새 제목", 10
		srv.on("broad/info/update", says(200, example(t, dialect, "broad_info_update.json")), says(200, example(t, dialect, "broad_info_update_refused.json")))
		if err := s.Update(ctx, providers.Patch{Title: &title}); err != nil {
			t.Fatal(err)
		}
		err := s.Update(ctx, providers.Patch{StandbyMinutes: &minutes})
		words := "The broadcast standby time setting is incorrect.(515)"
		if dialect == dialectAfreecaTV {
			words = "방송대기 설정 시간이 올바르지 않습니다.(515)"
		}
		if e := failure(err); !errors.Is(err, providers.ErrRefused) || e.Code != "-1320" || e.Message != words {
			t.Errorf("got %v", err)
		}
		if form := srv.asked("broad/info/update")[0].form; len(form) != 2 || form.Get("title") != title {
			t.Errorf("more than what changed was sent: %v", form)
		}
	})
}

func TestBroadRTMPResetGivesTheNewKey(t *testing.T) {
	both(t, func(t *testing.T, dialect string) {
		srv := newService(t)
		s, _ := open(t, srv, dialect)
		srv.on("broad/rtmp/reset", says(200, example(t, dialect, "broad_rtmp_reset.json")))
		if key, err := s.ResetKey(ctx); err != nil || key.Reveal() != "afid-1234567" {
			t.Errorf("got %q, %v", key.Reveal(), err)
		}
	})
}

func TestAquaComponentGet(t *testing.T) {
	both(t, func(t *testing.T, dialect string) {
		srv := newService(t)
		s, _ := open(t, srv, dialect)
		srv.on("aqua/component/get", says(200, example(t, dialect, "aqua_component_get.json")))
		got, err := s.Overlay(ctx, "chat", "pc")
		host := map[string]string{dialectSOOP: "sooplive.co.kr", dialectAfreecaTV: "afreecatv.com"}[dialect]
		if err != nil || got.Reveal() != "https://aqua."+host+"/component.php?szKey=.A32.7bbT56vyHMxxxxxxx" {
			t.Errorf("got %q, %v", got.Reveal(), err)
		}
		if f := srv.asked("aqua/component/get")[0].form; f.Get("platform_type") != "pc" || f.Get("component_type") != "chat" {
			t.Errorf("form %v", f)
		}
		for _, bad := range [][2]string{{"clock", "pc"}, {"chat", "tv"}} {
			if _, err := s.Overlay(ctx, bad[0], bad[1]); !errors.Is(err, providers.ErrUsage) {
				t.Errorf("%v: %v", bad, err)
			}
		}
	})
}

func TestFilters(t *testing.T) {
	both(t, func(t *testing.T, dialect string) {
		srv := newService(t)
		s, _ := open(t, srv, dialect)
		streamer, id := "streamer", "soop"
		if dialect == dialectAfreecaTV {
			streamer, id = "bj", "afreecatv"
		}
		want := map[string][]providers.Filter{
			"streamer": {{Value: id + "1", Reason: "토토 방송 근절"}, {Value: id + "2", Reason: "불법 방송 근절", Removable: true}},
			"category": {{Value: "00040019", Name: "LOL", Reason: "저작권 관련 보호 요청"}, {Value: "00040066", Name: "배틀그라운드", Reason: "게임사 요청", Removable: true}},
			"keyword":  {{Value: "토토", Reason: "토토 방송 근절"}, {Value: "도박", Reason: "사설 도박 방송 근절", Removable: true}},
		}
		sends := map[string][3]string{
			"streamer": {"filter/" + streamer, "black_id", "someone"}, "category": {"filter/category", "cate_no", "00300000"},
			"keyword": {"filter/keyword", "keyword", "사설"},
		}
		for _, kind := range s.FilterKinds() {
			path, field, value := sends[kind][0], sends[kind][1], sends[kind][2]
			srv.on("GET /"+path, says(200, example(t, dialect, "filter_"+kind+".json")))
			srv.on("POST /"+path, says(200, example(t, dialect, "filter_post.json")))
			srv.on("DELETE /"+path, says(200, example(t, dialect, "filter_delete.json")))
			got, err := s.Filters(ctx, kind)
			if err != nil || !reflect.DeepEqual(got, want[kind]) {
				t.Errorf("%s: got %+v, %v", kind, got, err)
			}
			if err := s.PutFilter(ctx, kind, value, "저작권"); err != nil {
				t.Errorf("put %s: %v", kind, err)
			}
			if err := s.RemoveFilter(ctx, kind, value); err != nil {
				t.Errorf("remove %s: %v", kind, err)
			}
			calls := srv.asked(path)
			if len(calls) != 3 || calls[0].query.Get("client_secret") != testSecret || calls[0].query.Get("client_id") != "client-1" {
				t.Fatalf("%s: asked %+v", kind, calls)
			}
			post, del := calls[1], calls[2]
			if post.method != "POST" || post.form.Get(field) != value || post.form.Get("reason") != "저작권" || post.form.Has("access_token") {
				t.Errorf("post %+v", post)
			}
			if del.method != "DELETE" || del.form.Get(field) != value || del.form.Get("client_secret") != testSecret || len(del.query) != 0 {
				t.Errorf("delete %+v", del)
			}
		}
	})
}

func TestBroadCategoryList(t *testing.T) {
	both(t, func(t *testing.T, dialect string) {
		srv := newService(t)
		s, _ := open(t, srv, dialect)
		srv.on("broad/category/list", says(200, example(t, dialect, "broad_category_list.json")))
		got, err := s.Categories(ctx, "en_US")
		want := []providers.Category{
			{Number: "00130000", Name: "토크/캠방"},
			{Number: "00330000", Name: "먹방/쿡방"},
			{Number: "00040000", Name: "게임"},
			{Number: "00040019", Name: "LOL", Parent: "00040000"},
			{Number: "00040075", Name: "TFT", Parent: "00040000"},
			{Number: "00040103", Name: "레전드 오브 룬테라", Parent: "00040000"},
			{Number: "00040066", Name: "배틀그라운드", Parent: "00040000"},
		}
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, %v", got, err)
		}
		if q := srv.asked("broad/category/list")[0].query; q.Get("locale") != "en_US" {
			t.Errorf("query %v", q)
		}
		_, err = s.Categories(ctx, "ja_JP")
		if known := dialect == dialectAfreecaTV; (err == nil) != known {
			t.Errorf("ja_JP: %v", err)
		}
	})
}

func TestOembedEmbedinfo(t *testing.T) {
	both(t, func(t *testing.T, dialect string) {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			srv := newService(t)
			s, _ := open(t, srv, dialect)
			if method == http.MethodPost {
				srv.on("GET /oembed/embedinfo", says(405, "<html>Method Not Allowed</html>"))
			}
			srv.on(method+" /oembed/embedinfo", says(200, example(t, dialect, "oembed_embedinfo.json")))
			got, err := s.Embed(ctx, "vod.sooplive.co.kr/player/71021072?change_second=3", 640, 0)
			if err != nil || got.Title != "[DK vs GEN] 4세트 / 2021 LCK 스프링 결승전" || got.Author != "LoL_공식" || got.Width != 720 || got.Height != 480 {
				t.Fatalf("%s: got %+v, %v", method, got, err)
			}
			if (got.HTML != "") != (dialect == dialectAfreecaTV) || got.AuthorURL == "" {
				t.Errorf("html %q, author %q", got.HTML, got.AuthorURL)
			}
			calls := srv.asked("oembed/embedinfo")
			last := calls[len(calls)-1]
			sent := last.query
			if method == http.MethodPost {
				sent = last.form
			}
			if last.method != method || sent.Get("vod_url") != "https://vod.sooplive.co.kr/player/71021072" || sent.Get("width") != "640" || sent.Get("height") != "360" {
				t.Errorf("asked %+v", last)
			}
		}
	})
}

func TestUserStationinfo(t *testing.T) {
	srv := newService(t)
	s, _ := open(t, srv, dialectAfreecaTV)
	srv.on("user/stationinfo", says(200, example(t, dialectAfreecaTV, "user_stationinfo.json")))
	got, err := s.Station(ctx)
	want := providers.Station{Nick: "xxxxxxxx", Name: "xxxxxxxxx", Loyal: 100, LastBroadcast: time.Date(2023, 12, 31, 15, 0, 0, 0, time.UTC)}
	if err != nil || got != want {
		t.Errorf("got %+v, %v", got, err)
	}
	srv.on("user/stationinfo", says(200, example(t, dialectSOOP, "user_stationinfo.json")))
	if got, err := s.Station(ctx); err != nil || got != (providers.Station{Loyal: -1}) {
		t.Errorf("null: got %+v, %v", got, err)
	}
}

func TestAuthCodeAndAuthToken(t *testing.T) {
	both(t, func(t *testing.T, dialect string) {
		srv := newService(t)
		s, v := open(t, srv, dialect)
		delete(v.Values, providers.SecretToken)
		srv.on("auth/code", says(200, example(t, dialect, "auth_code_post.json")))
		srv.on("auth/token", says(200, example(t, dialect, "auth_token.json")))
		if err := s.SignInWithNumber(ctx, "111 111"); err != nil {
			t.Fatal(err)
		}
		code, token := srv.asked("auth/code")[0].form, srv.asked("auth/token")[0].form
		if code.Get("client_id") != "client-1" || code.Get("auth_type") != "api" || code.Get("certification_number") != "111111" {
			t.Errorf("auth/code %v", code)
		}
		for name, want := range map[string]string{
			"grant_type": "authorization_code", "client_id": "client-1", "client_secret": testSecret,
			"redirect_uri": DefaultRedirectURI, "code": "34197c7e4XXXXXXXX",
		} {
			if token.Get(name) != want {
				t.Errorf("auth/token %s = %q, want %q", name, token.Get(name), want)
			}
		}
		if in, err := s.SignedIn(ctx); err != nil || !in {
			t.Errorf("signed in: %v, %v", in, err)
		}
		if ends, err := s.TokenExpires(ctx); err != nil || time.Until(ends) < 7*time.Hour || time.Until(ends) > 8*time.Hour {
			t.Errorf("expires %v, %v", ends, err)
		}
	})
}
