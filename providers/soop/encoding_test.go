package soop

import "testing"

func TestTheIngestDecidesWhatTheEncoderIsHeldTo(t *testing.T) {
	for server, global := range map[string]bool{
		"rtmp://stream.sooplive.co.kr/app/":              false,
		"rtmp://global-stream.sooplive.com/app":          true,
		"rtmps://GLOBAL-STREAM.sooplive.com:443/app/":    true,
		"rtmp://global-stream.sooplive.com.example/app/": false,
		"":    false,
		"%zz": false,
	} {
		got := (&session{}).EncoderLimits(server)
		if got.NoBFrames != global || (got.KeyframeSeconds == 1) != global || got.MaxVideoKbps != 8000 {
			t.Errorf("%s: %+v", server, got)
		}
	}
}
