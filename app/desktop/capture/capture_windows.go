package capture

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"golang.org/x/sys/windows"
)

// Supported: KeepOut does something here.
const Supported = true

// Display affinities (winuser.h). affinityExclude needs Windows 10 2004; before it,
// affinityMonitor leaves a black area in place of the window.
const (
	affinityNone    = 0x00
	affinityMonitor = 0x01
	affinityExclude = 0x11
)

var setWindowDisplayAffinity = windows.NewLazySystemDLL("user32.dll").NewProc("SetWindowDisplayAffinity")

// KeepOut keeps a window out of captures, or lets it into them again; it reports whether
// Windows did so. The window must be shown. It is for the window's goroutine.
func KeepOut(window fyne.Window, out bool) (done bool) {
	native, ok := window.(driver.NativeWindow)
	if !ok {
		return false
	}
	native.RunNative(func(context any) {
		win, ok := context.(driver.WindowsWindowContext)
		if !ok || win.HWND == 0 {
			return
		}
		affinities := []uintptr{affinityNone}
		if out {
			affinities = []uintptr{affinityExclude, affinityMonitor}
		}
		for _, affinity := range affinities {
			if set, _, _ := setWindowDisplayAffinity.Call(win.HWND, affinity); set != 0 {
				done = true
				return
			}
		}
	})
	return done
}
