package sandbox_test

import (
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"testing"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers/sandbox"
)

// real skips a test whose real part is absent, unless it must not be.
func real(t *testing.T, program string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err == nil {
		return path
	}
	if os.Getenv("CUELIGHT_REAL") == "1" {
		t.Fatalf("%s is needed: %v", program, err)
	}
	t.Skipf("%s is not here", program)
	return ""
}

// eventually waits for a condition that no event tells of.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); <-tick.C {
		if ok() {
			return
		}
	}
	t.Fatalf("waited in vain for %s", what)
}

// stream starts a real publisher of H.264 and AAC, and gives a channel that
// closes when it has ended.
func stream(t *testing.T, ffmpeg, server, key string) <-chan struct{} {
	t.Helper()
	publisher := exec.CommandContext(t.Context(), ffmpeg, "-loglevel", "error", "-re",
		"-f", "lavfi", "-i", "testsrc2=size=320x180:rate=15", "-f", "lavfi", "-i", "sine=frequency=440",
		"-c:v", "libx264", "-preset", "ultrafast", "-g", "30", "-c:a", "aac", "-f", "flv", server+key)
	if err := publisher.Start(); err != nil {
		t.Fatal(err)
	}
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		_ = publisher.Wait()
	}()
	t.Cleanup(func() {
		_ = publisher.Process.Kill()
		<-gone
	})
	return gone
}

func ingestState(t *testing.T, s *sandbox.Server) (streams []map[string]any) {
	t.Helper()
	_, raw := ask(t, http.MethodGet, s.URL()+"/sandbox/state", "")
	var state struct {
		Ingest struct{ Streams []map[string]any }
	}
	if err := json.Unmarshal([]byte(raw), &state); err != nil {
		t.Fatal(err)
	}
	return state.Ingest.Streams
}

func TestARehearsalWithARealPublisher(t *testing.T) {
	ffmpeg := real(t, "ffmpeg")
	o := sandbox.Options{StateDir: t.TempDir(), Seed: secret.New("seed")}
	s, beside := open(t, o), open(t, o)
	u := signIn(t, s, "/soop")
	where := u.data("broad/rtmp")
	status := func() string { return u.data("validate/live/status")["status"].(string) }

	gone := stream(t, ffmpeg, where["rtmp"].(string), where["key"].(string))
	eventually(t, "being on air", func() bool { return status() == "streaming" })
	eventually(t, "media", func() bool {
		list := ingestState(t, s)
		return len(list) == 1 && list[0]["video"] == "H.264" && list[0]["audio"] == "AAC" &&
			list[0]["width"] == 320.0 && list[0]["bitrate_kbps"].(float64) > 0
	})
	if seen := (session{t, beside, beside.URL() + "/soop", u.access}).data("validate/live/status"); seen["status"] != "streaming" {
		t.Errorf("the sandbox beside it says %v", seen)
	}

	// The key dies in the other process: the publisher is found out and dropped.
	fresh := (session{t, beside, beside.URL() + "/soop", u.access}).call("broad/rtmp/reset")["stream_key"].(string)
	select {
	case <-gone:
	case <-time.After(20 * time.Second):
		t.Fatal("the publisher with the dead key is still there")
	}
	if got := status(); got != "streamend" {
		t.Errorf("after the reset: %s", got)
	}
	<-stream(t, ffmpeg, where["rtmp"].(string), where["key"].(string))
	if got := status(); got != "streamend" {
		t.Errorf("after a refused publisher: %s", got)
	}

	gone = stream(t, ffmpeg, where["rtmp"].(string), fresh)
	eventually(t, "being on air with the new key", func() bool { return status() == "streaming" })
	select {
	case <-gone:
		t.Error("the publisher with the new key is gone")
	default:
	}
}

func TestStandbyKeepsABrokenBroadcastOpenAndAResetLocksIt(t *testing.T) {
	now := newClock()
	s := open(t, sandbox.Options{Now: now.Now})
	u := signIn(t, s, "/soop")
	u.call("broad/info/update", "is_wait", "1", "waiting_time", "3")
	ffmpeg := real(t, "ffmpeg")
	where := u.data("broad/rtmp")
	publisher := exec.CommandContext(t.Context(), ffmpeg, "-loglevel", "error", "-re", "-f", "lavfi", "-i", "sine=frequency=440",
		"-c:a", "aac", "-f", "flv", where["rtmp"].(string)+where["key"].(string))
	if err := publisher.Start(); err != nil {
		t.Fatal(err)
	}
	live := func() map[string]any { return u.data("validate/live/status") }
	eventually(t, "being on air", func() bool { return live()["status"] == "streaming" })
	number := live()["broad_no"]
	_ = publisher.Process.Kill()
	_ = publisher.Wait()
	eventually(t, "the end of the stream", func() bool { return len(ingestState(t, s)) == 0 })
	now.pass(2 * time.Minute)
	if l := live(); l["status"] != "streaming" || l["broad_no"] != number {
		t.Errorf("in standby: %v", l)
	}
	key := u.call("broad/rtmp/reset")["stream_key"].(string)
	if l := live(); l["status"] != "streamend" {
		t.Errorf("after a reset in standby: %v", l)
	}
	publish := func() int {
		status, _ := ask(t, http.MethodPost, s.URL()+"/sandbox/on_publish", form("name", key))
		return status
	}
	if status := publish(); status != http.StatusForbidden {
		t.Errorf("before standby is over: HTTP %d", status)
	}
	now.pass(2 * time.Minute)
	if status := publish(); status != http.StatusNoContent {
		t.Errorf("after standby is over: HTTP %d", status)
	}
}
