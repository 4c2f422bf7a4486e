package tencent

import "cuelight/providers"

// EncoderLimits implements providers.EncoderLimits (Publishing over RTMP): the
// server drops a stream with B-frames; keyframes are asked for every 1 to 2 s.
func (s *session) EncoderLimits(string) providers.Encoding {
	return providers.Encoding{KeyframeSeconds: 2, NoBFrames: true, Codecs: []string{"h264"}}
}
