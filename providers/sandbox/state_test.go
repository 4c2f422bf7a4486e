package sandbox_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers/sandbox"
)

func TestTwoSandboxesOnOneFolderAreOnePlatform(t *testing.T) {
	o := sandbox.Options{StateDir: t.TempDir(), Seed: secret.New("a seed for this test")}
	first, second := open(t, o), open(t, o)
	if !first.Client().Secret.Equal(second.Client().Secret) {
		t.Fatal("the practice application has two secrets")
	}
	if a, b := first.IngestURL(t.Context()), second.IngestURL(t.Context()); a != b || first.URL() == second.URL() {
		t.Errorf("ingests %s and %s, web %s and %s", a, b, first.URL(), second.URL())
	}
	here := signIn(t, first, "/soop")
	there := session{t, second, second.URL() + "/soop", here.access}
	here.call("broad/info/update", "title", "여기서 바꿈", "hashtags", "a,b")
	if set := there.data("broad/rtmp")["data"].(map[string]any); set["title"] != "여기서 바꿈" {
		t.Errorf("the other has %v", set)
	}
	key := there.call("broad/rtmp/reset")["stream_key"]
	if got := here.data("broad/rtmp")["key"]; got != key {
		t.Error("the key was reset for one only")
	}
	if err := first.SetOnAir(t.Context(), secret.New(key.(string)), true); err != nil {
		t.Fatal(err)
	}
	if status := there.data("validate/live/status")["status"]; status != "streaming" {
		t.Errorf("on air at one, %v at the other", status)
	}
}

func TestTheStateSurvivesARestartAndTheAddressesToo(t *testing.T) {
	o := sandbox.Options{StateDir: t.TempDir(), Seed: secret.New("seed")}
	s, err := sandbox.New(o)
	if err != nil {
		t.Fatal(err)
	}
	u := signIn(t, s, "/soop")
	u.call("broad/info/update", "title", "그대로")
	key, url, ingest := u.data("broad/rtmp")["key"], s.URL(), s.AddrIngest()
	http.DefaultClient.CloseIdleConnections()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, o)
	if s.URL() != url || s.AddrIngest() != ingest {
		t.Errorf("from %s and %s to %s and %s", url, ingest, s.URL(), s.AddrIngest())
	}
	u = session{t, s, s.URL() + "/soop", u.access}
	again := u.data("broad/rtmp")
	if again["key"] != key || again["data"].(map[string]any)["title"] != "그대로" {
		t.Error("the key or the title is another one")
	}
}

func TestABroadcastOfAKilledSandboxHasBrokenOff(t *testing.T) {
	dir, now := t.TempDir(), newClock()
	o := sandbox.Options{StateDir: dir, Seed: secret.New("seed"), Now: now.Now}
	s, err := sandbox.New(o)
	if err != nil {
		t.Fatal(err)
	}
	signIn(t, s, "/soop")
	http.DefaultClient.CloseIdleConnections()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	// What a process that was killed while its ingest had a stream leaves behind.
	path := filepath.Join(dir, "soop.json")
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var state map[string]any
	if err := json.Unmarshal(raw, &state); err != nil {
		t.Fatal(err)
	}
	who := state["streamers"].(map[string]any)["soop1234"].(map[string]any)
	who["on_air"], who["source"], who["seen"] = true, "ingest", now.Now()
	if raw, err = json.Marshal(state); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	s = open(t, o)
	if status := signIn(t, s, "/soop").data("validate/live/status")["status"]; status != "streamend" {
		t.Errorf("after the restart: %v", status)
	}
}

func TestNothingOnDiskIsASecret(t *testing.T) {
	dir := t.TempDir()
	var log bytes.Buffer
	seed := "a seed nobody should find"
	s := open(t, sandbox.Options{StateDir: dir, Seed: secret.New(seed), Log: logTo(&log)})
	access, refresh := tokens(t, s.URL()+"/soop", s.Client(), "111111")
	u := session{t, s, s.URL() + "/soop", access}
	key := u.data("broad/rtmp")["key"].(string)
	overlay := u.data("aqua/component/get")["component_url"].(string)
	_, overlay, _ = strings.Cut(overlay, "szKey=")
	u.call("broad/info/update", "broad_pwd_chk", "1", "broad_pwd", "hidden77")
	ask(t, http.MethodPost, s.URL()+"/sandbox/on_publish", form("name", key))
	_, state := ask(t, http.MethodGet, s.URL()+"/sandbox/state", "")
	calls, err := json.Marshal(s.Calls())
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{"the log": log.String(), "/sandbox/state": state, "the calls": string(calls)}
	err = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		texts[entry.Name()] = string(raw)
		return err
	})
	if err != nil || len(texts["soop.json"]) == 0 {
		t.Fatalf("%v, files %d", err, len(texts))
	}
	for where, text := range texts {
		for what, value := range map[string]string{
			"seed": seed, "secret": s.Client().Secret.Reveal(), "access token": access, "refresh token": refresh,
			"stream key": key, "overlay key": overlay, "password": "hidden77",
		} {
			if strings.Contains(text, value) {
				t.Errorf("%s holds the %s", where, what)
			}
		}
	}
}

func TestABrokenStateFileIsKeptAside(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "soop.json"), []byte(`{"streamers": {`), 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, sandbox.Options{StateDir: dir})
	signIn(t, s, "/soop").call("broad/info/update", "title", "새로")
	kept, err := os.ReadFile(filepath.Join(dir, "soop.json.broken"))
	if err != nil || string(kept) != `{"streamers": {` {
		t.Errorf("kept %q, %v", kept, err)
	}
}

func TestManyCallersAtOnceLoseNothing(t *testing.T) {
	o := sandbox.Options{StateDir: t.TempDir(), Seed: secret.New("seed")}
	servers := []*sandbox.Server{open(t, o), open(t, o)}
	access, _ := tokens(t, servers[0].URL()+"/soop", servers[0].Client(), "111111")
	var group sync.WaitGroup
	keys := make(chan string, 40)
	for i := range 40 {
		group.Go(func() {
			u := session{t, servers[i%2], servers[i%2].URL() + "/soop", access}
			key, _ := u.call("broad/rtmp/reset")["stream_key"].(string)
			keys <- key
		})
	}
	group.Wait()
	close(keys)
	seen := map[string]bool{}
	for key := range keys {
		seen[key] = true
	}
	if len(seen) != 40 || seen[""] {
		t.Errorf("40 resets gave %d keys", len(seen))
	}
}

func TestFaultsSpoilTheAnswersTheyAreMeantFor(t *testing.T) {
	s := open(t, sandbox.Options{})
	u := signIn(t, s, "/soop")
	for _, c := range []struct {
		fault  string
		status int
		want   string
	}{
		{`{"endpoint":"user/stationinfo","kind":"status","status":503}`, 503, "practice fault"},
		{`{"endpoint":"user/stationinfo","kind":"html"}`, 200, "<!doctype html>"},
		{`{"endpoint":"user/stationinfo","kind":"expired_token"}`, 401, `"error":"expired_token"`},
		{`{"endpoint":"*","kind":"invalid_token"}`, 401, `"error":"invalid_token"`},
		{`{"kind":"insufficient_scope"}`, 403, `"error":"insufficient_scope"`},
		{`{"endpoint":"user/stationinfo","kind":"result","result":-1302,"message":"현재 방송중이 아닙니다.(515)"}`, 200, `"result":-1302`},
		{`{"endpoint":"user/stationinfo","kind":"null"}`, 200, "null"},
		{`{"endpoint":"user/stationinfo","kind":"misprint"}`, 200, `"paid_promotion : 0`},
		{`[{"endpoint":"user/stationinfo","kind":"too_many","retry_after":7}]`, 429, "Too Many"},
		{`{"endpoint":"user/stationinfo","kind":"slow","delay_ms":60}`, 200, `"user_nick"`},
	} {
		t.Run(c.fault, func(t *testing.T) {
			if status, body := ask(t, http.MethodPost, s.URL()+"/sandbox/faults", c.fault); status != 200 {
				t.Fatalf("HTTP %d %s", status, body)
			}
			began := time.Now()
			status, body := ask(t, http.MethodPost, u.base+"/user/stationinfo", form("access_token", u.access))
			if status != c.status || !strings.Contains(body, c.want) {
				t.Errorf("HTTP %d %s", status, body)
			}
			if strings.Contains(c.fault, "slow") && time.Since(began) < 60*time.Millisecond {
				t.Error("it was not slow")
			}
			if status, body := ask(t, http.MethodPost, u.base+"/user/stationinfo", form("access_token", u.access)); status != 200 || !strings.Contains(body, `"user_nick"`) {
				t.Errorf("afterwards: HTTP %d %s", status, body)
			}
		})
	}
	if status, _ := ask(t, http.MethodPost, s.URL()+"/sandbox/faults", `{"kind":"nonsense"}`); status != 400 {
		t.Errorf("an unknown kind gets %d", status)
	}
}

func TestFaultsBreakTheConnectionToo(t *testing.T) {
	s := open(t, sandbox.Options{})
	list := s.URL() + "/soop/broad/category/list?client_id=" + s.Client().ID
	for _, kind := range []string{"drop", "truncated"} {
		if err := s.Faults().Add(sandbox.Fault{Endpoint: "broad/category/list", Kind: kind}); err != nil {
			t.Fatal(err)
		}
		answer, err := http.Get(list)
		if err == nil {
			_, err = new(bytes.Buffer).ReadFrom(answer.Body)
			_ = answer.Body.Close()
		}
		if err == nil {
			t.Errorf("%s: the answer came whole", kind)
		}
	}
	if err := s.Faults().Add(sandbox.Fault{Kind: "huge", Times: -1}); err != nil {
		t.Fatal(err)
	}
	answer, err := http.Get(list)
	if err != nil {
		t.Fatal(err)
	}
	n, err := new(countingWriter).readFrom(answer)
	if err != nil || n < 60<<20 {
		t.Errorf("huge is %d bytes, %v", n, err)
	}
	if status, _ := ask(t, http.MethodDelete, s.URL()+"/sandbox/faults", ""); status != 204 || len(s.Faults().Pending()) != 0 {
		t.Errorf("clearing gets %d", status)
	}
}

type countingWriter struct{ n int }

func (w *countingWriter) Write(p []byte) (int, error) {
	w.n += len(p)
	return len(p), nil
}

func (w *countingWriter) readFrom(answer *http.Response) (int, error) {
	defer answer.Body.Close()
	err := answer.Write(w)
	return w.n, err
}

func TestCallsAreRememberedWithoutTheirValues(t *testing.T) {
	s := open(t, sandbox.Options{})
	signIn(t, s, "/afreecatv").call("broad/info/update", "title", "비밀 제목")
	calls := s.Calls()
	last := calls[len(calls)-1]
	if last.Dialect != "AfreecaTV" || last.Endpoint != "broad/info/update" || last.Method != http.MethodPost ||
		!slices.Equal(last.Fields, []string{"access_token", "title"}) {
		t.Errorf("the last call is %+v", last)
	}
	if n := s.Faults().Counts()["POST auth/token"]; n != 1 {
		t.Errorf("auth/token was called %d times", n)
	}
}

func TestOnlyThisMachinesOwnNamesAndPagesGetIn(t *testing.T) {
	s := open(t, sandbox.Options{})
	for _, c := range []struct {
		name, host, origin string
		want               int
	}{
		{"itself", "", "", 200},
		{"localhost", "localhost:1", "", 200},
		{"IPv6", "[::1]:1", "", 200},
		{"a rebound name", "evil.example", "", 421},
		{"a form of another site", "", "https://evil.example", 403},
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL()+"/sandbox/faults", strings.NewReader("[]"))
		if err != nil {
			t.Fatal(err)
		}
		if c.host != "" {
			r.Host = c.host
		}
		if c.origin != "" {
			r.Header.Set("Origin", c.origin)
		}
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if answer.StatusCode != c.want {
			t.Errorf("%s: HTTP %d, not %d", c.name, answer.StatusCode, c.want)
		}
	}
	for _, address := range []string{"0.0.0.0:0", ":0", "192.0.2.1:80", "nonsense"} {
		if s, err := sandbox.New(sandbox.Options{Listen: address}); err == nil {
			_ = s.Close()
			t.Errorf("it opened at %s", address)
		}
	}
}

func TestPicturesPagesAndOverlaysAreServed(t *testing.T) {
	s := open(t, sandbox.Options{})
	u := signIn(t, s, "/soop")
	get := func(address, language string) (int, string, string) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept-Language", language)
		r.Header.Set("Accept", "text/html")
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		var body bytes.Buffer
		_, err = body.ReadFrom(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, answer.Header.Get("Content-Type"), body.String()
	}
	picture := "http:" + u.data("user/stationinfo")["profile_image"].(string)
	if status, kind, body := get(picture, ""); status != 200 || kind != "image/jpeg" || !strings.HasPrefix(body, "\xff\xd8") {
		t.Errorf("%s: HTTP %d %s", picture, status, kind)
	}
	for _, kind := range []string{"chat", "notice", "goal"} {
		address := u.data("aqua/component/get", "component_type", kind, "platform_type", "mobile")["component_url"].(string)
		if status, _, body := get(address, "ko"); status != 200 || !strings.Contains(body, `data-kind="`+kind+`"`) {
			t.Errorf("%s: HTTP %d", kind, status)
		}
	}
	if status, _, _ := get(s.URL()+"/soop/overlay/component?szKey=.A32.none", ""); status != 404 {
		t.Errorf("an overlay of nobody: HTTP %d", status)
	}
	for language, want := range map[string]string{"ko-KR,ko;q=0.9": "연습용", "en-US,en;q=0.9": "Practice", "": "연습용", "fr": "Practice"} {
		for path, status := range map[string]int{"/": 200, "/soop/auth/code?client_id=cuelight-practice": 200, "/soop/auth/code?client_id=x": 200, "/nowhere": 404} {
			got, kind, body := get(s.URL()+path, language)
			if got != status || !strings.Contains(body, want) || !strings.HasPrefix(kind, "text/html") || strings.Contains(body, "%!") {
				t.Errorf("%s in %q: HTTP %d %s", path, language, got, kind)
			}
			if secret := s.Client().Secret.Reveal(); strings.Contains(body, secret) {
				t.Errorf("%s shows the client secret", path)
			}
		}
	}
	if _, _, body := get(s.URL()+"/", "ko"); !strings.Contains(body, "111111") || !strings.Contains(body, fmt.Sprint(s.URL(), "/afreecatv")) {
		t.Error("the index lacks the practice number or an address")
	}
}
