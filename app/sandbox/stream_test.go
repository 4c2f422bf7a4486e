package sandbox

import (
	"encoding/json"
	"errors"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"cuelight/internal/secret"
	"cuelight/obs/obstest"
	"cuelight/providers"
)

func TestAStreamGoesOnInTheNextProcess(t *testing.T) {
	r := newRig(t)
	first := r.start(t)
	person := first.server.People()[0].ID
	key, err := first.server.Key(t.Context(), person)
	if err != nil {
		t.Fatal(err)
	}
	client := dial(t, endpoint(t, first))
	if err := obstest.SetService(t.Context(), client, "rtmp://elsewhere.invalid/app", key); err != nil {
		t.Fatal(err)
	}
	if err := client.StartStream(t.Context()); err == nil {
		t.Error("it streams to a server that is not the sandbox's")
	}
	if err := obstest.SetService(t.Context(), client, first.server.IngestURL(t.Context())+"/", key); err != nil {
		t.Fatal(err)
	}
	if err := client.StartStream(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.stop(t, first)

	second := r.start(t)
	client = dial(t, endpoint(t, second))
	if status, err := client.StreamStatus(t.Context()); err != nil || !status.Active {
		t.Fatalf("in the next process: %+v, %v", status, err)
	}
	if err := client.StopStream(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.stop(t, second)

	client = dial(t, endpoint(t, r.start(t)))
	if status, err := client.StreamStatus(t.Context()); err != nil || status.Active {
		t.Errorf("after it was stopped: %+v, %v", status, err)
	}
}

// A window ends the stream of its practice OBS: opening it again is not on air.
func TestAnEndedStreamDoesNotGoOnInTheNextProcess(t *testing.T) {
	r := newRig(t)
	first := r.start(t)
	first.EndStream() // nothing runs yet
	key, err := first.server.Key(t.Context(), first.server.People()[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	client := dial(t, endpoint(t, first))
	first.EndStream() // and nothing streams
	if err := obstest.SetService(t.Context(), client, first.server.IngestURL(t.Context()), key); err != nil {
		t.Fatal(err)
	}
	if err := client.StartStream(t.Context()); err != nil {
		t.Fatal(err)
	}
	first.EndStream()
	if status, err := client.StreamStatus(t.Context()); err != nil || status.Active {
		t.Errorf("after its end: %+v, %v", status, err)
	}
	r.stop(t, first)
	client = dial(t, endpoint(t, r.start(t)))
	if status, err := client.StreamStatus(t.Context()); err != nil || status.Active {
		t.Errorf("in the next process: %+v, %v", status, err)
	}
}

// A process is killed while its practice OBS streams: what it leaves is what is
// on disk at any moment of its life.
func TestTheStreamOfAKilledProcessDoesNotGoOn(t *testing.T) {
	r := newRig(t)
	first := r.start(t)
	key, err := first.server.Key(t.Context(), first.server.People()[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	client := dial(t, endpoint(t, first))
	if err := obstest.SetService(t.Context(), client, first.server.IngestURL(t.Context()), key); err != nil {
		t.Fatal(err)
	}
	if err := client.StartStream(t.Context()); err != nil {
		t.Fatal(err)
	}
	left := &rig{dir: t.TempDir(), vault: r.vault, present: r.present, ended: make(map[*Services]bool)}
	if err := os.CopyFS(filepath.Join(left.dir, "services"), os.DirFS(filepath.Join(r.dir, "services"))); err != nil {
		t.Fatal(err)
	}
	address, err := os.ReadFile(filepath.Join(r.dir, addressFile))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(left.dir, addressFile), address, 0o600); err != nil {
		t.Fatal(err)
	}
	if !onAir(t, first) {
		t.Fatal("not on air")
	}
	next := left.start(t)
	if onAir(t, next) {
		t.Error("at once the platform shows a broadcast that nobody sends")
	}
	client = dial(t, endpoint(t, next))
	if status, err := client.StreamStatus(t.Context()); err != nil || status.Active {
		t.Errorf("in the next process: %+v, %v", status, err)
	}
	if onAir(t, next) {
		t.Error("then the platform shows a broadcast that nobody sends")
	}
}

// onAir reports whether the simulated SOOP shows somebody on air.
func onAir(t *testing.T, s *Services) bool {
	t.Helper()
	answer := httptest.NewRecorder()
	s.server.Handler().ServeHTTP(answer, httptest.NewRequest("GET", s.server.URL()+"/sandbox/state", nil))
	var got struct {
		Streamers []struct {
			OnAir bool `json:"on_air"`
		} `json:"streamers"`
	}
	if err := json.Unmarshal(answer.Body.Bytes(), &got); err != nil || len(got.Streamers) == 0 {
		t.Fatalf("%v: %s", err, answer.Body)
	}
	for _, who := range got.Streamers {
		if who.OnAir {
			return true
		}
	}
	return false
}

func TestAStreamThatCannotGoOnIsForgotten(t *testing.T) {
	r := newRig(t)
	if err := r.vault.Set(t.Context(), streamingItem, secret.New("on")); err != nil {
		t.Fatal(err)
	}
	endpoint(t, r.start(t)) // its OBS has never been pointed anywhere
	if _, err := r.vault.Get(t.Context(), streamingItem); !errors.Is(err, providers.ErrNoSecret) {
		t.Errorf("it is tried again and again: %v", err)
	}
}
