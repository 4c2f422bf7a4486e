package providers

// Encoding is what OBS should keep to; zero means that nothing is known.
type Encoding struct {
	// MaxVideoKbps and MaxAudioKbps are bitrates in kilobits a second.
	MaxVideoKbps, MaxAudioKbps int
	// MaxWidth and MaxHeight in pixels, MaxFPS in frames a second.
	MaxWidth, MaxHeight, MaxFPS int
	// KeyframeSeconds is the longest interval between keyframes that is asked for.
	KeyframeSeconds int
	// NoBFrames: B-frames are not taken; a platform may drop the stream for one.
	NoBFrames bool
	// Codecs are those taken, by the beginnings of their usual names (h264).
	Codecs []string
}
