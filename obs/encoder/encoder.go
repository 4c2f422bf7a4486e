// Package encoder tells what the video of a stream will be like from the
// settings of OBS's video encoders: B-frames, the interval between keyframes,
// the bitrate. Platforms that drop a stream for one of these never see it
// before it runs.
//
// Sources: the sources of OBS Studio 28 to 32 (obs-x264, obs-nvenc, obs-ffmpeg,
// obs-qsv11, mac-videotoolbox) and of x264 for the meaning of its presets.
package encoder

import (
	"strings"

	config "cuelight/obs/settings"
)

// Unknown is a number of B-frames that cannot be told.
const Unknown = -1

// Video is what an encoder makes. What cannot be told is said to be unknown; it
// is never taken to be in order.
type Video struct {
	// BFrames is how many B-frames may follow each other: 0 where there are none,
	// Unknown where that cannot be told.
	BFrames int
	// KeyframeSeconds is the longest time between two keyframes; 0 where it cannot
	// be told.
	KeyframeSeconds float64
	// Kbps is the bitrate in kilobits a second; 0 where it cannot be told, or
	// where the encoder keeps a quality instead.
	Kbps int
}

// Family is a kind of encoder, which decides how its settings are called.
type Family int

// The families. Other is an encoder that nothing is known of.
const (
	Other Family = iota
	X264
	NVENC
	QuickSync
	AMF
	Apple
	VAAPI
	OpenH264
)

// families are found by a part of OBS's name of the encoder, in this order: its
// short names of simple mode and its ids of advanced mode.
var families = []struct {
	part   string
	family Family
}{
	{"x264", X264},
	{"nvenc", NVENC},
	{"qsv", QuickSync},
	{"vaapi", VAAPI},
	{"amf", AMF},
	{"amd", AMF},
	{"apple", Apple},
	{"openh264", OpenH264},
}

// FamilyOf tells an encoder's family by OBS's name of it.
func FamilyOf(name string) Family {
	name = strings.ToLower(name)
	for _, f := range families {
		if strings.Contains(name, f.part) {
			return f.family
		}
	}
	return Other
}

// Read reads what a profile says of the stream's encoder: OBS's name of it, and
// what it makes, which is unknown in advanced mode (see Advanced). parameter gives
// a parameter of the profile.
func Read(parameter func(category, name string) string, advanced bool, fps float64) (string, Video) {
	if advanced {
		return parameter("AdvOut", "Encoder"), Video{BFrames: Unknown}
	}
	s := Simple{
		Encoder: parameter("SimpleOutput", "StreamEncoder"), Preset: parameter("SimpleOutput", "Preset"),
		Kbps: int(config.Number(parameter("SimpleOutput", "VBitrate"))), FPS: fps,
	}
	if config.Truth(parameter("SimpleOutput", "UseAdvanced")) {
		s.Options = parameter("SimpleOutput", "x264Settings")
	}
	return s.Encoder, s.Video()
}

// Simple are the settings of OBS's simple output mode.
type Simple struct {
	// Encoder is OBS's short name of it: x264, nvenc, qsv.
	Encoder string
	// Preset is x264's; those of the others decide on no B-frames.
	Preset string
	// Options are the custom encoder settings, empty where they are not enabled.
	// OBS hands them to x264 only.
	Options string
	Kbps    int
	// FPS is the frames a second of the output; 0 where it is not known.
	FPS float64
}

// Video tells what the encoder makes.
func (s Simple) Video() Video {
	v := settings{"rate_control": "CBR"}
	if s.Preset != "" {
		v["preset"] = s.Preset
	}
	if s.Options != "" {
		v["x264opts"] = s.Options
	}
	out := v.video(s.Encoder, s.FPS)
	out.Kbps = s.Kbps
	return out
}

// Advanced reads the settings of OBS's advanced output mode: the encoder's id, and
// streamEncoder.json, which holds what differs from the encoder's defaults. Where
// that is no JSON object, all is unknown, and err says so.
func Advanced(id string, streamEncoder []byte, fps float64) (Video, error) {
	v, err := readSettings(streamEncoder)
	if err != nil {
		return Video{BFrames: Unknown}, err
	}
	return v.video(id, fps), nil
}

// video tells what an encoder makes of its settings.
func (v settings) video(name string, fps float64) Video {
	family := FamilyOf(name)
	out := Video{BFrames: Unknown, Kbps: v.kbps(family)}
	if family == Other {
		return out
	}
	if v.text("opts")+v.text("ffmpeg_opts") != "" {
		return out // a hardware encoder's own options may set anything
	}
	out.BFrames = v.bFrames(family)
	frames := v.keyframeFrames(family)
	if seconds := v.number("keyint_sec", 0); seconds > 0 && frames == 0 {
		out.KeyframeSeconds = seconds
		return out
	}
	if frames == 0 {
		frames = defaultInterval[family]
	}
	if fps > 0 {
		out.KeyframeSeconds = frames / fps
	}
	return out
}
