package input

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"cuelight/widgets/control"
	"cuelight/widgets/paint"
)

// inputMethodDelay is how long after Enter or a loss of focus a field is read: with some input
// methods (GLFW on X11 and macOS) the key arrives before the last Hangul syllable.
const inputMethodDelay = 80 * time.Millisecond

// bareEntry is the toolkit's entry without its box and border, for fields that draw
// their own, with hooks for keys and focus.
type bareEntry struct {
	widget.Entry
	onKey   func(*fyne.KeyEvent) bool // true: taken, the entry must not see it
	onRune  func(rune) bool
	onFocus func(bool)
	onPaste func(string) bool
	focused bool
	// visited: the caret is where somebody put it.
	visited bool
	// composing is what an input method has not finished yet.
	composing string

	// view is what stands in the field: the toolkit's own scrolling would draw a bar
	// over the text, so the entry is as wide as its text and moves under the view.
	view   *container.Clip
	offset float32
	moving bool
}

func newBareEntry() *bareEntry {
	e := &bareEntry{}
	e.Wrapping, e.Scroll = fyne.TextWrapOff, fyne.ScrollNone
	e.ExtendBaseWidget(e)
	e.view = container.NewClip(e)
	e.view.ExtendBaseWidget(e.view) // NewClip leaves it to the first drawing: too late for focus
	e.OnCursorChanged = e.follow
	return e
}

// CreateRenderer leaves out the first two things the toolkit's entry draws, its box
// and its border.
func (e *bareEntry) CreateRenderer() fyne.WidgetRenderer {
	return unboxed{WidgetRenderer: e.Entry.CreateRenderer(), entry: e, composition: newComposition()}
}

type unboxed struct {
	fyne.WidgetRenderer
	entry       *bareEntry
	composition *composition
}

func (u unboxed) Objects() []fyne.CanvasObject {
	objects := u.WidgetRenderer.Objects()[2:]
	if u.entry.composing == "" {
		return objects
	}
	return append(slices.Clone(objects), u.composition.Objects()...)
}

func (u unboxed) Refresh() {
	u.WidgetRenderer.Refresh()
	u.composition.paint(u.entry)
}

// Put places the view.
func (e *bareEntry) Put(x, y, width, height float32) {
	paint.Place(e.view, x, y, width, height)
	e.follow()
}

// follow moves the entry under its view so that the caret is seen, and back to the
// start of the text when the keyboard is elsewhere.
func (e *bareEntry) follow() {
	room := e.view.Size()
	if e.moving || room.Width <= 0 {
		return
	}
	e.moving = true
	defer func() { e.moving = false }()
	pad := paint.Size(e, theme.SizeNameInnerPadding)
	shown := e.Text
	if e.Password {
		shown = strings.Repeat("•", utf8.RuneCountInString(e.Text))
	}
	text := fyne.MeasureText(shown, paint.Size(e, theme.SizeNameText), e.TextStyle).Width
	composed := e.composed()
	whole := max(room.Width, text+composed+2*pad+2)
	caret := e.CursorPosition().X + composed
	if !e.focused {
		caret = 0
	}
	e.offset = max(e.offset, caret+2+pad-room.Width)
	e.offset = min(e.offset, max(0, caret-pad))
	e.offset = max(0, min(e.offset, whole-room.Width))
	e.Resize(fyne.NewSize(whole, room.Height))
	e.Move(fyne.NewPos(-e.offset, 0))
}

// TypedKey lets the field look first.
func (e *bareEntry) TypedKey(k *fyne.KeyEvent) {
	if e.onKey != nil && e.onKey(k) {
		return
	}
	if k.Name == fyne.KeyEscape || k.Name == fyne.KeyF1 { // nothing that a text has use for
		control.ForwardKey(e, k)
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

// TypedShortcut lets the field look at what is pasted, and gives the window's own
// shortcuts to the window: the toolkit would give them to nobody.
func (e *bareEntry) TypedShortcut(s fyne.Shortcut) {
	if _, ok := s.(*desktop.CustomShortcut); ok {
		if c, ok := fyne.CurrentApp().Driver().CanvasForObject(e).(fyne.Shortcutable); ok {
			c.TypedShortcut(s)
		}
		return
	}
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
	e.focused, e.composing = on, ""
	e.visited = true
	e.follow()
	if e.onFocus != nil {
		e.onFocus(on)
	}
}

// toEnd puts the caret behind the text.
func (e *bareEntry) toEnd() {
	e.CursorColumn = len([]rune(e.Text))
	e.Refresh()
}

// setKeepingCaret changes the text and leaves the caret where it was, as far as the
// new text reaches.
func (e *bareEntry) setKeepingCaret(text string) {
	column := e.CursorColumn
	e.SetText(text)
	e.CursorColumn = min(column, len([]rune(text)))
	e.Refresh()
}
