package widgets

import (
	"image/color"
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

const ellipsis = "…"

// cutText is one line of text that shows as much as there is room for.
type cutText struct {
	*canvas.Text
	whole string
}

func newCutText(size float32, bold bool) *cutText {
	t := &cutText{Text: canvas.NewText("", color.Transparent)}
	t.TextSize = size
	t.TextStyle.Bold = bold
	return t
}

// set changes the whole text; fit must follow once the width is known.
func (t *cutText) set(text string) {
	if t.whole == text {
		return
	}
	t.whole = text
	t.Text.Text = text
}

// full is the size of the whole text.
func (t *cutText) full() fyne.Size {
	return fyne.MeasureText(t.whole, t.TextSize, t.TextStyle)
}

// cut tells whether some of the text is not shown.
func (t *cutText) cut() bool { return t.Text.Text != t.whole }

// fit shortens the text to a width.
func (t *cutText) fit(width float32) {
	if short := shorten(t.whole, width, t.TextSize, t.TextStyle); short != t.Text.Text {
		t.Text.Text = short
		t.Refresh()
	}
}

// put fits the text into a box and centres it in the box's height.
func (t *cutText) put(x, y, width, height float32) {
	t.fit(width)
	h := t.full().Height
	place(t.Text, x, y+(height-h)/2, width, h)
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
