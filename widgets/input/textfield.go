package input

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"golang.org/x/text/unicode/norm"

	"cuelight/widgets/control"
	"cuelight/widgets/paint"
	"cuelight/widgets/timer"
)

// TextField is one line of text that people type in Hangul as easily as in Latin.
//
// What is counted and what Text gives is in NFC, one character a syllable: macOS and
// some input methods hand syllables over in parts. Nothing is sent by Enter: OnEnter
// comes a moment later, when the input method has put its last syllable in, with the
// text read at that moment. Text that is too long is kept and marked, never cut.
type TextField struct {
	widget.DisableableWidget
	// OnChanged is called with the text, in NFC, on each change by the person.
	OnChanged func(string)
	// Counted, where set, gives what the limit counts in place of the text.
	Counted func(text string) string
	// OnEnter is called a moment after Enter.
	OnEnter func(string)

	label   string
	max     int
	tooLong func(over int) string
	bytes   *ByteWords // nil where characters are counted
	problem string
	hint    string
	hovered bool
	entry   *bareEntry
	clock   timer.Clock
	stop    func()
	outside bool // set from outside: not a change by the person
}

// NewTextField makes a field. limit is how many characters may be used, 0 for any
// number; tooLong says in words by how many it is over.
func NewTextField(label, placeholder string, limit int, tooLong func(over int) string, clock timer.Clock) *TextField {
	t := &TextField{label: label, max: limit, tooLong: tooLong, entry: newBareEntry(), clock: timer.OrWall(clock)}
	t.entry.PlaceHolder = placeholder
	t.entry.OnChanged = func(string) { t.changed() }
	t.entry.onKey = t.key
	t.entry.onFocus = func(bool) { t.Refresh() }
	t.ExtendBaseWidget(t)
	return t
}

// NewConcealedField makes a field for a secret: what is typed is never shown, and
// there is no eye to show it with.
func NewConcealedField(label string, clock timer.Clock) *TextField {
	t := NewTextField(label, "", 0, nil, clock)
	t.entry.Password = true
	t.entry.ActionItem = container.NewWithoutLayout() // in place of the toolkit's eye
	return t
}

// Text is what the field holds, in NFC; a secret exactly as it was typed.
func (t *TextField) Text() string {
	if t.entry.Password {
		return t.entry.Text
	}
	return norm.NFC.String(t.entry.Text)
}

// SetText changes what the field holds without calling OnChanged. A text equal to
// what is there leaves field and caret alone, and any other keeps the caret where it
// was as far as the text reaches.
func (t *TextField) SetText(text string) {
	if !t.entry.Password {
		text = norm.NFC.String(text)
	}
	if text == t.Text() {
		return
	}
	t.outside = true
	t.entry.setKeepingCaret(text)
	t.outside = false
	t.Refresh()
}

// SetProblem says under the field what is wrong with it, such as the words of who
// refused it; empty takes it away. So does the next change by the person.
func (t *TextField) SetProblem(problem string) {
	if t.problem != problem {
		t.problem = problem
		t.Refresh()
	}
}

// SetHint says something under the field that is not a problem.
func (t *TextField) SetHint(hint string) {
	if t.hint != hint {
		t.hint = hint
		t.Refresh()
	}
}

// Hint is what the field says under it that is not a problem.
func (t *TextField) Hint() string { return t.hint }

// SetPlaceholder changes what an empty field shows.
func (t *TextField) SetPlaceholder(text string) {
	t.entry.SetPlaceHolder(text)
}

// Insert puts text in at the caret, as if it had been typed, and gives the field the
// keyboard. A field that nobody has been in yet gets it at its end.
func (t *TextField) Insert(text string) {
	e := t.entry
	there := []rune(e.Text)
	at := len(there)
	if e.visited {
		at = min(e.CursorColumn, at)
	}
	e.SetText(string(there[:at]) + text + string(there[at:]))
	control.RequestFocus(e)
	e.CursorColumn = at + len([]rune(text))
	e.Refresh()
}

// Focus gives the field the keyboard, with the caret behind what is there.
func (t *TextField) Focus() {
	t.entry.toEnd()
	control.RequestFocus(t.entry)
}

// Disable makes the field only for reading.
func (t *TextField) Disable() {
	t.entry.Disable()
	t.DisableableWidget.Disable()
}

// Enable undoes Disable.
func (t *TextField) Enable() {
	t.entry.Enable()
	t.DisableableWidget.Enable()
}

func (t *TextField) changed() {
	if t.outside {
		return
	}
	t.problem = ""
	t.Refresh()
	if t.OnChanged != nil {
		t.OnChanged(t.Text())
	}
}

// key keeps Enter from the toolkit, which would hand over a text without its last
// syllable, and reads the field a moment later instead.
func (t *TextField) key(e *fyne.KeyEvent) bool {
	if e.Name != fyne.KeyReturn && e.Name != fyne.KeyEnter {
		return false
	}
	if t.stop != nil {
		t.stop()
	}
	t.stop = t.clock.After(inputMethodDelay, func() {
		t.stop = nil
		if t.OnEnter != nil {
			t.OnEnter(t.Text())
		}
	})
	return true
}

// state is what is drawn around the entry.
func (t *TextField) state() fieldState {
	s := fieldState{label: t.label, focused: t.entry.focused, disabled: t.Disabled(), hovered: t.hovered}
	over := t.Over()
	s.counter = t.counter()
	switch {
	case t.problem != "":
		s.message, s.bad = t.problem, true
	case over > 0:
		s.over = true
		s.message = t.overMessage(over)
	default:
		s.message = t.hint
	}
	s.over = over > 0
	return s
}

// Tapped beside the text gives the field the keyboard.
func (t *TextField) Tapped(*fyne.PointEvent) { control.RequestFocus(t.entry) }

// MouseIn shows that the field can be typed in.
func (t *TextField) MouseIn(*desktop.MouseEvent) {
	t.hovered = true
	t.Refresh()
}

// MouseMoved does nothing.
func (t *TextField) MouseMoved(*desktop.MouseEvent) {}

// MouseOut undoes MouseIn.
func (t *TextField) MouseOut() {
	t.hovered = false
	t.Refresh()
}

// CreateRenderer is for the toolkit.
func (t *TextField) CreateRenderer() fyne.WidgetRenderer {
	box := newFieldBox()
	used := float32(0)
	f := &paint.Renderer{Draws: append(box.Objects(), t.entry.view)}
	f.OnRefresh = func() {
		box.paint(t, t.state())
		f.OnLayout(t.Size())
		if h := box.bottomHeight(t.Size().Width); h != used {
			used = h
			canvas.Refresh(t) // a message came or went: the height asked for changes
		}
	}
	f.OnLayout = func(s fyne.Size) {
		top := box.Put(s.Width, paint.FieldHeight)
		placeEntry(t, t.entry, 12, top, s.Width-24)
	}
	f.OnMinSize = func() fyne.Size {
		return fyne.NewSize(120, box.topHeight()+paint.FieldHeight+box.bottomHeight(t.Size().Width))
	}
	box.paint(t, t.state())
	return f
}

// placeEntry puts the entry's text at x and in the middle of a field's height; the
// toolkit's entry keeps padding of its own around the text.
func placeEntry(w fyne.Widget, e *bareEntry, x, top, width float32) {
	pad := paint.Size(w, theme.SizeNameInnerPadding)
	h := e.MinSize().Height
	e.Put(x-pad, top+(paint.FieldHeight-h)/2, width+pad, h)
}
