//go:build linux

package obs_test

import (
	"os"
	"path/filepath"
	"testing"

	"cuelight/internal/realobs"
	"cuelight/obs"
	"cuelight/obs/discovery"
	"cuelight/obs/encoder"
	"cuelight/obs/obstest"
)

// TestRealEncoderSettingsAreRead changes the encoder of a real OBS as its user
// would: in simple mode by parameters of the profile, in advanced mode also in the
// file that OBS keeps beside it.
func TestRealEncoderSettingsAreRead(t *testing.T) {
	o := realobs.ForTest(t, realobs.Options{})
	c := obstest.Dial(t, obs.Dialer{}, realEndpoint(o))
	other := o.Connect(t)
	set := func(category, name, value string) {
		other.Request("SetProfileParameter", map[string]any{"parameterCategory": category, "parameterName": name, "parameterValue": value})
	}
	profile := func() obs.Profile {
		t.Helper()
		p, err := c.Profile(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	set("SimpleOutput", "StreamEncoder", "x264")
	if got := profile().Encoded; got.BFrames != 3 || got.KeyframeSeconds != 250.0/30 || got.Kbps == 0 {
		t.Errorf("OBS's defaults: %+v", got)
	}
	set("SimpleOutput", "UseAdvanced", "true")
	set("SimpleOutput", "x264Settings", "bframes=0 keyint=30")
	if got := profile().Encoded; got.BFrames != 0 || got.KeyframeSeconds != 1 {
		t.Errorf("B-frames switched off: %+v", got)
	}
	set("SimpleOutput", "UseAdvanced", "false")
	if got := profile().Encoded; got.BFrames != 3 {
		t.Errorf("custom settings that are not enabled: %+v", got)
	}
	set("Output", "Mode", "Advanced")
	set("AdvOut", "Encoder", "obs_x264")
	p := profile()
	if p.Encoder != "obs_x264" || p.Encoded != (encoder.Video{BFrames: encoder.Unknown}) {
		t.Errorf("advanced mode, by OBS alone: %+v", p)
	}
	read := func() encoder.Video {
		t.Helper()
		raw, err := discovery.StreamEncoder(t.Context(), realPlaces(o), realEndpoint(o), p.Name)
		if err != nil {
			t.Fatal(err)
		}
		video, err := encoder.Advanced(p.Encoder, raw, p.Video.FPS)
		if err != nil {
			t.Fatal(err)
		}
		return video
	}
	if got := read(); got.BFrames != 3 {
		t.Errorf("advanced mode at its defaults: %+v", got)
	}
	file := filepath.Join(o.Settings.Dir, "basic", "profiles", "Untitled", "streamEncoder.json")
	if err := os.WriteFile(file, []byte(`{"keyint_sec":1,"bitrate":5000,"tune":"zerolatency"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := read(); got != (encoder.Video{KeyframeSeconds: 1, Kbps: 5000}) {
		t.Errorf("advanced mode: %+v", got)
	}
}
