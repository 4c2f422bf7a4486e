package input

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"golang.org/x/text/unicode/norm"

	"cuelight/widgets/control"
	"cuelight/widgets/paint"
)

// SearchField is a field with a magnifier that searches while one types.
type SearchField struct {
	widget.BaseWidget
	// OnChanged is called with what is searched for, in NFC, on each change.
	OnChanged func(query string)
	// OnKey looks at each key first, and reports whether it has taken it; may be nil.
	OnKey func(*fyne.KeyEvent) bool
	entry *bareEntry
}

// NewSearchField makes a search field.
func NewSearchField(placeholder string, changed func(query string)) *SearchField {
	s := &SearchField{OnChanged: changed, entry: newBareEntry()}
	s.entry.PlaceHolder = placeholder
	s.entry.OnChanged = func(string) {
		if s.OnChanged != nil {
			s.OnChanged(s.Text())
		}
	}
	s.entry.onFocus = func(bool) { s.Refresh() }
	s.entry.onKey = s.key
	s.ExtendBaseWidget(s)
	return s
}

// Text is what is searched for, in NFC.
func (s *SearchField) Text() string { return norm.NFC.String(s.entry.Text) }

// SetText changes what is searched for, as if it had been typed.
func (s *SearchField) SetText(text string) {
	if text != s.Text() {
		s.entry.SetText(text)
	}
}

// SetPlaceholder changes what an empty field shows.
func (s *SearchField) SetPlaceholder(text string) { s.entry.SetPlaceHolder(text) }

// Focus gives the field the keyboard.
func (s *SearchField) Focus() { control.RequestFocus(s.entry) }

// Tapped beside the text gives the field the keyboard.
func (s *SearchField) Tapped(*fyne.PointEvent) { s.Focus() }

// key empties the field on Escape.
func (s *SearchField) key(e *fyne.KeyEvent) bool {
	if s.OnKey != nil && s.OnKey(e) {
		return true
	}
	if e.Name != fyne.KeyEscape || s.entry.Text == "" {
		return false
	}
	s.entry.SetText("")
	return true
}

// CreateRenderer is for the toolkit.
func (s *SearchField) CreateRenderer() fyne.WidgetRenderer {
	const pad, side = 12, 18
	box, icon := newFieldBox(), paint.NewIcon()
	f := &paint.Renderer{Draws: append(box.Objects(), icon, s.entry.view)}
	f.OnRefresh = func() {
		box.paint(s, fieldState{focused: s.entry.focused})
		icon.Resource = paint.Tinted(theme.Icon(theme.IconNameSearch), theme.ColorNamePlaceHolder)
	}
	f.OnLayout = func(room fyne.Size) {
		box.Put(room.Width, paint.FieldHeight)
		paint.Place(icon, pad, (paint.FieldHeight-side)/2, side, side)
		placeEntry(s, s.entry, pad+side+8, 0, max(0, room.Width-2*pad-side-8))
	}
	f.OnMinSize = func() fyne.Size { return fyne.NewSize(140, paint.FieldHeight) }
	f.OnRefresh()
	return f
}
