//go:build !windows

package capture

import "fyne.io/fyne/v2"

// Supported: KeepOut does something here.
const Supported = false

// KeepOut does nothing, and reports that.
func KeepOut(fyne.Window, bool) bool { return false }
