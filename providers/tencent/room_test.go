package tencent

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tencentyun/tls-sig-api-v2-golang/tencentyun"

	"cuelight/providers"
	"cuelight/providers/sandbox"
)

func TestTheDocumentsExampleOfTheList(t *testing.T) {
	var address *url.URL
	var body string
	s, _ := answering(t, "", func(w http.ResponseWriter, r *http.Request) {
		plain, _ := io.ReadAll(r.Body)
		address, body = r.URL, r.Method+" "+string(plain)
		_, _ = io.WriteString(w, example(t, "get_room_list.json"))
	})
	page, err := s.Channels(t.Context(), providers.ChannelQuery{})
	if err != nil {
		t.Fatal(err)
	}
	room := providers.Channel{
		Key: "room_id0", Title: "name", Owner: "bren", Viewers: 1000, Created: time.Unix(1693271354, 0).UTC(),
		CoverURL: "cover_url", Categories: []int{1, 2, 3}, Activity: 1, Facts: map[string]string{},
	}
	other := room
	other.Key, other.Viewers = "room_id19", 900
	if want := []providers.Channel{room, other}; !reflect.DeepEqual(page.Channels, want) {
		t.Errorf("read\n%+v\nnot\n%+v", page.Channels, want)
	}
	if page.Next != "1693271355-123123123123" || page.Total != -1 {
		t.Errorf("next %q, total %d", page.Next, page.Total)
	}
	q := address.Query()
	if address.Host != "adminapikr.im.qcloud.com" || address.Path != "/v4/live_engine_http_srv/get_room_list" || q.Get("contenttype") != "json" ||
		q.Get("sdkappid") != "1400000000" || q.Get("identifier") != "administrator" || q.Get("random") == "" {
		t.Errorf("called %s%s with %d parameters", address.Host, address.Path, len(q))
	}
	if body != `POST {"Next":"","Count":20}` {
		t.Errorf("sent %s", body)
	}
	if err := tencentyun.VerifyUserSig(1400000000, "0123456789abcdef-synthetic-test-key", "administrator", q.Get("usersig"), time.Now()); err != nil {
		t.Errorf("the vendor's verifier refuses the signature: %v", err)
	}
}

func TestTheDocumentsExampleOfARoom(t *testing.T) {
	s, _ := answering(t, "rid-123", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, example(t, "get_room_info.json"))
	})
	room, err := s.Channel(t.Context(), "rid-123")
	want := providers.Channel{
		Key: "rid-123", Title: "rname-123", Owner: "user1", Viewers: 10, Created: time.Unix(1693271354, 0).UTC(),
		CoverURL: "https://xxxx.png", Categories: []int{1, 2, 3}, Activity: 1,
		Facts: map[string]string{"room_type": "Live", "seat_mode": "ApplyToTake", "max_seats": "8", "max_members": "300"},
	}
	if err != nil || !reflect.DeepEqual(room, want) {
		t.Errorf("read %+v (%v)", room, err)
	}
	b, err := s.Broadcast(t.Context())
	if err != nil || b.Title != "rname-123" || b.Category.Number != "1,2,3" || b.CoverURL != "https://xxxx.png" || b.Activity != 1 {
		t.Errorf("read %+v (%v)", b, err)
	}
}

func TestNoRoomComesTwiceAlthoughTheOrderChanges(t *testing.T) {
	platform := inSandbox(t, sandbox.Options{})
	synctest.Test(t, func(t *testing.T) {
		s, _ := open(t, platform, "")
		seen, sent := map[string]bool{}, 0
		for query, pages := (providers.ChannelQuery{}), 0; ; pages++ {
			page, err := s.Channels(t.Context(), query)
			if err != nil {
				t.Fatal(err)
			}
			for _, room := range page.Channels {
				if seen[room.Key] {
					t.Errorf("%s came twice", room.Key)
				}
				seen[room.Key] = true
			}
			sent += 20
			if query.Cursor = page.Next; page.Next == "" {
				if pages < 6 || pages > 7 {
					t.Errorf("%d pages", pages+1)
				}
				break
			}
		}
		if len(seen) < 120 || len(seen) >= sent {
			t.Errorf("%d rooms", len(seen))
		}
		state, err := platform.TencentState(t.Context())
		if err != nil || state.TooMany != 0 || state.Lists < 7 {
			t.Errorf("%d list calls, %d of them too many (%v)", state.Lists, state.TooMany, err)
		}
		found, err := s.Channels(t.Context(), providers.ChannelQuery{Search: "RADIO"})
		if err != nil || len(found.Channels) != 0 {
			t.Errorf("found %d (%v)", len(found.Channels), err)
		}
		if found, err = s.Channels(t.Context(), providers.ChannelQuery{Search: "speedrun"}); err != nil || len(found.Channels) == 0 {
			t.Errorf("found %d (%v)", len(found.Channels), err)
		}
	})
}

func TestAPageReadAgainGivesTheSame(t *testing.T) {
	w := newPageHistory()
	first := w.unseen("", "a", []string{"1", "2", "3"})
	if len(first) != 3 {
		t.Errorf("the first page gives %v", first)
	}
	for range 2 {
		if second := w.unseen("a", "b", []string{"3", "4"}); len(second) != 1 || !second["4"] {
			t.Errorf("the second page gives %v", second)
		}
	}
	if third := w.unseen("b", "", []string{"1", "4", "5"}); len(third) != 1 || !third["5"] {
		t.Errorf("the third page gives %v", third)
	}
	if fresh := w.unseen("", "c", []string{"1"}); len(fresh) != 1 {
		t.Errorf("a new walk gives %v", fresh)
	}
	for i := range 3 * maxPages {
		w.unseen("", fmt.Sprint(i), []string{"1"})
	}
	if len(w.shown) != maxPages || len(w.order) != maxPages {
		t.Errorf("%d histories are remembered", len(w.shown))
	}
}

func TestACursorThatLeadsToItselfEndsTheList(t *testing.T) {
	s, _ := answering(t, "", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"ActionStatus":"OK","ErrorCode":0,"Response":{"Next":"same","RoomList":[{"RoomId":"a"},{"RoomId":"a"},{"RoomName":"none"}]}}`)
	})
	page, err := s.Channels(t.Context(), providers.ChannelQuery{Cursor: "same"})
	if err != nil || page.Next != "" || len(page.Channels) != 1 {
		t.Errorf("next %q, %d rooms (%v)", page.Next, len(page.Channels), err)
	}
}

func TestARoomIsEdited(t *testing.T) {
	platform := inSandbox(t, sandbox.Options{})
	s, _ := open(t, platform, "live_007")
	title, cover, category, activity := "새 이름", "https://img.example/a.png", "4, 2", 2
	patch := providers.Patch{Title: &title, CoverURL: &cover, Category: &category, Activity: &activity}
	if err := s.Update(t.Context(), patch); err != nil {
		t.Fatal(err)
	}
	b, err := s.Broadcast(t.Context())
	if err != nil || b.Title != title || b.CoverURL != cover || b.Category.Number != "4,2" || b.Activity != 2 {
		t.Errorf("%+v (%v)", b, err)
	}
	none := ""
	if err := s.Update(t.Context(), providers.Patch{Category: &none, CoverURL: &none}); err != nil {
		t.Fatal(err)
	}
	if b, err = s.Broadcast(t.Context()); err != nil || b.Title != title || b.CoverURL != "" || b.Category.Number != "" {
		t.Errorf("%+v (%v)", b, err)
	}
	gone, _ := open(t, platform, "no_such_room")
	if err := gone.Update(t.Context(), providers.Patch{Title: &title}); failure(err).Reason != "room.unknown" {
		t.Errorf("an unknown room: %v", err)
	}
	if err := gone.Update(t.Context(), providers.Patch{}); err != nil {
		t.Errorf("nothing to change: %v", err)
	}
}

func TestOnlyWhatChangedIsSent(t *testing.T) {
	var sent string
	s, _ := answering(t, "r", func(w http.ResponseWriter, r *http.Request) {
		plain, _ := io.ReadAll(r.Body)
		sent = string(plain)
		_, _ = io.WriteString(w, `{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}`)
	})
	zero := 0
	if err := s.Update(t.Context(), providers.Patch{Activity: &zero}); err != nil || sent != `{"RoomInfo":{"RoomId":"r","ActivityStatus":0}}` {
		t.Errorf("sent %s (%v)", sent, err)
	}
}

func TestPatchesThatCannotBeSent(t *testing.T) {
	s, _ := answering(t, "r", func(http.ResponseWriter, *http.Request) { t.Error("something was sent") })
	empty, four, words, ftp, tags := " ", "1,2,3,4", "music", "ftp://x/y", []string{"a"}
	for reason, patch := range map[string]providers.Patch{
		"title.empty":          {Title: &empty},
		"category.too_many":    {Category: &four},
		"category.invalid":     {Category: &words},
		"cover.invalid":        {CoverURL: &ftp},
		"hashtags.unsupported": {Hashtags: &tags},
	} {
		if err := s.Update(t.Context(), patch); !errors.Is(err, providers.ErrUsage) || !strings.Contains(err.Error(), reason) {
			t.Errorf("%s: %v", reason, err)
		}
	}
}

func TestListCallsKeepTheirDistance(t *testing.T) {
	platform := inSandbox(t, sandbox.Options{})
	synctest.Test(t, func(t *testing.T) {
		s, _ := open(t, platform, "")
		began := time.Now()
		for range 40 {
			if _, err := s.Channels(t.Context(), providers.ChannelQuery{PerPage: 5}); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(began); took < 3900*time.Millisecond {
			t.Errorf("40 calls took %s", took)
		}
		state, err := platform.TencentState(t.Context())
		if err != nil || state.Lists != 40 || state.TooMany != 0 {
			t.Errorf("%d calls, %d too many (%v)", state.Lists, state.TooMany, err)
		}
	})
}

func TestNumbersAsNames(t *testing.T) {
	var r roomData
	if err := json.Unmarshal([]byte(`{"RoomId":7,"Owner_Account":88001234,"Category":["1",2,null,"x"],"ViewCount":"12","CreateTime":"1693271354"}`), &r); err != nil {
		t.Fatal(err)
	}
	c := r.channel()
	if c.Key != "7" || c.Owner != "88001234" || !reflect.DeepEqual(c.Categories, []int{1, 2}) || c.Viewers != 12 || c.Created.Unix() != 1693271354 {
		t.Errorf("read %+v", c)
	}
}
