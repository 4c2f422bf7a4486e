//go:build !linux

// Package realobs runs a real OBS Studio for tests, on Linux only.
package realobs
