package input

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"cuelight/widgets/control"
	"cuelight/widgets/paint"
)

// Stepper is a whole number in a small range, changed by one at a time: by its two
// buttons, or by the arrow keys on either.
type Stepper struct {
	widget.BaseWidget
	// OnChanged is called when the person changes the number.
	OnChanged func(int)

	format     func(int) string
	value      int
	min, max   int
	less, more *control.Button
}

// NewStepper makes a stepper over least…most. format puts the number into words, such
// as "5 minutes"; fewer and more are the buttons' tooltips.
func NewStepper(least, most int, format func(int) string, fewer, more string, changed func(int)) *Stepper {
	s := &Stepper{min: least, max: most, value: least, format: format, OnChanged: changed}
	s.less = control.NewIconButton(theme.Icon(theme.IconNameContentRemove), fewer, func() { s.step(-1) })
	s.more = control.NewIconButton(theme.Icon(theme.IconNameContentAdd), more, func() { s.step(1) })
	for _, b := range []*control.Button{s.less, s.more} {
		b.OnKey = s.key
	}
	s.ExtendBaseWidget(s)
	s.enableButtons()
	return s
}

// Value is the number.
func (s *Stepper) Value() int { return s.value }

// SetValue changes the number without calling OnChanged; it is kept in the range.
func (s *Stepper) SetValue(n int) {
	n = max(s.min, min(n, s.max))
	if s.value != n {
		s.value = n
		s.enableButtons()
		s.Refresh()
	}
}

// SetRange changes the range.
func (s *Stepper) SetRange(least, most int) {
	if s.min == least && s.max == most {
		return
	}
	s.min, s.max = least, most
	s.value = max(s.min, min(s.value, s.max))
	s.enableButtons()
	s.Refresh()
}

func (s *Stepper) step(by int) {
	before := s.value
	s.SetValue(s.value + by)
	if s.value != before && s.OnChanged != nil {
		s.OnChanged(s.value)
	}
}

func (s *Stepper) key(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyUp, fyne.KeyRight:
		s.step(1)
	case fyne.KeyDown, fyne.KeyLeft:
		s.step(-1)
	default:
		return false
	}
	return true
}

// enableButtons disables the button that would leave the range.
func (s *Stepper) enableButtons() {
	for b, ends := range map[*control.Button]bool{s.less: s.value <= s.min, s.more: s.value >= s.max} {
		switch {
		case ends && !b.Dimmed():
			b.Disable()
		case !ends && b.Dimmed():
			b.Enable()
		}
	}
}

// CreateRenderer is for the toolkit.
func (s *Stepper) CreateRenderer() fyne.WidgetRenderer {
	const button, widest = 30, 132
	box, text := newFieldBox(), paint.NewCutText(14, false)
	text.Alignment = fyne.TextAlignCenter
	f := &paint.Renderer{Draws: append(box.Objects(), text.Text, s.less, s.more)}
	f.OnRefresh = func() {
		box.paint(s, fieldState{})
		text.Color, text.TextSize = paint.Color(s, theme.ColorNameForeground), paint.Size(s, theme.SizeNameText)
		text.Set(s.format(s.value))
		f.OnLayout(s.Size())
	}
	f.OnLayout = func(room fyne.Size) {
		box.Put(room.Width, paint.ControlHeight)
		y := float32(paint.ControlHeight-button) / 2
		paint.Place(s.less, 5, y, button, button)
		paint.Place(s.more, room.Width-button-5, y, button, button)
		text.Put(button+8, 0, max(0, room.Width-2*(button+8)), paint.ControlHeight)
	}
	f.OnMinSize = func() fyne.Size { return fyne.NewSize(widest, paint.ControlHeight) }
	f.OnRefresh()
	return f
}
