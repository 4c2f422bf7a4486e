package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// mark is a round sign of a state: a filled disc with a check, an exclamation mark,
// a cross or a number. Shape and sign differ, not only the colour.
type mark struct {
	disc *canvas.Circle
	icon *canvas.Image
	text *canvas.Text
	arc  *canvas.Arc // turns while something is running
}

func newMark() *mark {
	m := &mark{
		disc: canvas.NewCircle(color.Transparent),
		icon: canvas.NewImageFromResource(nil),
		text: canvas.NewText("", color.Transparent),
		arc:  canvas.NewArc(0, 100, 0.78, color.Transparent),
	}
	m.icon.FillMode = canvas.ImageFillContain
	m.text.TextStyle.Bold = true
	m.text.Alignment = fyne.TextAlignCenter
	m.arc.Hide()
	return m
}

func (m *mark) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{m.disc, m.arc, m.icon, m.text}
}

// paint shows a tone: Good a check, Warn and Bad an exclamation mark, Accent a dot,
// Neutral an empty ring. A label (a number) takes the sign's place.
func (m *mark) paint(w fyne.Widget, tone Tone, label string) {
	m.disc.FillColor, m.disc.StrokeColor, m.disc.StrokeWidth = ink(w, tone.color()), color.Transparent, 0
	m.icon.Resource, m.text.Text = nil, label
	m.text.Color, m.text.TextSize = ink(w, tone.on()), 13
	m.arc.Hidden = true
	switch {
	case tone == Neutral:
		m.disc.FillColor = color.Transparent
		m.disc.StrokeColor, m.disc.StrokeWidth = ink(w, theme.ColorNameSeparator), 1.5
		m.text.Color = ink(w, theme.ColorNameForeground)
	case label != "":
	case tone == Good:
		m.icon.Resource = tinted(theme.Icon(theme.IconNameConfirm), tone.on())
	case tone == Accent:
		m.text.Text = "i"
	default:
		m.text.Text = "!"
	}
	m.icon.Hidden = m.icon.Resource == nil
}

// run shows the turning arc at an angle in degrees.
func (m *mark) run(w fyne.Widget, degrees float32) {
	m.disc.FillColor = color.Transparent
	m.disc.StrokeColor, m.disc.StrokeWidth = ink(w, theme.ColorNameSeparator), 2
	m.icon.Hidden, m.text.Text = true, ""
	m.arc.FillColor = ink(w, theme.ColorNamePrimary)
	m.arc.StartAngle, m.arc.EndAngle = degrees, degrees+100
	m.arc.Hidden = false
}

// cross shows a cross on the disc instead of its sign.
func (m *mark) cross(tone Tone) {
	m.text.Text = ""
	m.icon.Resource = tinted(theme.Icon(theme.IconNameCancel), tone.on())
	m.icon.Hidden = false
}

func (m *mark) put(x, y, side float32) {
	place(m.disc, x, y, side, side)
	place(m.arc, x, y, side, side)
	inner := side * 0.7
	place(m.icon, x+(side-inner)/2, y+(side-inner)/2, inner, inner)
	h := m.text.MinSize().Height
	place(m.text, x, y+(side-h)/2, side, h)
}
