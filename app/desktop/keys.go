package desktop

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// bindKeys sets the window's shortcuts: Ctrl+Enter and Ctrl+S apply, Ctrl+1…n
// go to a screen, Ctrl+R asks again for what is seen, Ctrl+F searches in it,
// Escape closes what lies over the window.
// Enter alone never sends anything.
func (f *face) bindKeys() {
	c := f.win.Canvas()
	bind := func(key fyne.KeyName, do func()) {
		c.AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}, func(fyne.Shortcut) {
			if f.sheet == nil {
				do()
			}
		})
	}
	applies := func() {
		if f.welcome == nil && (f.shell.at == screenHome || f.shell.at == screenBroadcast) {
			f.apply()
		}
	}
	bind(fyne.KeyReturn, applies)
	bind(fyne.KeyEnter, applies)
	bind(fyne.KeyS, applies)
	bind(fyne.KeyR, func() {
		if r, ok := f.shell.made[f.shell.at].(interface{ again() }); ok && f.welcome == nil {
			r.again()
			return
		}
		f.refresh()
	})
	bind(fyne.KeyF, func() {
		if s, ok := f.shell.made[f.shell.at].(interface{ focusSearch() }); ok && f.welcome == nil {
			s.focusSearch()
		}
	})
	for i := range places() {
		bind(fyne.KeyName(rune('1'+i)), func() {
			if f.welcome == nil && i < len(f.shell.there) {
				f.shell.open(f.shell.there[i])
			}
		})
	}
	c.SetOnTypedKey(func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyEscape {
			f.escape()
		}
	})
}

// escape closes what lies over the window.
func (f *face) escape() {
	if f.closeSheet() {
		return
	}
	if f.adding && f.welcome != nil {
		f.leaveWelcome()
	}
}
