package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// settle is how long after Enter or a loss of focus a field is read: with some input
// methods (GLFW on X11 and macOS) the key arrives before the last Hangul syllable.
const settle = 80 * ms

// bareEntry is the toolkit's entry without its box and border, for fields that draw
// their own, with hooks for keys and focus.
type bareEntry struct {
	widget.Entry
	onKey   func(*fyne.KeyEvent) bool // true: taken, the entry must not see it
	onRune  func(rune) bool
	onFocus func(bool)
	onPaste func(string) bool
	focused bool
}

func newBareEntry() *bareEntry {
	e := &bareEntry{}
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	e.ExtendBaseWidget(e)
	return e
}

// CreateRenderer leaves out the first two things the toolkit's entry draws, its box
// and its border.
func (e *bareEntry) CreateRenderer() fyne.WidgetRenderer {
	return unboxed{e.Entry.CreateRenderer()}
}

type unboxed struct{ fyne.WidgetRenderer }

func (u unboxed) Objects() []fyne.CanvasObject { return u.WidgetRenderer.Objects()[2:] }

// TypedKey lets the field look first.
func (e *bareEntry) TypedKey(k *fyne.KeyEvent) {
	if e.onKey != nil && e.onKey(k) {
		return
	}
	e.Entry.TypedKey(k)
}

// TypedRune lets the field look first.
func (e *bareEntry) TypedRune(r rune) {
	if e.onRune != nil && e.onRune(r) {
		return
	}
	e.Entry.TypedRune(r)
}

// TypedShortcut lets the field look at what is pasted.
func (e *bareEntry) TypedShortcut(s fyne.Shortcut) {
	if paste, ok := s.(*fyne.ShortcutPaste); ok && e.onPaste != nil && !e.Disabled() {
		if e.onPaste(paste.Clipboard.Content()) {
			return
		}
	}
	e.Entry.TypedShortcut(s)
}

// FocusGained tells the field.
func (e *bareEntry) FocusGained() {
	e.Entry.FocusGained()
	e.focus(true)
}

// FocusLost tells the field.
func (e *bareEntry) FocusLost() {
	e.Entry.FocusLost()
	e.focus(false)
}

func (e *bareEntry) focus(on bool) {
	if e.focused == on {
		return
	}
	e.focused = on
	if e.onFocus != nil {
		e.onFocus(on)
	}
}

// setKeepingCaret changes the text and leaves the caret where it was, as far as the
// new text reaches.
func (e *bareEntry) setKeepingCaret(text string) {
	column := e.CursorColumn
	e.SetText(text)
	e.CursorColumn = min(column, len([]rune(text)))
	e.Refresh()
}
