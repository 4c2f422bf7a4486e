package config

// Privacy is what the window does about viewers who see it on the streamer's screen.
type Privacy struct {
	// KeepOut keeps the window out of captures of the screen, where the system can.
	KeepOut bool `json:"keep_out_of_captures,omitempty"`
}
