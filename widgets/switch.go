package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// Switch is something that is on or off, with what that means beside it. The whole
// width can be pressed.
type Switch struct {
	press
	// OnChanged is called when the person turns it.
	OnChanged func(on bool)

	title, detail string
	on            bool
}

// NewSwitch makes a switch that is off. The detail, below the title, may be empty.
func NewSwitch(title, detail string, changed func(on bool)) *Switch {
	s := &Switch{title: title, detail: detail, OnChanged: changed}
	s.OnTapped = func() {
		s.SetOn(!s.on)
		if s.OnChanged != nil {
			s.OnChanged(s.on)
		}
	}
	s.extend(s)
	return s
}

// On tells whether it is on.
func (s *Switch) On() bool { return s.on }

// SetOn turns it without calling OnChanged.
func (s *Switch) SetOn(on bool) {
	if s.on != on {
		s.on = on
		s.Refresh()
	}
}

// SetDetail changes what is said below the title.
func (s *Switch) SetDetail(detail string) {
	if s.detail != detail {
		s.detail = detail
		s.Refresh()
	}
}

// The measures of a switch.
const (
	switchWidth  = 40
	switchHeight = 24
	switchKnob   = 18
	switchGap    = 16
)

// CreateRenderer is for the toolkit.
func (s *Switch) CreateRenderer() fyne.WidgetRenderer {
	track, veil := canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
	knob := canvas.NewCircle(color.Transparent)
	title, detail := newBlock(), newBlock()
	used := float32(0)
	f := &frame{objects: []fyne.CanvasObject{title.box, detail.box, track, veil, knob}}
	texts := func(width float32) float32 {
		room := max(60, width-switchWidth-switchGap)
		h := title.height(room)
		if s.detail != "" {
			h += 2 + detail.height(room)
		}
		return h
	}
	paint := func() {
		s.paint(track, veil, knob)
		ink1, ink2 := ink(s, theme.ColorNameForeground), ink(s, theme.ColorNamePlaceHolder)
		if s.off() {
			ink1, ink2 = ink(s, theme.ColorNameDisabled), ink(s, theme.ColorNameDisabled)
		}
		title.set(s.title, size(s, theme.SizeNameText), false, ink1)
		detail.set(s.detail, size(s, theme.SizeNameCaptionText), false, ink2)
	}
	f.layout = func(room fyne.Size) {
		width := max(60, room.Width-switchWidth-switchGap)
		h := texts(room.Width)
		y := max(0, (room.Height-h)/2)
		y += title.put(0, y, width)
		if s.detail != "" {
			detail.put(0, y+2, width)
		}
		top, left := (room.Height-switchHeight)/2, room.Width-switchWidth
		place(track, left, top, switchWidth, switchHeight)
		place(veil, left, top, switchWidth, switchHeight)
		x := left + (switchHeight-switchKnob)/2
		if s.on {
			x = left + switchWidth - switchKnob - (switchHeight-switchKnob)/2
		}
		place(knob, x, top+(switchHeight-switchKnob)/2, switchKnob, switchKnob)
		if h != used {
			used = h
			canvas.Refresh(s)
		}
	}
	f.refresh = func() {
		paint()
		f.layout(s.Size())
	}
	f.min = func() fyne.Size {
		width := s.Size().Width
		if width <= 0 {
			width = Wide
		}
		return fyne.NewSize(160, max(switchHeight+8, texts(width)))
	}
	paint()
	return f
}

// paint shows on and off by place, fill and edge, not by colour alone.
func (s *Switch) paint(track, veil *canvas.Rectangle, knob *canvas.Circle) {
	track.CornerRadius, veil.CornerRadius = switchHeight/2, switchHeight/2
	track.StrokeWidth = 1
	if s.on {
		track.FillColor, track.StrokeColor = ink(s, theme.ColorNamePrimary), ink(s, theme.ColorNamePrimary)
		knob.FillColor = ink(s, theme.ColorNameForegroundOnPrimary)
	} else {
		track.FillColor, track.StrokeColor = ink(s, theme.ColorNameInputBackground), ink(s, theme.ColorNameDisabled)
		knob.FillColor = ink(s, theme.ColorNamePlaceHolder)
	}
	if s.off() {
		track.FillColor, track.StrokeColor = ink(s, theme.ColorNameDisabledButton), ink(s, theme.ColorNameSeparator)
		knob.FillColor = ink(s, theme.ColorNameDisabled)
	}
	ring(track, s.focused && !s.off(), ink(s, theme.ColorNameFocus))
	veil.FillColor = veilColour(s, &s.press)
}
