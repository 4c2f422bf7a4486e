package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Stepper is a whole number in a small range, changed by one at a time: by its two
// buttons, or by the arrow keys on either.
type Stepper struct {
	widget.BaseWidget
	// OnChanged is called when the person changes the number.
	OnChanged func(int)

	says       func(int) string
	value      int
	min, max   int
	less, more *Button
}

// NewStepper makes a stepper over least…most. says puts the number into words, such
// as "5 minutes"; fewer and further say what the buttons do.
func NewStepper(least, most int, says func(int) string, fewer, further string, changed func(int)) *Stepper {
	s := &Stepper{min: least, max: most, value: least, says: says, OnChanged: changed}
	s.less = NewIconButton(theme.Icon(theme.IconNameContentRemove), fewer, func() { s.step(-1) })
	s.more = NewIconButton(theme.Icon(theme.IconNameContentAdd), further, func() { s.step(1) })
	for _, b := range []*Button{s.less, s.more} {
		b.keys = s.key
	}
	s.ExtendBaseWidget(s)
	s.arm()
	return s
}

// Value is the number.
func (s *Stepper) Value() int { return s.value }

// SetValue changes the number without calling OnChanged; it is kept in the range.
func (s *Stepper) SetValue(n int) {
	n = max(s.min, min(n, s.max))
	if s.value != n {
		s.value = n
		s.arm()
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
	s.arm()
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

// arm lets a button be pressed only where it leads somewhere.
func (s *Stepper) arm() {
	for b, ends := range map[*Button]bool{s.less: s.value <= s.min, s.more: s.value >= s.max} {
		switch {
		case ends && !b.off():
			b.Disable()
		case !ends && b.off():
			b.Enable()
		}
	}
}

// CreateRenderer is for the toolkit.
func (s *Stepper) CreateRenderer() fyne.WidgetRenderer {
	const button, widest = 30, 132
	box, text := newFieldBox(), newCutText(14, false)
	text.Alignment = fyne.TextAlignCenter
	f := &frame{objects: append(box.objects(), text.Text, s.less, s.more)}
	f.refresh = func() {
		box.paint(s, fieldState{})
		text.Color, text.TextSize = ink(s, theme.ColorNameForeground), size(s, theme.SizeNameText)
		text.set(s.says(s.value))
		f.layout(s.Size())
	}
	f.layout = func(room fyne.Size) {
		box.put(room.Width, controlHeight)
		y := float32(controlHeight-button) / 2
		place(s.less, 5, y, button, button)
		place(s.more, room.Width-button-5, y, button, button)
		text.put(button+8, 0, max(0, room.Width-2*(button+8)), controlHeight)
	}
	f.min = func() fyne.Size { return fyne.NewSize(widest, controlHeight) }
	f.refresh()
	return f
}
