//go:build linux

package obs_test

import (
	"errors"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"cuelight/internal/realobs"
	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/discovery"
	"cuelight/obs/obstest"
)

func realEndpoint(o *realobs.OBS) obs.Endpoint {
	return obs.Endpoint{Host: "localhost", Port: o.Port, Password: secret.New(o.Password)}
}

// realPlaces is the machine as that OBS's user has it.
func realPlaces(o *realobs.OBS) discovery.Places {
	p := discovery.SystemPlaces()
	p.Home, p.Env = o.Home, func(string) string { return "" }
	return p
}

func realSetUp(t *testing.T, o *realobs.OBS, server, key string) *obs.Client {
	t.Helper()
	c := obstest.Dial(t, obs.Dialer{}, realEndpoint(o))
	if err := obstest.SetService(t.Context(), c, server, secret.New(key)); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestRealSetUpIsReadBackByAnotherClientAndRestored(t *testing.T) {
	o := realobs.ForTest(t, realobs.Options{Password: "pa\"ss; #\\word=1"})
	found := discovery.Find(t.Context(), realPlaces(o))
	if found.Reason != discovery.Found || found.Program == "" || found.Endpoint.Port != o.Port {
		t.Fatalf("found %+v", found)
	}
	c := obstest.Dial(t, obs.Dialer{}, found.Endpoint)
	ctx := t.Context()
	earlier, err := c.Service(ctx)
	if err != nil || earlier.Type != "rtmp_common" {
		t.Fatalf("a fresh OBS holds %v, %v", earlier, err)
	}
	const server, key = "rtmp://ingest.example/app/", "key-with-&-and-%"
	if err := obstest.SetService(ctx, c, server, secret.New(key)); err != nil {
		t.Fatal(err)
	}
	other := o.Connect(t)
	held := other.Request("GetStreamServiceSettings", nil)
	settings := held["streamServiceSettings"].(map[string]any)
	if held["streamServiceType"] != obs.TypeCustom || settings["server"] != server || settings["key"] != key ||
		settings["use_auth"] != false || settings["bwtest"] != false {
		t.Fatalf("another client reads %v", held)
	}
	kept, err := obs.OpenService(earlier.Seal())
	if err != nil {
		t.Fatal(err)
	}
	if err := obstest.RestoreService(ctx, c, kept); err != nil {
		t.Fatal(err)
	}
	held = other.Request("GetStreamServiceSettings", nil)
	if held["streamServiceType"] != "rtmp_common" || held["streamServiceSettings"].(map[string]any)["server"] != nil {
		t.Fatalf("after restoring, another client reads %v", held)
	}
}

func TestRealRestoreOfACustomServerWithALogin(t *testing.T) {
	o := realobs.ForTest(t, realobs.Options{})
	other := o.Connect(t)
	before := map[string]any{"server": "srt://studio:9999", "key": "", "use_auth": true, "username": "me", "password": "pw"}
	other.Request("SetStreamServiceSettings", map[string]any{"streamServiceType": obs.TypeCustom, "streamServiceSettings": before})
	c := obstest.Dial(t, obs.Dialer{}, realEndpoint(o))
	earlier, err := c.Service(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := obstest.SetService(t.Context(), c, "rtmp://ingest.example/app", secret.New("k")); err != nil {
		t.Fatal(err)
	}
	if err := obstest.RestoreService(t.Context(), c, earlier); err != nil {
		t.Fatal(err)
	}
	got := other.Request("GetStreamServiceSettings", nil)["streamServiceSettings"].(map[string]any)
	for name, want := range before {
		if got[name] != want {
			t.Errorf("%s is %v, was %v", name, got[name], want)
		}
	}
}

func TestRealWrongPassword(t *testing.T) {
	o := realobs.ForTest(t, realobs.Options{})
	e := realEndpoint(o)
	e.Password = secret.New("wrong")
	_, err := obs.Dial(t.Context(), e)
	obstest.WantKind(t, err, obs.ErrPassword)
	e.Password = secret.Text{}
	_, err = obs.Dial(t.Context(), e)
	obstest.WantKind(t, err, obs.ErrPassword)
}

func TestRealOBSLeaves(t *testing.T) {
	o := realobs.ForTest(t, realobs.Options{})
	c := obstest.Dial(t, obs.Dialer{}, realEndpoint(o))
	events := c.Events()
	if err := o.UI.CloseWindow(t.Context()); err != nil {
		t.Fatal(err)
	}
	var exit bool
	for e := range events {
		exit = exit || e.Kind == obs.EventExit
	}
	if !exit {
		t.Error("OBS did not say that it leaves")
	}
	obstest.WantKind(t, c.Err(), obs.ErrClosed)
	var typed *obs.Error
	if errors.As(c.Err(), &typed); typed.Code != websocket.CloseGoingAway {
		t.Errorf("ended with %v, want close code 1001", c.Err())
	}
}

func TestRealStudioIsRead(t *testing.T) {
	o := realobs.ForTest(t, realobs.Options{})
	c := obstest.Dial(t, obs.Dialer{}, realEndpoint(o))
	ctx := t.Context()
	p, err := c.Profile(ctx)
	if err != nil || p.Name != "Untitled" || p.Account != "" || p.Advanced || p.Encoded.Kbps == 0 || p.AudioKbps == 0 || p.Video.FPS != 30 {
		t.Errorf("profile %+v, %v", p, err)
	}
	other := o.Connect(t)
	set := func(category, name, value string) {
		other.Request("SetProfileParameter", map[string]any{"parameterCategory": category, "parameterName": name, "parameterValue": value})
	}
	set("Auth", "Type", "Twitch")
	set("Stream1", "EnableMultitrackVideo", "true")
	if p, err = c.Profile(ctx); err != nil || !p.ReplacesKey() || !p.Multitrack {
		t.Errorf("profile with an account %+v, %v", p, err)
	}
	s, err := c.Scenes(ctx)
	if err != nil || s.Current != "Scene" || len(s.Names) != 1 {
		t.Errorf("scenes %+v, %v", s, err)
	}
	items, err := c.SceneItems(ctx, "Scene")
	if err != nil || len(items) != 0 {
		t.Errorf("a fresh scene has %+v, %v", items, err)
	}
	if _, err := c.Picture(ctx, "Scene"); err != nil {
		t.Error(err)
	}
	if mics, err := c.Microphones(ctx); err != nil {
		t.Errorf("microphones %+v, %v", mics, err)
	}
	if out, err := c.OtherOutputs(ctx); err != nil || len(out) != 0 {
		t.Errorf("outputs %+v, %v", out, err)
	}
	// Debian builds OBS without its browser.
	_, err = c.PutOverlay(ctx, obs.Overlay{Name: "Chat", URL: secret.New("https://example.com/")})
	if err != nil && !errors.Is(err, obs.ErrNoKind) {
		t.Error(err)
	}
	// OBS counts its frames anew each second: right after its start it has none.
	var stats obs.Stats
	for deadline := time.Now().Add(10 * time.Second); stats.FPS == 0 && time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		if stats, err = c.Stats(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if stats.FPS <= 0 || stats.MemoryMB <= 0 || stats.RenderTotal <= 0 {
		t.Errorf("stats %+v", stats)
	}
}
