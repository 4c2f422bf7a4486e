// Package alarm reaches the streamer when something breaks on air: with a red strip
// on every screen of the window, and outside the window by the system's own means.
package alarm
