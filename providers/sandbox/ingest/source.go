package ingest

import "time"

// Source is who says that somebody publishes.
type Source string

// The sources.
const (
	// Own is the built-in ingest, which says so again while it lasts.
	Own Source = "ingest"
	// Hook is another ingest's callback.
	Hook Source = "hook"
	// Test is a call of a test.
	Test Source = "test"
)

const (
	// LostAfter is after how long without a word from the built-in ingest a
	// broadcast is taken for broken off: the process that ran it was killed.
	LostAfter = 20 * time.Second
	// Heartbeat is how often the built-in ingest's word is written down.
	Heartbeat = 5 * time.Second
)
