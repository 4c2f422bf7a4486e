package sandbox_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

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

func TestTheIngestPassesToTheSandboxThatIsLeft(t *testing.T) {
	o := sandbox.Options{StateDir: t.TempDir(), Seed: secret.New("seed")}
	first, err := sandbox.New(o)
	if err != nil {
		t.Fatal(err)
	}
	open(t, o)
	ingest := hostOf(t, first.IngestURL(t.Context()))
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the ingest at "+ingest, func() bool {
		conn, err := net.Dial("tcp", ingest)
		if err == nil {
			_ = conn.Close()
		}
		return err == nil
	})
}

func TestTheStateSurvivesARestartAndTheAddressesToo(t *testing.T) {
	o := sandbox.Options{StateDir: t.TempDir(), Seed: secret.New("seed")}
	s, err := sandbox.New(o)
	if err != nil {
		t.Fatal(err)
	}
	u := signIn(t, s, "/soop")
	u.call("broad/info/update", "title", "그대로")
	key, address, ingest := u.data("broad/rtmp")["key"], s.URL(), s.IngestURL(t.Context())
	http.DefaultClient.CloseIdleConnections()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, o)
	if s.URL() != address || s.IngestURL(t.Context()) != ingest {
		t.Errorf("from %s and %s to %s and %s", address, ingest, s.URL(), s.IngestURL(t.Context()))
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

// hostOf gives the host and port of an address.
func hostOf(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u.Host
}
