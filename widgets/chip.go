package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

const (
	chipHeight = 27
	chipPad    = 9
	chipCross  = 18
	chipWidest = 220
)

// Chip is a short word on a raised ground: a setting in force, a tag. It can be
// pressed, removed by its cross, or neither.
type Chip struct {
	press
	text  string
	tone  Tone
	armed bool
	cross *Button
}

// NewChip makes a chip; tapped and removed may be nil.
func NewChip(text string, tapped, removed func()) *Chip {
	c := &Chip{text: text}
	c.OnTapped = tapped
	c.extend(c)
	if removed != nil {
		c.cross = NewButton("", theme.Icon(theme.IconNameCancel), Quiet, removed)
	}
	return c
}

// NewBadgeChip makes a chip whose text is in the colour of a tone, such as an age limit.
func NewBadgeChip(text string, tone Tone) *Chip {
	c := NewChip(text, nil, nil)
	c.tone = tone
	return c
}

// Text is what the chip says.
func (c *Chip) Text() string { return c.text }

// SetText changes what the chip says.
func (c *Chip) SetText(text string) {
	if c.text != text {
		c.text = text
		c.Refresh()
	}
}

func (c *Chip) crossWidth() float32 {
	if c.cross == nil {
		return 0
	}
	return chipCross
}

// CreateRenderer is for the toolkit.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	body, veil := canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
	text := newCutText(13, false)
	c.tipText = func() string {
		if text.cut() {
			return c.text
		}
		return ""
	}
	f := &frame{objects: []fyne.CanvasObject{body, veil, text.Text}}
	if c.cross != nil {
		f.objects = append(f.objects, c.cross)
	}
	f.refresh = func() {
		body.FillColor = ink(c, theme.ColorNameButton)
		body.CornerRadius, veil.CornerRadius = 9, 9
		body.StrokeColor, body.StrokeWidth = ink(c, theme.ColorNameSeparator), 1
		if c.armed {
			body.StrokeColor = ink(c, theme.ColorNameError)
		}
		ring(body, c.focused, ink(c, theme.ColorNameFocus))
		veil.FillColor = veilColour(c, &c.press)
		text.Color = ink(c, theme.ColorNameForeground)
		if c.tone != Neutral { // bright text keeps its contrast on the surface only
			body.FillColor = ink(c, theme.ColorNameOverlayBackground)
			text.Color = ink(c, c.tone.color())
		}
		if c.off() {
			text.Color = ink(c, theme.ColorNameDisabled)
		}
		text.set(c.text)
	}
	f.layout = func(s fyne.Size) {
		place(body, 0, 0, s.Width, s.Height)
		place(veil, 0, 0, s.Width, s.Height)
		text.put(chipPad, 0, max(0, s.Width-2*chipPad-c.crossWidth()+4), s.Height)
		if c.cross != nil {
			place(c.cross, s.Width-chipCross-5, (s.Height-chipCross)/2, chipCross, chipCross)
		}
	}
	f.min = func() fyne.Size {
		return fyne.NewSize(min(chipWidest, text.full().Width+2*chipPad+c.crossWidth()), chipHeight)
	}
	f.refresh()
	return f
}
