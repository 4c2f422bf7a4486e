package desktop

import (
	"cuelight/app/desktop/capture"
	"cuelight/app/desktop/settings"
)

// appearance is what the settings change of the window at once.
func (w *window) appearance() settings.Appearance {
	a := settings.Appearance{SetLanguage: w.setLanguage, SetTheme: w.setTheme}
	if capture.Supported {
		a.KeepOut = func(out bool) bool { return capture.KeepOut(w.win, out) }
	}
	return a
}

// keepOut keeps the window out of captures from its beginning, where that is set.
func (w *window) keepOut() {
	if w.engine.Config().Privacy.KeepOut {
		capture.KeepOut(w.win, true)
	}
}
