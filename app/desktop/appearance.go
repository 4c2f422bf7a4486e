package desktop

import (
	"cuelight/app/desktop/capture"
	"cuelight/app/desktop/look"
	"cuelight/app/desktop/settings"
	"cuelight/app/words"
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

// setLanguage changes the language at once: all parts are made anew.
func (w *window) setLanguage(language string) {
	w.SetWords(words.New(language))
	setToolkitLanguage(w.Words().Lang())
	w.engine.SetLang(w.Words().Lang())
	at := w.shell.at
	w.CloseSheet()
	w.build()
	w.shell.open(at)
	if w.tray != nil {
		w.tray.rebuild(w.State())
	}
}

// setTheme changes between "dark", "light" and the system's choice, at once.
func (w *window) setTheme(theme string) {
	mode := look.System
	switch theme {
	case "dark":
		mode = look.Dark
	case "light":
		mode = look.Light
	}
	w.app.Settings().SetTheme(look.NewTheme(mode))
}
