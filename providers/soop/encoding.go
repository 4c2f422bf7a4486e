package soop

import (
	"net/url"
	"strings"

	"cuelight/providers"
)

// globalHost is the ingest of "SOOP Global", which broad/rtmp may answer as well.
const globalHost = "global-stream.sooplive.com"

// EncoderLimits implements providers.EncoderLimits, with the figures that OBS's
// own list of services (2026-08) has for SOOP Korea: video up to 8000 kbps,
// audio up to 192 kbps, a keyframe every 2 s, h264. The Open API confirms the
// first ("up to 8000 kbps": broad/list, broad_bps). For SOOP Global the list has
// a keyframe every second, no B-frames, and 60 frames a second at most.
func (s *session) EncoderLimits(server string) providers.Encoding {
	limits := providers.Encoding{MaxVideoKbps: 8000, MaxAudioKbps: 192, KeyframeSeconds: 2, Codecs: []string{"h264"}}
	if u, err := url.Parse(server); err == nil && strings.EqualFold(u.Hostname(), globalHost) {
		limits.KeyframeSeconds, limits.NoBFrames = 1, true
		limits.MaxWidth, limits.MaxHeight, limits.MaxFPS = 1920, 1080, 60
	}
	return limits
}
