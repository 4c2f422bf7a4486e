package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// CardPad is the room between a card's edge and what it holds.
const CardPad = 18

// Card is a rounded surface with a title, a note at its right and what it holds.
// Without title and note it is only the surface.
type Card struct {
	widget.BaseWidget
	title, note *Line
	content     fyne.CanvasObject
	// Tight leaves no room around the content, for lists that reach the edge.
	Tight bool
}

// NewCard makes a card.
func NewCard(title, note string, content fyne.CanvasObject) *Card {
	c := &Card{
		title: NewLine(title, Title), note: NewLine(note, Caption), content: content,
	}
	c.note.Look.Align = fyne.TextAlignTrailing
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
	f := &frame{}
	f.refresh = func() {
		back.FillColor = ink(c, theme.ColorNameOverlayBackground)
		back.StrokeColor, back.StrokeWidth = ink(c, theme.ColorNameSeparator), 1
		back.CornerRadius = size(c, theme.SizeNameCardRadius)
		f.objects = []fyne.CanvasObject{back, c.title, c.note, c.content}
		f.layout(c.Size())
	}
	f.layout = func(s fyne.Size) {
		place(back, 0, 0, s.Width, s.Height)
		inner := max(0, s.Width-2*CardPad)
		titleWidth := min(c.title.MinSize().Width+1, inner)
		place(c.title, CardPad, CardPad, titleWidth, 22)
		place(c.note, CardPad+titleWidth+12, CardPad, max(0, inner-titleWidth-12), 22)
		pad := c.pad()
		place(c.content, pad, CardPad+c.headHeight()-(CardPad-pad), max(0, s.Width-2*pad),
			max(0, s.Height-CardPad-c.headHeight()+(CardPad-pad)-pad))
	}
	f.min = func() fyne.Size {
		pad, content := c.pad(), c.content.MinSize()
		return fyne.NewSize(content.Width+2*pad, content.Height+2*pad+c.headHeight())
	}
	f.refresh()
	return f
}

func (c *Card) pad() float32 {
	if c.Tight {
		return 1
	}
	return CardPad
}

// outline is the surface of a card by itself, for what floats over cards.
type outline struct{ widget.BaseWidget }

func newOutline() *outline {
	o := &outline{}
	o.ExtendBaseWidget(o)
	return o
}

// CreateRenderer is for the toolkit.
func (o *outline) CreateRenderer() fyne.WidgetRenderer {
	back := canvas.NewRectangle(color.Transparent)
	f := &frame{objects: []fyne.CanvasObject{back}}
	f.refresh = func() {
		back.FillColor = ink(o, theme.ColorNameOverlayBackground)
		back.StrokeColor, back.StrokeWidth = ink(o, theme.ColorNameSeparator), 1
		back.CornerRadius = size(o, theme.SizeNamePopupRadius)
	}
	f.layout = func(s fyne.Size) { back.Resize(s) }
	f.min = func() fyne.Size { return fyne.Size{} }
	f.refresh()
	return f
}
