package sandbox_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"cuelight/providers/sandbox"
)

// session is a signed-in streamer at one dialect.
type session struct {
	t            *testing.T
	s            *sandbox.Server
	base, access string
}

func signIn(t *testing.T, s *sandbox.Server, dialect string) session {
	t.Helper()
	access, _ := tokens(t, s.URL()+dialect, s.Client(), "111111")
	return session{t, s, s.URL() + dialect, access}
}

func (u session) call(path string, pairs ...string) map[string]any {
	u.t.Helper()
	if path == "broad/rtmp" {
		pairs = append(pairs, "platform_type", "SOOP")
	}
	return askJSON(u.t, http.MethodPost, u.base+"/"+path, form("access_token", u.access)+"&"+form(pairs...))
}

func (u session) data(path string, pairs ...string) map[string]any {
	u.t.Helper()
	data, ok := u.call(path, pairs...)["data"].(map[string]any)
	if !ok {
		u.t.Fatalf("%s has no data", path)
	}
	return data
}

func TestUpdateTakesWhatTheDocumentAllowsAndNothingElse(t *testing.T) {
	s := open(t, sandbox.Options{})
	u := signIn(t, s, "/soop")
	for _, c := range []struct {
		field, value string
		result       float64
	}{
		{"title", strings.Repeat("가", 75), 1},
		{"title", strings.Repeat("가", 76), -1},
		{"title", strings.Repeat("\u1100\u1161", 75), 1}, // 75 syllables typed as 150 jamo
		{"title", "", -1},
		{"category", "40066", 1},
		{"category", "00040066", 1},
		{"category", "00040000", -1}, // a group
		{"category", "99999999", -1},
		{"category", "abc", -1},
		{"allowed_view_cnt", "100000", 1},
		{"allowed_view_cnt", "100001", -1},
		{"allowed_view_cnt", "0", -1},
		{"broad_hidden", "2", -1},
		{"broad_grade", "19", 1},
		{"broad_grade", "18", -1},
		{"hashtags", "게임, 배틀그라운드 배그,a1,b2", 1},
		{"hashtags", "a,b,c,d,e,f", -1},
		{"hashtags", "a-b", -1},
		{"hashtags", "#a", -1},
		{"hashtags", "", 1},
		{"broad_ending_msg", strings.Repeat("끝", 40), 1},
		{"broad_ending_msg", strings.Repeat("끝", 41), -1},
		{"is_wait", "1", 1},
		{"is_wait", "yes", -1},
		{"waiting_time", "1", 1},
		{"waiting_time", "0", -1320},
		{"waiting_time", "11", -1320},
		{"water_mark", "6", 1},
		{"water_mark", "7", -1},
		{"broad_pwd_chk", "1", -1}, // and no password
	} {
		if out := u.call("broad/info/update", c.field, c.value); out["result"] != c.result {
			t.Errorf("%s=%q: %v, not %v", c.field, c.value, out, c.result)
		}
	}
	for password, want := range map[string]float64{"pass12": 1, "pass1": -1, "password": -1, "123456": -1, "pass 12": -1} {
		if out := u.call("broad/info/update", "broad_pwd_chk", "1", "broad_pwd", password); out["result"] != want {
			t.Errorf("password %q: %v", password, out)
		}
	}
}

func TestOneBadFieldRejectsTheWholeUpdate(t *testing.T) {
	u := signIn(t, open(t, sandbox.Options{}), "/soop")
	u.call("broad/info/update", "title", "처음", "hashtags", "a b")
	if out := u.call("broad/info/update", "title", "나중", "waiting_time", "99"); out["result"] != -1320.0 {
		t.Fatalf("%v", out)
	}
	set := u.data("broad/rtmp")["data"].(map[string]any)
	if set["title"] != "처음" || set["hashtags"] != "a,b" {
		t.Errorf("settings are %v", set)
	}
}

func TestTheDialectsDifferAsTheirDocumentsDo(t *testing.T) {
	s := open(t, sandbox.Options{})
	soop, afreeca := signIn(t, s, "/soop"), signIn(t, s, "/afreecatv")
	soop.call("broad/info/update", "language", "en_US", "is_wait", "1")
	fromSOOP := soop.data("broad/rtmp")
	if _, has := fromSOOP["info"]; has {
		t.Error("SOOP's example has no info")
	}
	set := fromSOOP["data"].(map[string]any)
	if set["language"] != "en_US" || set["is_wait"] != "1" {
		t.Errorf("language %v, is_wait %#v", set["language"], set["is_wait"])
	}
	info := afreeca.data("broad/rtmp")["info"].(map[string]any)
	if _, has := info["language"]; has {
		t.Error("AfreecaTV knows no language")
	}
	count := func(path string) (parents, games, mobile int, first string) {
		_, raw := ask(t, http.MethodGet, s.URL()+path, "")
		var list struct {
			Groups []struct {
				Name  string            `json:"cate_name"`
				No    string            `json:"cate_no"`
				Child []json.RawMessage `json:"child"`
			} `json:"broad_category"`
		}
		if err := json.Unmarshal([]byte(raw), &list); err != nil {
			t.Fatal(err)
		}
		for _, g := range list.Groups {
			switch g.No {
			case "00040000":
				games = len(g.Child)
			case "00350000":
				mobile = len(g.Child)
			}
		}
		return len(list.Groups), games, mobile, list.Groups[0].Name
	}
	client := "?client_id=" + s.Client().ID
	if p, g, m, first := count("/soop/broad/category/list" + client); p != 24 || g != 355 || m != 109 || first != "토크/캠방" {
		t.Errorf("%d groups, %d games, %d mobile games, first %q", p, g, m, first)
	}
	if _, _, _, first := count("/soop/broad/category/list" + client + "&locale=en_US"); first != "Talk/Cam" {
		t.Errorf("in English the first is %q", first)
	}
	if _, _, _, first := count("/soop/broad/category/list" + client + "&locale=vi_VN"); first != "토크/캠방" {
		t.Errorf("SOOP does not know vi_VN, the first is %q", first)
	}
}

func TestLiveStatusFollowsTheBroadcast(t *testing.T) {
	now := newClock()
	s := open(t, sandbox.Options{Now: now.Now})
	u := signIn(t, s, "/soop")
	key, err := s.Key(t.Context(), "soop1234")
	if err != nil {
		t.Fatal(err)
	}
	off := u.data("validate/live/status")
	if len(off) != 2 || off["status"] != "streamend" {
		t.Errorf("off air: %v", off)
	}
	u.call("broad/info/update", "title", "밤샘", "category", "40066")
	if err := s.SetOnAir(t.Context(), key, true); err != nil {
		t.Fatal(err)
	}
	var counts []float64
	for range 5 {
		on := u.data("validate/live/status")
		if on["status"] != "streaming" || on["user_id"] != "soop1234" || on["broad_title"] != "밤샘" ||
			on["broad_cate_no"] != "00040066" || on["broad_start"] != "2026-03-01 21:00:00" {
			t.Fatalf("on air: %v", on)
		}
		counts = append(counts, on["current_view_cnt"].(float64))
		now.pass(2 * time.Minute)
	}
	if counts[0] < 1 || counts[1] <= counts[0] || counts[2] <= counts[1] {
		t.Errorf("viewers do not ramp up: %v", counts)
	}
	if err := s.SetOnAir(t.Context(), key, false); err != nil {
		t.Fatal(err)
	}
	if end := u.data("validate/live/status"); end["status"] != "streamend" || len(end) != 2 {
		t.Errorf("after the end: %v", end)
	}
	if last := u.data("user/stationinfo")["lately_broad_date"]; last != "2026-03-01 21:00" {
		t.Errorf("the last broadcast was %v", last)
	}
}

func TestAResetEndsTheBroadcastAndKillsTheKey(t *testing.T) {
	s := open(t, sandbox.Options{})
	u := signIn(t, s, "/soop")
	key, _ := s.Key(t.Context(), "soop1234")
	if err := s.SetOnAir(t.Context(), key, true); err != nil {
		t.Fatal(err)
	}
	before := u.data("broad/rtmp")["key"]
	after := u.call("broad/rtmp/reset")["stream_key"]
	if before != key.Reveal() || after == before || !strings.HasPrefix(after.(string), "soop1234-") || len(after.(string)) != 19 {
		t.Error("the key did not change from one good key to another")
	}
	if status := u.data("validate/live/status")["status"]; status != "streamend" {
		t.Errorf("after the reset: %v", status)
	}
	for name, want := range map[string]int{before.(string): 403, after.(string): 204, "nobody-1234567890": 403} {
		if status, _ := ask(t, http.MethodPost, s.URL()+"/sandbox/on_publish", form("name", name, "call", "publish")); status != want {
			t.Errorf("an ingest's callback gets %d, not %d", status, want)
		}
	}
	if status := u.data("validate/live/status")["status"]; status != "streaming" {
		t.Errorf("after the callback: %v", status)
	}
	if status, _ := ask(t, http.MethodPost, s.URL()+"/sandbox/on_publish_done", form("name", after.(string))); status != 204 {
		t.Errorf("the end's callback gets %d", status)
	}
	if status := u.data("validate/live/status")["status"]; status != "streamend" {
		t.Errorf("after the end's callback: %v", status)
	}
}
