// Package broadcast is the screen of everything that can be set of a broadcast, with
// the stream key, the streamer's station and the platform's statistics.
package broadcast
