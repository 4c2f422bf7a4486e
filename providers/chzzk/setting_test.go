package chzzk

import (
	"encoding/json"
	"errors"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"cuelight/providers"
)

const setting = `{"code":200,"message":null,"content":{"defaultLiveTitle":"저녁 방송","category":{"categoryType":"GAME","categoryId":"League_of_Legends","categoryValue":"리그 오브 레전드","posterImageUrl":null},"tags":["한국어","롤"]}}`

func TestOnlyWhatIsChangedIsSentAndFlat(t *testing.T) {
	s := newService()
	session, _ := s.account(t, nil)
	editor := session.(providers.Editor)
	title, category, none, tags, noTags := "  새   제목 ", "ETC:talk", "", []string{"#한국어", "한국어", "롤"}, []string{}
	for _, c := range []struct {
		patch providers.Patch
		sent  map[string]any
	}{
		{providers.Patch{Title: &title}, map[string]any{"defaultLiveTitle": "새   제목"}},
		{providers.Patch{Category: &category}, map[string]any{"categoryType": "ETC", "categoryId": "talk"}},
		{providers.Patch{Category: &none}, map[string]any{"categoryId": ""}},
		{providers.Patch{Hashtags: &tags}, map[string]any{"tags": []any{"한국어", "롤"}}},
		{providers.Patch{Hashtags: &noTags}, map[string]any{"tags": []any{}}},
	} {
		// The answer to a change has a null content, or no body.
		for _, answer := range []string{`{"code":200,"message":null,"content":null}`, ""} {
			s.on("PATCH lives/setting", http.StatusOK, answer)
			if err := editor.Update(t.Context(), c.patch); err != nil {
				t.Fatal(err)
			}
			_, asked := s.times("PATCH lives/setting")
			var sent map[string]any
			if err := json.Unmarshal([]byte(asked.body), &sent); err != nil || !reflect.DeepEqual(sent, c.sent) {
				t.Errorf("sent %s, want %v", asked.body, c.sent)
			}
		}
	}
}

func TestASettingIsReadInEveryForm(t *testing.T) {
	s := newService()
	session, _ := s.account(t, nil)
	for answer, want := range map[string]providers.Broadcast{
		setting: {
			Title: "저녁 방송", Category: providers.Category{Number: "GAME:League_of_Legends", Name: "리그 오브 레전드"}, Hashtags: []string{"한국어", "롤"},
		},
		// After the category was removed.
		`{"code":200,"content":{"defaultLiveTitle":"x","category":null,"tags":[]}}`:                                      {Title: "x"},
		`{"code":200,"content":{"defaultLiveTitle":"x","category":{"categoryType":null,"categoryId":null},"tags":null}}`: {Title: "x"},
		`{"code":200,"content":{"defaultLiveTitle":"x","category":{"categoryType":"","categoryId":""}}}`:                 {Title: "x"},
	} {
		s.on("GET lives/setting", http.StatusOK, answer)
		if got, err := session.(providers.Editor).Broadcast(t.Context()); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s is read as %+v, %v", answer, got, err)
		}
	}
	for _, answer := range []string{`{"code":200,"content":null}`, `{"code":200}`, "", `{"code":200,"content":[]}`, "null"} {
		s.on("GET lives/setting", http.StatusOK, answer)
		if _, err := session.(providers.Editor).Broadcast(t.Context()); !errors.Is(err, providers.ErrBadAnswer) {
			t.Errorf("%q: %v", answer, err)
		}
	}
}

func TestACategoryIsItsTypeAndItsID(t *testing.T) {
	s := newService()
	session, _ := s.account(t, nil)
	s.on("GET categories/search", http.StatusOK, `{"code":200,"content":{"data":[
		{"categoryType":"SPORTS","categoryId":"Golf","categoryValue":"골프","posterImageUrl":null},
		{"categoryType":"ETC","categoryId":"Golf","categoryValue":"골프","posterImageUrl":null},
		{"categoryType":"ETC","categoryId":"Golf","categoryValue":"골프"},
		{"categoryType":"","categoryId":"Golf","categoryValue":"골프"},
		{"categoryType":"GAME","categoryId":"","categoryValue":"골프"},
		{"categoryType":"GAME","categoryId":"A:B","categoryValue":"콜론"}, null, 7]}}`)
	found, err := session.(providers.CategorySearch).SearchCategories(t.Context(), "골프")
	want := []providers.Category{{Number: "SPORTS:Golf", Name: "골프"}, {Number: "ETC:Golf", Name: "골프"}, {Number: "GAME:A:B", Name: "콜론"}}
	if err != nil || !reflect.DeepEqual(found, want) {
		t.Errorf("found %+v, %v", found, err)
	}
	if kind, id, ok := splitCategory("GAME:A:B"); kind != "GAME" || id != "A:B" || !ok {
		t.Errorf("split into %q and %q", kind, id)
	}
	for _, wrong := range []string{"League of Legends", "GAME:", ":talk", "game:talk", "GAME:a b", "리그:오브"} {
		if e := failure(session.(providers.Editor).Check(providers.Patch{Category: &wrong})); e.Reason != "category.unknown" {
			t.Errorf("%q is a category: %v", wrong, e)
		}
	}
}

func TestTheServerIsTheAccountsOwnSetting(t *testing.T) {
	s := newService()
	s.on("GET streams/key", http.StatusOK, `{"code":200,"content":{"streamKey":"0123456789abcdef0123456789abcdef"}}`)
	for set, want := range map[string]string{"": DefaultRTMPURL, "rtmps://ingest.example/relay2": "rtmps://ingest.example/relay2"} {
		session, _ := s.account(t, map[string]string{FieldRTMPURL: set})
		got, err := session.(providers.Ingester).Ingest(t.Context())
		if err != nil || got.Server != want || len(got.Key.Reveal()) != 32 {
			t.Errorf("set to %q: %q, %v", set, got.Server, err)
		}
	}
	for field, wrong := range map[string]string{
		FieldRTMPURL: "https://ingest.example", FieldAPIURL: "http://elsewhere.example", FieldAuthorizeURL: "ftp://x",
		FieldClientID: "two words", FieldLiveStatusURL: "x", FieldRedirectURI: "x",
	} {
		_, err := New().Open(
			providers.Account{Settings: map[string]string{FieldClientID: "id", field: wrong}},
			providers.Environment{Vault: providers.NewMemoryVault(nil)},
		)
		if e := failure(err); !errors.Is(err, providers.ErrUsage) || e.Field != field {
			t.Errorf("%s of %q: %v", field, wrong, err)
		}
	}
}

func TestTheLiveStatusIsBelievedByItsStatusAlone(t *testing.T) {
	s := newService()
	off, _ := s.account(t, nil)
	if _, has := off.(providers.LiveStatus); has {
		t.Error("it is asked for although nobody switched it on")
	}
	session, _ := s.account(t, map[string]string{FieldLiveStatus: liveStatusUnofficial})
	s.on("GET users/me", http.StatusOK, `{"code":200,"content":{"channelId":"c1","channelName":"나"}}`)
	const call = "GET polling/v3.1/channels/c1/live-status"
	rest := `"liveTitle":"지난 제목","concurrentUserCount":12,"categoryType":"GAME","liveCategory":"X","openDate":"2026-07-22 12:00:00",` +
		`"livePollingStatusJson":"{\"status\":\"STARTED\",\"isPublishing\":true}"`
	s.on(call, http.StatusOK, `{"code":200,"content":{"status":"OPEN",`+rest+`}}`)
	live, err := session.(providers.LiveStatus).Live(t.Context())
	if err != nil || !live.OnAir || live.Viewers != 12 || live.Started.Format("2006-01-02T15:04Z07:00") != "2026-07-22T03:00Z" ||
		live.WatchURL != "https://chzzk.naver.com/live/c1" || live.Category.Number != "GAME:X" {
		t.Errorf("%+v, %v", live, err)
	}
	s.on(call, http.StatusOK, `{"code":200,"content":{"status":"CLOSE",`+rest+`}}`)
	if live, err := session.(providers.LiveStatus).Live(t.Context()); err != nil || !reflect.DeepEqual(live, providers.Live{Viewers: -1}) {
		t.Errorf("what is left over: %+v, %v", live, err)
	}
	for answer, status := range map[string]int{
		`{"code":200,"content":null}`: 200, `{"code":200,"content":{"status":"BLOCK"}}`: 200, `{"code":404,"message":"NOT_FOUND"}`: 404,
		`{"code":403,"message":"FORBIDDEN"}`: 403, `{"code":9004,"message":"앱을 업데이트해 주세요"}`: 200,
	} {
		s.on(call, status, answer)
		if live, err := session.(providers.LiveStatus).Live(t.Context()); err == nil {
			t.Errorf("%s is %+v", answer, live)
		}
	}
	if n, _ := s.times("GET users/me"); n != 1 {
		t.Errorf("asked who it is %d times", n)
	}
	_, asked := s.times(call)
	if asked.header.Get("Authorization")+asked.header.Get("Client-Secret")+asked.header.Get("Cookie") != "" {
		t.Error("a secret was sent to the web site")
	}
}

func TestATitleIsOfAHundredCharacters(t *testing.T) {
	s := newService()
	session, _ := s.account(t, nil)
	long := strings.Repeat("가", 101)
	if e := failure(session.(providers.Editor).Check(providers.Patch{Title: &long})); e.Reason != "title.too_long" || e.Limit != 100 {
		t.Errorf("%v", e)
	}
}
