//go:build !windows

package inputmethod

import "fyne.io/fyne/v2"

// Join does nothing: here the toolkit gives no way in between an
// input method and its window.
func Join(fyne.Window) {}
