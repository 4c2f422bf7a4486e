package soop

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"cuelight/providers"
)

// hostile is what a stranger may put into a title, and seen is what of it may
// reach a screen. The family is one joined emoji.
const (
	hostile = "\x1b[2J방송\n둘\u202e째\u009b31m \u2066줄\u200b👩\u200d👩\u200d👧\x07"
	seen    = "방송 둘째 줄👩\u200d👩\u200d👧"
)

func quoted(s string) string {
	raw, _ := json.Marshal(s)
	return string(raw)
}

func TestWhatStrangersWriteIsSafeToShow(t *testing.T) {
	srv := newService(t)
	s, _ := open(t, srv, dialectSOOP)
	h := quoted(hostile)
	srv.on("broad/list", says(200, fmt.Sprintf(`{"total_cnt":"1","broad":[{"broad_no":"1","user_id":"u","user_nick":%s,"broad_title":%s}]}`, h, h)))
	page, err := s.Directory(ctx, providers.DirectoryQuery{})
	if err != nil || len(page.Entries) != 1 || page.Entries[0].Title != seen || page.Entries[0].Nick != seen {
		t.Errorf("directory: %+v, %v", page.Entries, err)
	}
	srv.on("user/stationinfo", says(200, fmt.Sprintf(`{"result":1,"data":{"user_nick":%s,"station_name":%s}}`, h, h)))
	if station, err := s.Station(ctx); err != nil || station.Nick != seen || station.Name != seen {
		t.Errorf("station: %+v, %v", station, err)
	}
	srv.on("broad/category/list", says(200, fmt.Sprintf(`{"broad_category":[{"cate_no":"00010000","cate_name":%s}]}`, h)))
	if list, err := s.Categories(ctx, ""); err != nil || len(list) != 1 || list[0].Name != seen {
		t.Errorf("categories: %+v, %v", list, err)
	}
	srv.on("filter/keyword", says(200, fmt.Sprintf(`{"filter_list":[{"keyword":%s,"reason":%s,"type":1}]}`, h, h)))
	if filters, err := s.Filters(ctx, "keyword"); err != nil || len(filters) != 1 || filters[0].Value != seen || filters[0].Reason != seen {
		t.Errorf("filters: %+v, %v", filters, err)
	}
	srv.on("broad/rtmp", says(200, fmt.Sprintf(
		`{"result":1,"data":{"rtmp":"rtmp://host/app/","key":"key-1","info":{"title":%s,"hashtags":[%s],"broad_ending_msg":%s}}}`,
		h, quoted("태\u202e그\x1b[1m"), h)))
	if b, err := s.Broadcast(ctx); err != nil || b.Title != seen || b.EndingMessage != seen || len(b.Hashtags) != 1 || b.Hashtags[0] != "태그" {
		t.Errorf("broadcast: %+v, %v", b, err)
	}
	srv.on("broad/info/update", says(200, fmt.Sprintf(`{"result":-5,"msg":%s}`, h)))
	title := "x"
	if err := s.Update(ctx, providers.Patch{Title: &title}); failure(err).Message != seen {
		t.Errorf("error: %+q", failure(err).Message)
	}
}

func TestAKeyOrServerWithWhatNobodySeesIsRefused(t *testing.T) {
	for name, c := range map[string]struct{ server, key, field string }{
		"escape in the key":        {"rtmp://host/app/", "key\x1b[0m1", "stream_key"},
		"line end in the key":      {"rtmp://host/app/", "key\n1", "stream_key"},
		"NUL in the key":           {"rtmp://host/app/", "key\x001", "stream_key"},
		"zero width in the key":    {"rtmp://host/app/", "key\u200b1", "stream_key"},
		"zero width in the server": {"rtmp://host/\u200bapp/", "key", "server"},
	} {
		srv := newService(t)
		s, _ := open(t, srv, dialectSOOP)
		srv.on("broad/rtmp", says(200, fmt.Sprintf(`{"result":1,"data":{"rtmp":%s,"key":%s,"info":{}}}`, quoted(c.server), quoted(c.key))))
		got, err := s.Ingest(ctx)
		if !errors.Is(err, providers.ErrBadAnswer) || failure(err).Reason != "ingest.unseen" || failure(err).Field != c.field || !got.Key.Empty() {
			t.Errorf("%s: got %v, %v", name, got, err)
		}
		if err != nil && strings.Contains(err.Error(), "key\x1b") {
			t.Errorf("%s: the error holds the key", name)
		}
		srv.on("broad/rtmp/reset", says(200, fmt.Sprintf(`{"result":1,"stream_key":%s}`, quoted(c.key))))
		if key, err := s.ResetKey(ctx); c.field == "stream_key" && (!errors.Is(err, providers.ErrBadAnswer) || !key.Empty()) {
			t.Errorf("%s: a reset gives %v, %v", name, key, err)
		}
	}
	srv := newService(t)
	s, _ := open(t, srv, dialectSOOP)
	srv.on("broad/rtmp", says(200, `{"result":1,"data":{"rtmp":"\ufeffrtmp://host/app/\r\n","key":"\u00a0key-1\u200b\n","info":{}}}`))
	if got, err := s.Ingest(ctx); err != nil || got.Server != "rtmp://host/app/" || got.Key.Reveal() != "key-1" {
		t.Errorf("at the edges: %q, %q, %v", got.Server, got.Key.Reveal(), err)
	}
}

func TestATitleWithoutAnythingToSeeIsEmpty(t *testing.T) {
	srv := newService(t)
	s, _ := open(t, srv, dialectSOOP)
	for _, title := range []string{"\u200b", "\u3164", "\u2800", "\ufeff \u00a0", "\u202e"} {
		if err := s.Check(providers.Patch{Title: &title}); failure(err).Reason != "title.empty" {
			t.Errorf("%+q: %v", title, err)
		}
	}
	srv.on("broad/info/update", says(200, `{"result":1}`))
	title := hostile
	if err := s.Update(ctx, providers.Patch{Title: &title}); err != nil {
		t.Fatal(err)
	}
	if sent := srv.asked("broad/info/update")[0].form; sent.Get("title") != seen && sent.Get("broad_title") != seen {
		t.Errorf("sent %+q", sent)
	}
}

func TestTheNumberIsReadInFullWidthDigits(t *testing.T) {
	srv := newService(t)
	s, _ := open(t, srv, dialectSOOP)
	srv.on("auth/code", says(200, `{"code":"code-1"}`))
	srv.on("auth/token", tokenAnswer("1"))
	if err := s.SignInWithNumber(ctx, "１３５ ７９０\u200b"); err != nil {
		t.Fatal(err)
	}
	if got := srv.asked("auth/code")[0].form.Get("certification_number"); got != "135790" {
		t.Errorf("sent %q", got)
	}
}
