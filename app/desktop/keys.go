package desktop

import (
	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/presets"
	"cuelight/app/desktop/shortcuts"
)

// newShortcuts makes the window's shortcuts. Enter alone never sends anything.
func (w *window) newShortcuts() *shortcuts.Registry {
	all := []shortcuts.Shortcut{
		{ID: "palette", Keys: []shortcuts.Keys{shortcuts.Ctrl(fyne.KeyK)}, Do: w.togglePalette, OverSheets: true},
		{ID: "shortcuts", Keys: []shortcuts.Keys{{Name: fyne.KeyF1}}, Do: func() { w.shortcuts.Show(w.UI) }},
		{ID: "apply", Keys: []shortcuts.Keys{shortcuts.Ctrl(fyne.KeyReturn), shortcuts.Ctrl(fyne.KeyEnter), shortcuts.Ctrl(fyne.KeyS)}, Do: w.applyByKey},
		{ID: "refresh", Keys: []shortcuts.Keys{shortcuts.Ctrl(fyne.KeyR)}, Do: w.reload},
		{ID: "search", Keys: []shortcuts.Keys{shortcuts.Ctrl(fyne.KeyF)}, Do: w.searchScreen},
		{ID: "escape", Keys: []shortcuts.Keys{{Name: fyne.KeyEscape}}, Do: w.escape, OverSheets: true},
		{ID: "preset.move", Shown: "Alt+↑, Alt+↓"},
	}
	row := func(id string, count int, keys func(fyne.KeyName) shortcuts.Keys, do func(int)) {
		for i := range count {
			one := shortcuts.Shortcut{ID: id, Keys: []shortcuts.Keys{keys(shortcuts.Number(i))}, Hidden: i > 0, Do: func() { do(i) }}
			one.Shown = one.Keys[0].String() + "…" + string(shortcuts.Number(count-1))
			all = append(all, one)
		}
	}
	row("screen", min(len(places()), shortcuts.Digits), shortcuts.Ctrl, w.openNumber)
	row("preset", presets.Shortcuts, shortcuts.Alt, func(i int) {
		if w.welcome == nil {
			w.presets.ApplyNumber(i)
		}
	})
	return shortcuts.New(all...)
}

// bindKeys lets the window take its shortcuts.
func (w *window) bindKeys() {
	c := w.win.Canvas()
	w.shortcuts.Bind(c, func() bool { return w.Sheet() != nil })
	c.SetOnTypedKey(func(e *fyne.KeyEvent) { w.shortcuts.Press(shortcuts.Keys{Name: e.Name}, w.Sheet() != nil) })
}

func (w *window) applyByKey() {
	if w.welcome == nil && (w.shell.at == kit.ScreenHome || w.shell.at == kit.ScreenBroadcast) {
		w.Actions.ApplyDraft()
	}
}

// reload asks again for what is seen.
func (w *window) reload() {
	if r, ok := w.shell.current().(kit.Reloader); ok && w.welcome == nil {
		r.Reload()
		return
	}
	w.Refresh()
}

// searchScreen gives the keyboard to the search field of the screen that is seen.
func (w *window) searchScreen() {
	if s, ok := w.shell.current().(kit.Searcher); ok && w.welcome == nil {
		s.FocusSearch()
	}
}

// openNumber goes to a place of the rail, counted from 0.
func (w *window) openNumber(i int) {
	if w.welcome == nil && i < len(w.shell.offered) {
		w.shell.open(w.shell.offered[i])
	}
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
