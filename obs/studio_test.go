package obs_test

import (
	"fmt"
	"testing"

	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/encoder"
	"cuelight/obs/obssim"
	"cuelight/obs/obstest"
)

func TestProfile(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	c := obstest.Dial(t, obstest.Quick(), o.Endpoint())
	p, err := c.Profile(t.Context())
	want := obs.Profile{
		Name: "Untitled", AudioKbps: 160, Encoder: "x264",
		Encoded: encoder.Video{BFrames: 3, KeyframeSeconds: 2, Kbps: 6000},
		Video:   obs.Video{BaseWidth: 1920, BaseHeight: 1080, OutputWidth: 1920, OutputHeight: 1080, FPS: 60},
	}
	if err != nil || p != want {
		t.Errorf("got %+v, %v\nwant %+v", p, err, want)
	}
	o.SetParameter("Auth", "Type", "Twitch")
	o.SetParameter("Stream1", "EnableMultitrackVideo", "true")
	o.SetParameter("Output", "Mode", "Advanced")
	if p, err = c.Profile(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !p.ReplacesKey() || p.OpensDialog() || !p.Multitrack || !p.Advanced || p.Encoded != (encoder.Video{BFrames: encoder.Unknown}) {
		t.Errorf("got %+v", p)
	}
	o.SetParameter("Auth", "Type", "YouTube - RTMP")
	if p, _ = c.Profile(t.Context()); p.ReplacesKey() || !p.OpensDialog() {
		t.Errorf("got %+v", p)
	}
}

func TestOtherOutputs(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	o.ChangeService(obs.TypeCustom, map[string]any{"server": "rtmp://here/", "key": "k"})
	c := obstest.Dial(t, obstest.Quick(), o.Endpoint())
	if err := c.StartStream(t.Context()); err != nil {
		t.Fatal(err)
	}
	if out, err := c.OtherOutputs(t.Context()); err != nil || len(out) != 0 {
		t.Errorf("the stream itself counts as another output: %v, %v", out, err)
	}
	o.SetRecording(true)
	if out, err := c.OtherOutputs(t.Context()); err != nil || len(out) != 1 || out[0].Name != "simple_file_output" {
		t.Errorf("a recording: %v, %v", out, err)
	}
}

func TestScenesAndPicture(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	c := obstest.Dial(t, obstest.Quick(), o.Endpoint())
	ctx := t.Context()
	s, err := c.Scenes(ctx)
	if err != nil || s.Current != "Main" || fmt.Sprint(s.Names) != "[Main Break]" {
		t.Errorf("scenes %+v, %v", s, err)
	}
	items, err := c.SceneItems(ctx, "Main")
	if err != nil || len(items) != 1 || items[0].Source != "Camera" || !items[0].Shown {
		t.Errorf("items %+v, %v", items, err)
	}
	if items, err = c.SceneItems(ctx, "Break"); err != nil || len(items) != 0 {
		t.Errorf("an empty scene has %+v, %v", items, err)
	}
	_, err = c.SceneItems(ctx, "none")
	obstest.WantKind(t, err, obs.ErrNotFound)
	events := c.Events()
	o.SetScene("Break")
	if e := <-events; e.Kind != obs.EventScene || e.Name != "Break" {
		t.Errorf("event %+v", e)
	}
	first, err := c.Picture(ctx, "Main")
	if err != nil {
		t.Fatal(err)
	}
	second, _ := c.Picture(ctx, "Main")
	o.Faults(func(f *obssim.Faults) { f.Frozen = true })
	third, _ := c.Picture(ctx, "Main")
	if first == second || second != third {
		t.Error("a still picture is told from a moving one")
	}
}

func TestMicrophones(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	c := obstest.Dial(t, obstest.Quick(), o.Endpoint())
	events := c.Events()
	o.SetMuted("Mic/Aux", true)
	if e := <-events; e.Kind != obs.EventMute || e.Name != "Mic/Aux" || !e.Muted {
		t.Errorf("event %+v", e)
	}
	mics, err := c.Microphones(t.Context())
	if err != nil || len(mics) != 1 || mics[0].Name != "Mic/Aux" || !mics[0].Muted {
		t.Errorf("got %+v, %v", mics, err)
	}
}

func TestMetersComeOnlyWhenAskedFor(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	c := obstest.Dial(t, obstest.Quick(), o.Endpoint())
	events := c.Events()
	o.Meter("Mic/Aux", 1) // not listened to
	if err := c.Meters(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Version(t.Context()); err != nil { // the new mask is in force
		t.Fatal(err)
	}
	o.Meter("Mic/Aux", 0.1)
	e := <-events
	if e.Kind != obs.EventMeters || len(e.Levels) != 1 || fmt.Sprintf("%.1f", e.Levels[0].Peak) != "-20.0" {
		t.Errorf("event %+v", e)
	}
}

func TestPutOverlay(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	c := obstest.Dial(t, obstest.Quick(), o.Endpoint())
	ctx := t.Context()
	chat := obs.Overlay{Name: "Chat", URL: secret.New("https://example.com/one")}
	placed, err := c.PutOverlay(ctx, chat)
	if err != nil || placed != obs.Added {
		t.Fatalf("%v, %v", placed, err)
	}
	got := o.Inputs()["Chat"]
	if got["url"] != "https://example.com/one" || got["width"] != 1920.0 || got["height"] != 1080.0 ||
		got["is_local_file"] != false || got["reroute_audio"] != true {
		t.Errorf("settings %v", got)
	}
	// The name is taken, by a source in another scene.
	chat.URL, chat.Scene = secret.New("https://example.com/two"), "Break"
	if placed, err = c.PutOverlay(ctx, chat); err != nil || placed != obs.Updated {
		t.Fatalf("%v, %v", placed, err)
	}
	if got := o.Inputs()["Chat"]["url"]; got != "https://example.com/two" {
		t.Errorf("address %v", got)
	}
	for range 2 { // once more changes nothing
		if items, _ := c.SceneItems(ctx, "Break"); len(items) != 1 || items[0].Source != "Chat" {
			t.Errorf("scene %+v", items)
		}
		if _, err := c.PutOverlay(ctx, chat); err != nil {
			t.Fatal(err)
		}
	}
	chat.Name = "Camera"
	_, err = c.PutOverlay(ctx, chat)
	obstest.WantKind(t, err, obs.ErrExists)
	chat.Name, chat.Scene = "Chat", "no such scene"
	_, err = c.PutOverlay(ctx, chat)
	obstest.WantKind(t, err, obs.ErrNotFound)
}

func TestOverlayWhereOBSHasNoBrowser(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{Without: []string{"browser_source"}})
	c := obstest.Dial(t, obstest.Quick(), o.Endpoint())
	_, err := c.PutOverlay(t.Context(), obs.Overlay{Name: "Chat", URL: secret.New("https://example.com/")})
	obstest.WantKind(t, err, obs.ErrNoKind)
}
