//go:build !windows

package desktop

import "fyne.io/fyne/v2"

// joinInputMethod does nothing: here the toolkit gives no way in between an
// input method and its window.
func joinInputMethod(fyne.Window) {}
