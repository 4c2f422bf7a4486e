//go:build !(linux || freebsd || openbsd || netbsd || windows)

package notify

import "fyne.io/fyne/v2"

// Attract does nothing: the notification is all that there is here.
func (s *System) Attract(fyne.Window) {}

// Bell does nothing, either.
func (s *System) Bell() {}
