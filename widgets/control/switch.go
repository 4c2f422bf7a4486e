package control

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"cuelight/widgets/paint"
)

// Switch is something that is on or off, with what that means beside it. The whole
// width can be pressed.
type Switch struct {
	Pressable
	// OnChanged is called when the person turns it.
	OnChanged func(on bool)

	title, detail string
	on            bool
	incomplete    bool
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
	s.Extend(s)
	return s
}

// Title is what it turns on and off.
func (s *Switch) Title() string { return s.title }

// On reports whether it is on.
func (s *Switch) On() bool { return s.on }

// SetOn turns it without calling OnChanged.
func (s *Switch) SetOn(on bool) {
	if s.on != on {
		s.on = on
		s.Refresh()
	}
}

// SetIncomplete shows that it is to be on but waits for something, such as a
// password, and does nothing until then.
func (s *Switch) SetIncomplete(incomplete bool) {
	if s.incomplete != incomplete {
		s.incomplete = incomplete
		s.Refresh()
	}
}

// Incomplete reports whether it waits for something.
func (s *Switch) Incomplete() bool { return s.incomplete }

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
	title, detail := paint.NewBlock(), paint.NewBlock()
	used := float32(0)
	f := &paint.Renderer{Draws: []fyne.CanvasObject{title.Object, detail.Object, track, veil, knob}}
	texts := func(width float32) float32 {
		room := max(60, width-switchWidth-switchGap)
		h := title.Height(room)
		if s.detail != "" {
			h += 2 + detail.Height(room)
		}
		return h
	}
	repaint := func() {
		s.paint(track, veil, knob)
		color1, color2 := paint.Color(s, theme.ColorNameForeground), paint.Color(s, theme.ColorNamePlaceHolder)
		if s.Dimmed() {
			color1, color2 = paint.Color(s, theme.ColorNameDisabled), paint.Color(s, theme.ColorNameDisabled)
		}
		title.Set(s.title, paint.Size(s, theme.SizeNameText), false, color1)
		detail.Set(s.detail, paint.Size(s, theme.SizeNameCaptionText), false, color2)
	}
	f.OnLayout = func(room fyne.Size) {
		width := max(60, room.Width-switchWidth-switchGap)
		h := texts(room.Width)
		y := max(0, (room.Height-h)/2)
		y += title.Put(0, y, width)
		if s.detail != "" {
			detail.Put(0, y+2, width)
		}
		top, left := (room.Height-switchHeight)/2, room.Width-switchWidth
		paint.Place(track, left, top, switchWidth, switchHeight)
		paint.Place(veil, left, top, switchWidth, switchHeight)
		x := left + (switchHeight-switchKnob)/2
		switch {
		case s.incomplete:
			x = left + (switchWidth-switchKnob)/2
		case s.on:
			x = left + switchWidth - switchKnob - (switchHeight-switchKnob)/2
		}
		paint.Place(knob, x, top+(switchHeight-switchKnob)/2, switchKnob, switchKnob)
		if h != used {
			used = h
			canvas.Refresh(s)
		}
	}
	f.OnRefresh = func() {
		repaint()
		f.OnLayout(s.Size())
	}
	f.OnMinSize = func() fyne.Size {
		width := s.Size().Width
		if width <= 0 {
			width = paint.Unbounded
		}
		return fyne.NewSize(160, max(switchHeight+8, texts(width)))
	}
	repaint()
	return f
}

// paint shows on and off by place, fill and edge, not by colour alone.
func (s *Switch) paint(track, veil *canvas.Rectangle, knob *canvas.Circle) {
	track.CornerRadius, veil.CornerRadius = switchHeight/2, switchHeight/2
	track.StrokeWidth = 1
	switch {
	case s.incomplete:
		track.FillColor, track.StrokeColor = paint.Color(s, theme.ColorNameInputBackground), paint.Color(s, theme.ColorNameWarning)
		knob.FillColor = paint.Color(s, theme.ColorNameWarning)
	case s.on:
		track.FillColor, track.StrokeColor = paint.Color(s, theme.ColorNamePrimary), paint.Color(s, theme.ColorNamePrimary)
		knob.FillColor = paint.Color(s, theme.ColorNameForegroundOnPrimary)
	default:
		track.FillColor, track.StrokeColor = paint.Color(s, theme.ColorNameInputBackground), paint.Color(s, theme.ColorNameDisabled)
		knob.FillColor = paint.Color(s, theme.ColorNamePlaceHolder)
	}
	if s.Dimmed() {
		track.FillColor, track.StrokeColor = paint.Color(s, theme.ColorNameDisabledButton), paint.Color(s, theme.ColorNameSeparator)
		knob.FillColor = paint.Color(s, theme.ColorNameDisabled)
	}
	paint.FocusRing(track, s.focused && !s.Dimmed(), paint.Color(s, theme.ColorNameFocus))
	veil.FillColor = s.HoverColor()
}
