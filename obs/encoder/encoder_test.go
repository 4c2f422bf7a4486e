package encoder_test

import (
	"math"
	"testing"

	"cuelight/obs/encoder"
)

func TestSimpleModeTellsOfBFramesAndKeyframes(t *testing.T) {
	for _, c := range []struct {
		name    string
		simple  encoder.Simple
		bFrames int
		seconds float64
	}{
		{"OBS's defaults", encoder.Simple{Encoder: "x264", Preset: "veryfast", FPS: 60}, 3, 250.0 / 60},
		{"at 30 frames a second", encoder.Simple{Encoder: "x264", Preset: "veryfast", FPS: 30}, 3, 250.0 / 30},
		{"a preset of many", encoder.Simple{Encoder: "x264", Preset: "veryslow", FPS: 25}, 8, 10},
		{"a preset of none", encoder.Simple{Encoder: "x264", Preset: "ultrafast", FPS: 25}, 0, 10},
		{"switched off", encoder.Simple{Encoder: "x264", Options: "bframes=0 keyint=60", FPS: 60}, 0, 1},
		{"switched off by tuning", encoder.Simple{Encoder: "x264", Options: "tune=zerolatency", FPS: 25}, 0, 10},
		{"switched off by one of two tunings", encoder.Simple{Encoder: "x264", Options: "tune=fastdecode,zerolatency", FPS: 25}, 0, 10},
		{"switched off, then on", encoder.Simple{Encoder: "x264", Options: "bframes=0  tune=zerolatency bframes=2", FPS: 25}, 2, 10},
		{"an option over a tuning", encoder.Simple{Encoder: "x264", Options: "tune=zerolatency bframes=1", FPS: 25}, 1, 10},
		{"the baseline profile over all", encoder.Simple{Encoder: "x264", Options: "profile=baseline bframes=3", FPS: 25}, 0, 10},
		{"more for animation", encoder.Simple{Encoder: "x264", Options: "tune=animation", FPS: 25}, 5, 10},
		{"a preset among the options", encoder.Simple{Encoder: "x264", Preset: "veryfast", Options: "preset=ultrafast", FPS: 25}, 0, 10},
		{"an option that is no number", encoder.Simple{Encoder: "x264", Options: "bframes=none keyint=infinite", FPS: 25}, 3, 10},
		{"no frame rate", encoder.Simple{Encoder: "x264", Options: "bframes=0 keyint=60"}, 0, 0},
		{"NVENC", encoder.Simple{Encoder: "nvenc", FPS: 50}, 2, 5},
		{"NVENC does not read x264's options", encoder.Simple{Encoder: "nvenc", Options: "bframes=0 keyint=50", FPS: 50}, 2, 5},
		{"Quick Sync", encoder.Simple{Encoder: "qsv", FPS: 60}, 3, 4},
		{"AMD", encoder.Simple{Encoder: "amd", FPS: 50}, 3, 5},
		{"Apple, which decides on keyframes itself", encoder.Simple{Encoder: "apple_h264", FPS: 60}, 1, 0},
		{"an encoder of tomorrow", encoder.Simple{Encoder: "quantum_h266", FPS: 60}, encoder.Unknown, 0},
		{"nothing said", encoder.Simple{}, encoder.Unknown, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.simple.Kbps = 6000
			got := c.simple.Video()
			if got.BFrames != c.bFrames || math.Abs(got.KeyframeSeconds-c.seconds) > 1e-9 || got.Kbps != 6000 {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestAdvancedModeIsReadFromItsFile(t *testing.T) {
	for _, c := range []struct {
		name, id, file string
		want           encoder.Video
	}{
		{"all at defaults", "obs_x264", "", encoder.Video{BFrames: 3, KeyframeSeconds: 5, Kbps: 2500}},
		{"an empty object", "obs_x264", "\ufeff{}\n", encoder.Video{BFrames: 3, KeyframeSeconds: 5, Kbps: 2500}},
		{"x264", "obs_x264", `{"bitrate":6000,"keyint_sec":2,"preset":"faster","tune":"zerolatency"}`, encoder.Video{KeyframeSeconds: 2, Kbps: 6000}},
		{"x264, an interval in frames", "obs_x264", `{"keyint_sec":5,"x264opts":"keyint=50 bframes=0"}`, encoder.Video{KeyframeSeconds: 1, Kbps: 2500}},
		{"x264 of a constant quality", "obs_x264", `{"rate_control":"CRF","crf":20,"bitrate":6000}`, encoder.Video{BFrames: 3, KeyframeSeconds: 5}},
		{"NVENC", "obs_nvenc_h264_tex", `{"bf":0,"keyint_sec":1,"bitrate":8000}`, encoder.Video{KeyframeSeconds: 1, Kbps: 8000}},
		{"NVENC at defaults", "jim_nvenc", `{}`, encoder.Video{BFrames: 2, KeyframeSeconds: 5}},
		{"NVENC in an older OBS", "ffmpeg_nvenc", `{"bf":4}`, encoder.Video{BFrames: 4, KeyframeSeconds: 5}},
		{"NVENC with options of its own", "obs_nvenc_h264_tex", `{"bf":0,"keyint_sec":1,"opts":"frameIntervalP=3","bitrate":8000}`, encoder.Video{BFrames: encoder.Unknown, Kbps: 8000}},
		{"Quick Sync", "obs_qsv11_v2", `{"bframes":0,"keyint_sec":2}`, encoder.Video{KeyframeSeconds: 2}},
		{"Quick Sync, as a service sets it", "obs_qsv11_v2", `{"bframes":3,"bf":0,"keyint_sec":2}`, encoder.Video{KeyframeSeconds: 2}},
		{"AMD", "h264_texture_amf", `{"bf":0,"keyint_sec":2}`, encoder.Video{KeyframeSeconds: 2}},
		{"AMD at defaults", "h264_texture_amf", `{}`, encoder.Video{BFrames: 3, KeyframeSeconds: 5}},
		{"Apple", "com.apple.videotoolbox.videoencoder.ave.avc", `{"bframes":false,"keyint_sec":1}`, encoder.Video{KeyframeSeconds: 1}},
		{"Apple at defaults", "com.apple.videotoolbox.videoencoder.ave.avc", `{}`, encoder.Video{BFrames: 1}},
		{"VA-API makes none by default", "ffmpeg_vaapi", `{"keyint_sec":"2"}`, encoder.Video{KeyframeSeconds: 2}},
		{"OpenH264 makes none", "ffmpeg_openh264", `{"keyint_sec":2}`, encoder.Video{KeyframeSeconds: 2}},
		{"numbers as text, as scripts write them", "obs_nvenc_h264_tex", `{"bf":"0","keyint_sec":"1","bitrate":"4500"}`, encoder.Video{KeyframeSeconds: 1, Kbps: 4500}},
		{"nonsense", "obs_nvenc_h264_tex", `{"bf":-7,"keyint_sec":"soon","bitrate":-1}`, encoder.Video{KeyframeSeconds: 5}},
		{"an encoder of tomorrow", "quantum_h266", `{"bf":0,"keyint_sec":1}`, encoder.Video{BFrames: encoder.Unknown}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := encoder.Advanced(c.id, []byte(c.file), 50)
			if err != nil || got != c.want {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

func TestAFileThatIsNoSettingsIsUnknownAndNotFine(t *testing.T) {
	for _, file := range []string{"[]", "null", `{"bf":0`, `"bf"`, "\x00"} {
		got, err := encoder.Advanced("obs_nvenc_h264_tex", []byte(file), 60)
		if err == nil || got != (encoder.Video{BFrames: encoder.Unknown}) {
			t.Errorf("%q: %+v, %v", file, got, err)
		}
	}
}
