//go:build !(linux || freebsd || openbsd || netbsd || dragonfly)

package app

import "context"

// TrayAvailable reports whether the desktop shows tray icons: Windows and
// macOS always do.
func TrayAvailable(context.Context) bool { return true }
