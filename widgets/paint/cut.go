package paint

import (
	"image/color"
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

const ellipsis = "…"

// CutText is one line of text that shows as much as there is room for.
type CutText struct {
	*canvas.Text
	whole string
}

// NewCutText makes an empty text.
func NewCutText(size float32, bold bool) *CutText {
	t := &CutText{Text: canvas.NewText("", color.Transparent)}
	t.TextSize = size
	t.TextStyle.Bold = bold
	return t
}

// Set changes the whole text; it is shortened by the next fit or put.
func (t *CutText) Set(text string) {
	if t.whole == text {
		return
	}
	t.whole = text
	t.Text.Text = text
}

// Empty reports whether there is no text.
func (t *CutText) Empty() bool { return t.whole == "" }

// FullSize is the size of the whole text.
func (t *CutText) FullSize() fyne.Size {
	return fyne.MeasureText(t.whole, t.TextSize, t.TextStyle)
}

// IsCut reports whether some of the text is not shown.
func (t *CutText) IsCut() bool { return t.Text.Text != t.whole }

// Fit shortens the text to a width.
func (t *CutText) Fit(width float32) {
	if short := shorten(t.whole, width, t.TextSize, t.TextStyle); short != t.Text.Text {
		t.Text.Text = short
		t.Refresh()
	}
}

// Put fits the text into a box and centres it in the box's height.
func (t *CutText) Put(x, y, width, height float32) {
	t.Fit(width)
	h := t.FullSize().Height
	Place(t.Text, x, y+(height-h)/2, width, h)
}

// shorten cuts text to a width, ending in an ellipsis when something is missing.
func shorten(text string, width, size float32, style fyne.TextStyle) string {
	measure := func(s string) float32 { return fyne.MeasureText(s, size, style).Width }
	if measure(text) <= width+0.5 {
		return text
	}
	runes := []rune(text)
	n := sort.Search(len(runes), func(i int) bool {
		return measure(string(runes[:i+1])+ellipsis) > width
	})
	if n == 0 {
		return ellipsis
	}
	return string(runes[:n]) + ellipsis
}
