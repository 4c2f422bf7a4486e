package paint

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// Mark is a round sign of a state: a filled disc with a check, an exclamation mark,
// a cross or a number. Shape and sign differ, not only the colour.
type Mark struct {
	disc *canvas.Circle
	icon *canvas.Image
	text *canvas.Text
	arc  *canvas.Arc // turns while something is running
}

// NewMark makes a sign; Paint must follow.
func NewMark() *Mark {
	m := &Mark{
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

// Objects are what it draws, for a renderer.
func (m *Mark) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{m.disc, m.arc, m.icon, m.text}
}

// Paint shows a tone: good a check, warn and bad an exclamation mark, accent an "i",
// neutral an empty ring. A label (a number) takes the sign's place.
func (m *Mark) Paint(w fyne.Widget, tone Tone, label string) {
	m.disc.FillColor, m.disc.StrokeColor, m.disc.StrokeWidth = Color(w, tone.Color()), color.Transparent, 0
	m.icon.Resource, m.text.Text = nil, label
	m.text.Color, m.text.TextSize = Color(w, tone.OnColor()), 13
	m.arc.Hidden = true
	switch {
	case tone == ToneNeutral:
		m.disc.FillColor = color.Transparent
		m.disc.StrokeColor, m.disc.StrokeWidth = Color(w, theme.ColorNameSeparator), 1.5
		m.text.Color = Color(w, theme.ColorNameForeground)
	case label != "":
	case tone == ToneGood:
		m.icon.Resource = Tinted(theme.Icon(theme.IconNameConfirm), tone.OnColor())
	case tone == ToneAccent:
		m.text.Text = "i"
	default:
		m.text.Text = "!"
	}
	m.icon.Hidden = m.icon.Resource == nil
}

// PaintRunning shows the turning arc at an angle in degrees.
func (m *Mark) PaintRunning(w fyne.Widget, degrees float32) {
	m.disc.FillColor = color.Transparent
	m.disc.StrokeColor, m.disc.StrokeWidth = Color(w, theme.ColorNameSeparator), 2
	m.icon.Hidden, m.text.Text = true, ""
	m.arc.FillColor = Color(w, theme.ColorNamePrimary)
	m.arc.StartAngle, m.arc.EndAngle = degrees, degrees+100
	m.arc.Hidden = false
}

// PaintCross shows a cross on the disc instead of its sign.
func (m *Mark) PaintCross(tone Tone) {
	m.text.Text = ""
	m.icon.Resource = Tinted(theme.Icon(theme.IconNameCancel), tone.OnColor())
	m.icon.Hidden = false
}

// RefreshArc draws the arc anew, and nothing else.
func (m *Mark) RefreshArc() { canvas.Refresh(m.arc) }

// PaintSmall shows only the disc and its sign as a character of a text size, or
// nothing.
func (m *Mark) PaintSmall(w fyne.Widget, tone Tone, textSize float32, shown bool) {
	m.Paint(w, tone, "!")
	m.text.TextSize = textSize
	m.disc.Hidden, m.text.Hidden = !shown, !shown
	m.icon.Hidden, m.arc.Hidden = true, true
	for _, o := range m.Objects() {
		o.Refresh()
	}
}

// Put places the sign in a square.
func (m *Mark) Put(x, y, side float32) {
	Place(m.disc, x, y, side, side)
	Place(m.arc, x, y, side, side)
	inner := side * 0.7
	Place(m.icon, x+(side-inner)/2, y+(side-inner)/2, inner, inner)
	h := m.text.MinSize().Height
	Place(m.text, x, y+(side-h)/2, side, h)
}
