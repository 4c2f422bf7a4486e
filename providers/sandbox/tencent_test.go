package sandbox_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/tencentyun/tls-sig-api-v2-golang/tencentyun"

	"cuelight/providers/sandbox"
)

// tencentSig signs as the practice app does.
func tencentSig(t *testing.T, s *sandbox.Server, app int, user string, seconds int) string {
	t.Helper()
	sig, err := tencentyun.GenUserSig(app, s.Tencent().Secrets["secret_key"].Reveal(), user, seconds)
	if err != nil {
		t.Fatal(err)
	}
	return sig
}

// tencentKey is a stream key of a room.
func tencentKey(t *testing.T, s *sandbox.Server, room string) string {
	t.Helper()
	return room + "?sdkappid=1400000000&userid=obs&usersig=" + tencentSig(t, s, 1400000000, "obs", 3600)
}

// tencentCall makes a call; set changes parameters of the address.
func tencentCall(t *testing.T, s *sandbox.Server, command, body string, set ...string) map[string]any {
	t.Helper()
	q := url.Values{
		"sdkappid": {"1400000000"}, "identifier": {"administrator"}, "random": {"99999999"}, "contenttype": {"json"},
		"usersig": {tencentSig(t, s, 1400000000, "administrator", 3600)},
	}
	for i := 0; i < len(set); i += 2 {
		q.Set(set[i], set[i+1])
	}
	return askJSON(t, http.MethodPost, s.URL()+"/tencent/v4/live_engine_http_srv/"+command+"?"+q.Encode(), body)
}

func TestTencentsAnswersAreAsDocumented(t *testing.T) {
	s := open(t, sandbox.Options{})
	out := tencentCall(t, s, "get_room_list", `{"Next":"","Count":20}`)
	if out["ActionStatus"] != "OK" || out["ErrorCode"] != 0.0 || out["ErrorInfo"] != "" || out["RequestId"] == "" {
		t.Fatalf("answered %v", out)
	}
	response := out["Response"].(map[string]any)
	rooms := response["RoomList"].([]any)
	if len(rooms) != 20 || response["Next"] == "" {
		t.Fatalf("%d rooms, next %v", len(rooms), response["Next"])
	}
	last := 1e9
	for _, one := range rooms {
		room := one.(map[string]any)
		for _, name := range []string{"RoomName", "RoomId", "Owner_Account", "CoverURL", "Category", "CreateTime", "ActivityStatus", "ViewCount"} {
			if _, there := room[name]; !there {
				t.Errorf("a room has no %s", name)
			}
		}
		if views := room["ViewCount"].(float64); views > last {
			t.Error("the rooms are not in the order of their views")
		} else {
			last = views
		}
	}
	info := tencentCall(t, s, "get_room_info", `{"RoomId":"live_003"}`)["Response"].(map[string]any)["RoomInfo"].(map[string]any)
	if info["RoomId"] != "live_003" || info["RoomType"] != "Live" {
		t.Errorf("a room: %v", info)
	}
	if done := tencentCall(t, s, "update_room_info", `{"RoomInfo":{"RoomId":"live_003","RoomName":"새 이름"}}`); done["ActionStatus"] != "OK" {
		t.Errorf("updated: %v", done)
	}
	if state, err := s.TencentState(t.Context()); err != nil || state.Changed["live_003"] != "새 이름" {
		t.Errorf("the room is called %q (%v)", state.Changed["live_003"], err)
	}
}

func TestTencentsErrorCodes(t *testing.T) {
	s := open(t, sandbox.Options{})
	for name, c := range map[string]struct {
		command, body string
		set           []string
		code          float64
	}{
		"an empty body":          {"get_room_list", ``, nil, 60003},
		"not JSON":               {"get_room_list", `x`, nil, 60003},
		"an unknown command":     {"get_rooms", `{}`, nil, 60002},
		"no app":                 {"get_room_list", `{}`, []string{"sdkappid", ""}, 60012},
		"no signature":           {"get_room_list", `{}`, []string{"usersig", ""}, 60005},
		"no signature at all":    {"get_room_list", `{}`, []string{"usersig", "abc"}, 70003},
		"an expired signature":   {"get_room_list", `{}`, []string{"usersig", tencentSig(t, s, 1400000000, "administrator", -10)}, 70001},
		"another's signature":    {"get_room_list", `{}`, []string{"usersig", tencentSig(t, s, 1400000000, "somebody", 60)}, 70013},
		"another app":            {"get_room_list", `{}`, []string{"sdkappid", "1400000001"}, 70014},
		"an app nobody knows":    {"get_room_list", `{}`, []string{"sdkappid", "1400000001", "usersig", tencentSig(t, s, 1400000001, "administrator", 60)}, 60006},
		"no administrator":       {"get_room_list", `{}`, []string{"identifier", "somebody", "usersig", tencentSig(t, s, 1400000000, "somebody", 60)}, 60010},
		"too many at once":       {"get_room_list", `{"Next":"","Count":21}`, nil, 100002},
		"no count":               {"get_room_list", `{"Next":""}`, nil, 100002},
		"a made-up position":     {"get_room_list", `{"Next":"x","Count":1}`, nil, 100002},
		"no such room":           {"get_room_info", `{"RoomId":"none"}`, nil, 100004},
		"four categories":        {"update_room_info", `{"RoomInfo":{"RoomId":"live_001","Category":[1,2,3,4]}}`, nil, 100002},
		"an update of no room":   {"update_room_info", `{"RoomInfo":{"RoomId":"none"}}`, nil, 100004},
		"a name that is no text": {"update_room_info", `{"RoomInfo":{"RoomId":"live_001","RoomName":7}}`, nil, 100002},
	} {
		if out := tencentCall(t, s, c.command, c.body, c.set...); out["ErrorCode"] != c.code || out["ActionStatus"] != "FAIL" {
			t.Errorf("%s: %v", name, out)
		}
	}
}

func TestTencentTakesTenListCallsASecond(t *testing.T) {
	now := newClock()
	now.pass(time.Until(now.Now())) // signatures are of the present
	s := open(t, sandbox.Options{Now: now.Now})
	list := func() any { return tencentCall(t, s, "get_room_list", `{"Next":"","Count":1}`)["ErrorCode"] }
	for i := range 10 {
		if code := list(); code != 0.0 {
			t.Errorf("call %d: %v", i+1, code)
		}
	}
	if code := list(); code != 60007.0 {
		t.Errorf("the eleventh call: %v", code)
	}
	now.pass(time.Second)
	if code := list(); code != 0.0 {
		t.Errorf("a second later: %v", code)
	}
}

func TestHooksOfAnotherIngestKnowEveryPlatformsKeys(t *testing.T) {
	s := open(t, sandbox.Options{IngestURL: "rtmp://127.0.0.1:1935/app/"})
	publish := func(what string, pairs ...string) int {
		status, _ := ask(t, http.MethodPost, s.URL()+"/sandbox/"+what, form(pairs...))
		return status
	}
	room, arguments, _ := strings.Cut(tencentKey(t, s, "live_009"), "?")
	q, err := url.ParseQuery(arguments)
	if err != nil {
		t.Fatal(err)
	}
	tencent := []string{"call", "publish", "name", room, "sdkappid", q.Get("sdkappid"), "userid", q.Get("userid"), "usersig", q.Get("usersig")}
	kollus := []string{"call", "publish", "name", s.KollusKey(kollusChannel).Reveal()}
	for name, c := range map[string]struct {
		pairs []string
		want  int
	}{
		"a room's":             {tencent, http.StatusNoContent},
		"a creator's":          {kollus, http.StatusNoContent},
		"nobody's":             {[]string{"name", "nobody"}, http.StatusForbidden},
		"a room without a sig": {[]string{"name", room}, http.StatusForbidden},
		"a wrong sig":          {[]string{"name", room, "sdkappid", "1400000000", "userid", "other", "usersig", q.Get("usersig")}, http.StatusForbidden},
	} {
		if got := publish("on_publish", c.pairs...); got != c.want {
			t.Errorf("%s: HTTP %d", name, got)
		}
	}
	states := func() (bool, bool) {
		k, err := s.KollusState(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		r, err := s.TencentState(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return k.OnAir[kollusChannel] != "", len(r.Streaming) == 1
	}
	if k, r := states(); !k || !r {
		t.Errorf("on air at Kollus %t, in the room %t", k, r)
	}
	if a, b := publish("on_publish_done", tencent...), publish("on_publish_done", kollus...); a != http.StatusNoContent || b != http.StatusNoContent {
		t.Errorf("the ends: HTTP %d and %d", a, b)
	}
	if k, r := states(); k || r {
		t.Errorf("still on air at Kollus %t, in the room %t", k, r)
	}
}
