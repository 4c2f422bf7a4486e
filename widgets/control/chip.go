package control

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"cuelight/widgets/paint"
)

const (
	ChipHeight = 27
	chipPad    = 9
	chipCross  = 18
	chipWidest = 220
)

// Chip is a short word on a raised background, such as a tag. It can be
// pressed, removed by its cross, or neither.
type Chip struct {
	Pressable
	text   string
	marked bool // drawn as about to be removed
	cross  *Button
}

// NewChip makes a chip; tapped and removed may be nil.
func NewChip(text string, tapped, removed func()) *Chip {
	c := &Chip{text: text}
	c.OnTapped = tapped
	c.Extend(c)
	if removed != nil {
		c.cross = NewButton("", theme.Icon(theme.IconNameCancel), Quiet, removed)
	}
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

// SetMarked draws the chip as about to be removed, from its next Refresh on.
func (c *Chip) SetMarked(marked bool) { c.marked = marked }

func (c *Chip) crossWidth() float32 {
	if c.cross == nil {
		return 0
	}
	return chipCross
}

// CreateRenderer is for the toolkit.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	body, veil := canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
	text := paint.NewCutText(13, false)
	c.TipText = func() string {
		if text.IsCut() {
			return c.text
		}
		return ""
	}
	f := &paint.Renderer{Draws: []fyne.CanvasObject{body, veil, text.Text}}
	if c.cross != nil {
		f.Draws = append(f.Draws, c.cross)
	}
	f.OnRefresh = func() {
		body.FillColor = paint.Color(c, theme.ColorNameButton)
		body.CornerRadius, veil.CornerRadius = 9, 9
		body.StrokeColor, body.StrokeWidth = paint.Color(c, theme.ColorNameSeparator), 1
		if c.marked {
			body.StrokeColor = paint.Color(c, theme.ColorNameError)
		}
		paint.FocusRing(body, c.focused, paint.Color(c, theme.ColorNameFocus))
		veil.FillColor = c.HoverColor()
		text.Color = paint.Color(c, theme.ColorNameForeground)
		if c.Dimmed() {
			text.Color = paint.Color(c, theme.ColorNameDisabled)
		}
		text.Set(c.text)
	}
	f.OnLayout = func(s fyne.Size) {
		paint.Place(body, 0, 0, s.Width, s.Height)
		paint.Place(veil, 0, 0, s.Width, s.Height)
		text.Put(chipPad, 0, max(0, s.Width-2*chipPad-c.crossWidth()+4), s.Height)
		if c.cross != nil {
			paint.Place(c.cross, s.Width-chipCross-5, (s.Height-chipCross)/2, chipCross, chipCross)
		}
	}
	f.OnMinSize = func() fyne.Size {
		return fyne.NewSize(min(chipWidest, text.FullSize().Width+2*chipPad+c.crossWidth()), ChipHeight)
	}
	f.OnRefresh()
	return f
}
