package surface

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"cuelight/widgets/label"
	"cuelight/widgets/paint"
)

// CardPadding is the room between a card's edge and what it holds.
const CardPadding = 18

// Card is a rounded surface with a title, a note at its right and what it holds.
// Without title and note it is only the surface.
type Card struct {
	widget.BaseWidget
	title, note *label.Line
	content     fyne.CanvasObject
	// Tight leaves no room around the content, for lists that reach the edge.
	Tight bool
}

// NewCard makes a card.
func NewCard(title, note string, content fyne.CanvasObject) *Card {
	c := &Card{
		title: label.NewLine(title, label.Title()), note: label.NewLine(note, label.Caption()), content: content,
	}
	c.note.Style.Align = fyne.TextAlignTrailing
	c.ExtendBaseWidget(c)
	return c
}

// SetTitle changes the title.
func (c *Card) SetTitle(title string) {
	if c.title.Text() != title {
		c.title.SetText(title)
		c.Refresh()
	}
}

// SetNote changes the note at the right of the title.
func (c *Card) SetNote(note string) {
	if c.note.Text() != note {
		c.note.SetText(note)
		c.Refresh()
	}
}

// SetContent changes what the card holds.
func (c *Card) SetContent(content fyne.CanvasObject) {
	c.content = content
	c.Refresh()
}

// headHeight is the room that title and note take.
func (c *Card) headHeight() float32 {
	if c.title.Text() == "" && c.note.Text() == "" {
		return 0
	}
	return 38
}

// CreateRenderer is for the toolkit.
func (c *Card) CreateRenderer() fyne.WidgetRenderer {
	back := canvas.NewRectangle(color.Transparent)
	f := &paint.Renderer{}
	f.OnRefresh = func() {
		back.FillColor = paint.Color(c, theme.ColorNameOverlayBackground)
		back.StrokeColor, back.StrokeWidth = paint.Color(c, theme.ColorNameSeparator), 1
		back.CornerRadius = paint.Size(c, theme.SizeNameCardRadius)
		f.Draws = []fyne.CanvasObject{back, c.title, c.note, c.content}
		f.OnLayout(c.Size())
	}
	f.OnLayout = func(s fyne.Size) {
		paint.Place(back, 0, 0, s.Width, s.Height)
		inner := max(0, s.Width-2*CardPadding)
		titleWidth := min(c.title.MinSize().Width+1, inner)
		paint.Place(c.title, CardPadding, CardPadding, titleWidth, 22)
		paint.Place(c.note, CardPadding+titleWidth+12, CardPadding, max(0, inner-titleWidth-12), 22)
		pad := c.pad()
		paint.Place(c.content, pad, CardPadding+c.headHeight()-(CardPadding-pad), max(0, s.Width-2*pad),
			max(0, s.Height-CardPadding-c.headHeight()+(CardPadding-pad)-pad))
	}
	f.OnMinSize = func() fyne.Size {
		pad, content := c.pad(), c.content.MinSize()
		return fyne.NewSize(content.Width+2*pad, content.Height+2*pad+c.headHeight())
	}
	f.OnRefresh()
	return f
}

func (c *Card) pad() float32 {
	if c.Tight {
		return 1
	}
	return CardPadding
}
