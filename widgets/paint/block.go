package paint

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Block is a text broken into lines to fit a width.
type Block struct {
	Object *fyne.Container
	text   string
	size   float32
	style  fyne.TextStyle
	color  color.Color
	Align  fyne.TextAlign

	width float32 // what it was broken for
	lines []string
}

// NewBlock makes an empty text.
func NewBlock() *Block { return &Block{Object: &fyne.Container{}, color: color.Transparent} }

// Set changes text and style; the text is broken anew by the next height or put.
func (b *Block) Set(text string, size float32, bold bool, c color.Color) {
	if b.text != text || b.size != size || b.style.Bold != bold {
		b.width = -1
	}
	b.text, b.size, b.color = text, size, c
	b.style.Bold = bold
	b.paint()
}

// Empty reports whether there is no text.
func (b *Block) Empty() bool { return b.text == "" }

// LineHeight is the height of one of its lines.
func (b *Block) LineHeight() float32 {
	return fyne.MeasureText("가", b.size, b.style).Height + 1
}

// Height is what the text needs in a width.
func (b *Block) Height(width float32) float32 {
	if b.text == "" {
		return 0
	}
	if width != b.width {
		b.width = width
		b.lines = wrap(b.text, width, b.size, b.style)
		b.paint()
	}
	return float32(len(b.lines)) * b.LineHeight()
}

func (b *Block) paint() {
	if b.text == "" {
		b.lines = nil
	}
	for len(b.Object.Objects) > len(b.lines) {
		b.Object.Objects = b.Object.Objects[:len(b.Object.Objects)-1]
	}
	for i, line := range b.lines {
		if i == len(b.Object.Objects) {
			b.Object.Objects = append(b.Object.Objects, canvas.NewText("", b.color))
		}
		t := b.Object.Objects[i].(*canvas.Text)
		t.Text, t.TextSize, t.TextStyle, t.Color, t.Alignment = line, b.size, b.style, b.color, b.Align
		Place(t, 0, float32(i)*b.LineHeight(), max(0, b.width), b.LineHeight())
		t.Refresh()
	}
}

// Put places the text and gives its height.
func (b *Block) Put(x, y, width float32) float32 {
	h := b.Height(width)
	Place(b.Object, x, y, width, h)
	return h
}

// LongestLine is the width of the longest line.
func (b *Block) LongestLine() float32 {
	var w float32
	for _, line := range b.lines {
		w = max(w, fyne.MeasureText(line, b.size, b.style).Width)
	}
	return w
}

// wrap breaks text between words, and inside a word that alone is too long: a
// Korean sentence keeps its words whole, as people expect.
func wrap(text string, width, size float32, style fyne.TextStyle) []string {
	fits := func(s string) bool { return fyne.MeasureText(s, size, style).Width <= width+0.5 }
	var lines []string
	for _, paragraph := range strings.Split(text, "\n") {
		line := ""
		for _, word := range strings.Fields(paragraph) {
			joined := strings.TrimPrefix(line+" "+word, " ")
			if fits(joined) {
				line = joined
				continue
			}
			if line != "" {
				lines = append(lines, line)
			}
			var whole []string
			whole, line = breakWord(word, fits)
			lines = append(lines, whole...)
		}
		lines = append(lines, line)
	}
	return lines
}

// breakWord splits a word into lines that fit and what is left of it.
func breakWord(word string, fits func(string) bool) (whole []string, rest string) {
	for _, r := range word {
		if rest != "" && !fits(rest+string(r)) {
			whole = append(whole, rest)
			rest = ""
		}
		rest += string(r)
	}
	return whole, rest
}
