package soop

import (
	"errors"
	"testing"
	"time"

	"cuelight/providers"
)

func TestBroadListGivesWhoIsLive(t *testing.T) {
	both(t, func(t *testing.T, dialect string) {
		srv := newService(t)
		s, _ := open(t, srv, dialect)
		plain := string(unwrapJSONP([]byte(example(t, dialect, "broad_list.jsonp"))))
		srv.on("broad/list", says(200, example(t, dialect, "broad_list.jsonp")), says(200, plain))
		for _, form := range []string{"JSONP", "plain"} {
			page, err := s.Directory(ctx, providers.DirectoryQuery{Category: "130000", Order: providers.OrderNewest, Page: 1})
			if err != nil {
				t.Fatalf("%s: %v", form, err)
			}
			if page.Total != 6 || page.Page != 1 || page.PerPage != 60 || len(page.Entries) != 2 ||
				!page.Generated.Equal(time.Unix(1586326329, 0)) {
				t.Errorf("%s: page %+v", form, page)
			}
			first, second := page.Entries[0], page.Entries[1]
			if want := wantFirst(dialect); first != want {
				t.Errorf("%s:\n got %+v\nwant %+v", form, first, want)
			}
			if second.AgeLimit != 19 || second.Password || !second.PaidPromotion || second.Viewers != 2456 {
				t.Errorf("%s: second %+v", form, second)
			}
		}
		query := srv.asked("broad/list")[0].query
		for name, want := range map[string]string{"client_id": "client-1", "select_key": "cate", "select_value": "00130000", "order_type": "broad_start", "page_no": "1"} {
			if query.Get(name) != want {
				t.Errorf("%s = %q, want %q", name, query.Get(name), want)
			}
		}
		if query.Has("access_token") || query.Has("callback") {
			t.Errorf("query %v", query)
		}
	})
}

func wantFirst(dialect string) providers.LiveEntry {
	e := providers.LiveEntry{
		ID: "2232", UserID: "soop1234", Nick: "꿀잼", Title: "[생]꿀잼님의 SOOP 방송", CategoryNumber: "00130000",
		Viewers: 2232, Started: time.Date(2020, 1, 15, 6, 26, 31, 0, time.UTC), Password: true, RefuseExploration: true,
		WatchURL:    "https://play.sooplive.com/soop1234/2232",
		EmbedURL:    "https://play.sooplive.com/soop1234/2232/embed",
		Thumbnail:   "https://liveimg.sooplive.co.kr/m/2232",
		Picture:     "https://profile.img.sooplive.co.kr/LOGO/af/soop1234/soop1234.jpg?dummy=123456789",
		BitrateKbps: 2000, Resolution: "1280x720",
	}
	if dialect == dialectAfreecaTV {
		e.UserID, e.Nick, e.Title = "afreecatv1234", "아티", "[생]아티님의 아프리카TV 방송"
		e.WatchURL = "https://play.afreecatv.com/afreecatv1234/2232"
		e.EmbedURL = e.WatchURL + "/embed"
		e.Thumbnail = "https://liveimg.afreecatv.com/m/2232"
		e.Picture = "https://profile.img.afreecatv.com/LOGO/af/afreecatv1234/afreecatv1234.jpg?dummy=123456789"
	}
	return e
}

func TestTheDocumentsMisprintedListIsABadAnswer(t *testing.T) {
	both(t, func(t *testing.T, dialect string) {
		srv := newService(t)
		s, _ := open(t, srv, dialect)
		srv.on("broad/list", says(200, example(t, dialect, "broad_list_misprinted.jsonp")))
		_, err := s.Directory(ctx, providers.DirectoryQuery{})
		if !errors.Is(err, providers.ErrBadAnswer) || failure(err).Reason != "answer.not_json" {
			t.Errorf("got %v", err)
		}
	})
}

func TestBroadListGivesTheLanguages(t *testing.T) {
	srv := newService(t)
	s, _ := open(t, srv, dialectSOOP)
	srv.on("broad/list", says(200, example(t, dialectSOOP, "broad_list_languages.jsonp")))
	got, err := s.Languages(ctx)
	if err != nil || len(got) != 17 || got["ko_KR"] != "Korean" || got["etc"] != "Other" {
		t.Errorf("got %v, %v", got, err)
	}
	if q := srv.asked("broad/list")[0].query; q.Get("select_key") != "lang" {
		t.Errorf("query %v", q)
	}
	if _, err := s.Directory(ctx, providers.DirectoryQuery{Language: "ko_KR"}); failure(err).Reason != ReasonNoList {
		t.Errorf("languages where broadcasts were asked for: %v", err)
	}
	old, _ := open(t, srv, dialectAfreecaTV)
	if got, err := old.Languages(ctx); err != nil || len(got) != 0 {
		t.Errorf("AfreecaTV has no languages: %v, %v", got, err)
	}
	if _, err := old.Directory(ctx, providers.DirectoryQuery{Language: "ko_KR"}); !errors.Is(err, providers.ErrUsage) {
		t.Errorf("AfreecaTV by language: %v", err)
	}
}

func TestDirectoryPages(t *testing.T) {
	cases := map[string]struct {
		body                 string
		total, page, entries int
		fails                bool
	}{
		"past the last, empty":     {`{"total_cnt":6,"page_no":"9","broad":[]}`, 6, 9, 0, false},
		"past the last, missing":   {`{"total_cnt":"6","page_no":9}`, 6, 9, 0, false},
		"past the last, null":      {`{"total_cnt":6,"page_no":9,"broad":null}`, 6, 9, 0, false},
		"an array with a gap":      {`{"total_cnt":2,"broad":{"0":{"broad_no":1,"user_id":"a"},"2":{"broad_no":2,"user_id":"b"}}}`, 2, 3, 2, false},
		"a row that is none":       {`{"total_cnt":2,"broad":[{"broad_no":"1"},"x",null]}`, 2, 3, 1, false},
		"missing everything":       {`{"time":1}`, 0, 0, 0, true},
		"languages, not asked for": {`{"total_cnt":1,"broad":{"ko_KR":"Korean"}}`, 0, 0, 0, true},
		"a number for a list":      {`{"total_cnt":1,"broad":7}`, 0, 0, 0, true},
	}
	for name, tc := range cases {
		srv := newService(t)
		s, _ := open(t, srv, dialectSOOP)
		srv.on("broad/list", says(200, tc.body))
		got, err := s.Directory(ctx, providers.DirectoryQuery{Page: 3})
		if tc.fails {
			if !errors.Is(err, providers.ErrBadAnswer) {
				t.Errorf("%s: got %v", name, err)
			}
			continue
		}
		if err != nil || got.Total != tc.total || got.Page != tc.page || len(got.Entries) != tc.entries {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
}

func TestDirectoryByLanguage(t *testing.T) {
	srv := newService(t)
	s, _ := open(t, srv, dialectSOOP)
	srv.on("broad/list", says(200, `{"total_cnt":0,"broad":[]}`))
	if _, err := s.Directory(ctx, providers.DirectoryQuery{Language: "th_TH"}); err != nil {
		t.Fatal(err)
	}
	if q := srv.asked("broad/list")[0].query; q.Get("select_key") != "lang" || q.Get("select_value") != "th_TH" || q.Get("order_type") != "view_cnt" {
		t.Errorf("query %v", q)
	}
	for name, q := range map[string]providers.DirectoryQuery{
		"both": {Language: "th_TH", Category: "40066"}, "order": {Order: "oldest"}, "category": {Category: "게임"},
	} {
		if _, err := s.Directory(ctx, q); !errors.Is(err, providers.ErrUsage) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
