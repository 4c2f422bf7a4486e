package ingest

import "time"

// Source is who says that somebody publishes.
type Source string

// The sources.
const (
	// Own is the built-in ingest, which repeats it in heartbeats.
	Own Source = "ingest"
	// Hook is another ingest's callback.
	Hook Source = "hook"
	// Test is a call of a test.
	Test Source = "test"
)

const (
	// LostAfter is how long after the last heartbeat of the built-in ingest a
	// broadcast counts as broken off: the process that ran it was killed.
	LostAfter = 20 * time.Second
	// Heartbeat is how often the built-in ingest records that a stream goes on.
	Heartbeat = 5 * time.Second
)
