//go:build !(linux || freebsd || openbsd || netbsd || dragonfly)

package trayhost

import "context"

// Available reports whether the desktop shows tray icons: Windows and
// macOS always do.
func Available(context.Context) bool { return true }
