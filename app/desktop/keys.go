package desktop

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/presets"
)

// bindKeys sets the window's shortcuts: Ctrl+Enter and Ctrl+S apply, Ctrl+1…n
// go to a screen, Ctrl+R asks again for what is seen, Ctrl+F searches in it,
// Escape closes what lies over the window. Alt+1…9 apply a preset.
// Enter alone never sends anything.
func (w *window) bindKeys() {
	c := w.win.Canvas()
	bind := func(key fyne.KeyName, do func()) {
		c.AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}, func(fyne.Shortcut) {
			if w.Sheet() == nil {
				do()
			}
		})
	}
	apply := func() {
		if w.welcome == nil && (w.shell.at == kit.ScreenHome || w.shell.at == kit.ScreenBroadcast) {
			w.Actions.ApplyDraft()
		}
	}
	bind(fyne.KeyReturn, apply)
	bind(fyne.KeyEnter, apply)
	bind(fyne.KeyS, apply)
	bind(fyne.KeyR, func() {
		if r, ok := w.shell.current().(kit.Reloader); ok && w.welcome == nil {
			r.Reload()
			return
		}
		w.Refresh()
	})
	bind(fyne.KeyF, func() {
		if s, ok := w.shell.current().(kit.Searcher); ok && w.welcome == nil {
			s.FocusSearch()
		}
	})
	for i := range places() {
		bind(fyne.KeyName(rune('1'+i)), func() {
			if w.welcome == nil && i < len(w.shell.offered) {
				w.shell.open(w.shell.offered[i])
			}
		})
	}
	for i := range presets.Shortcuts {
		c.AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyName(rune('1' + i)), Modifier: fyne.KeyModifierAlt}, func(fyne.Shortcut) {
			if w.Sheet() == nil && w.welcome == nil {
				w.presets.ApplyNumber(i)
			}
		})
	}
	c.SetOnTypedKey(func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyEscape {
			w.escape()
		}
	})
}

// escape closes what lies over the window. It leaves the way in only where nothing
// was typed there: a key pressed in passing must not lose what took a visit to the
// platform's pages.
func (w *window) escape() {
	if w.CloseSheet() {
		return
	}
	if w.adding && w.welcome != nil && !w.welcome.Typed() {
		w.leaveWelcome()
	}
}
