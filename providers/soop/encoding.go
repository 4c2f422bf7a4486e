package soop

import "cuelight/providers"

// EncoderLimits implements providers.EncoderLimits, with the figures that OBS's
// own list of services has for SOOP Korea (2026-08): video up to 8000 kbps,
// audio up to 192 kbps, a keyframe every 2 s, h264. The Open API confirms the
// first ("up to 8000 kbps": broad/list, broad_bps).
func (s *session) EncoderLimits() providers.Encoding {
	return providers.Encoding{MaxVideoKbps: 8000, MaxAudioKbps: 192, KeyframeSeconds: 2, Codecs: []string{"h264"}}
}
