package widgets

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// block is a text broken into lines to fit a width.
type block struct {
	box   *fyne.Container
	text  string
	size  float32
	style fyne.TextStyle
	color color.Color
	align fyne.TextAlign

	width float32 // what it was broken for
	lines []string
}

func newBlock() *block { return &block{box: &fyne.Container{}, color: color.Transparent} }

// set changes text and look; fit must follow.
func (b *block) set(text string, size float32, bold bool, c color.Color) {
	if b.text != text || b.size != size || b.style.Bold != bold {
		b.width = -1
	}
	b.text, b.size, b.color = text, size, c
	b.style.Bold = bold
	b.paint()
}

func (b *block) lineHeight() float32 {
	return fyne.MeasureText("가", b.size, b.style).Height + 1
}

// height is what the text needs in a width; it breaks the text anew when needed.
func (b *block) height(width float32) float32 {
	if b.text == "" {
		return 0
	}
	if width != b.width {
		b.width = width
		b.lines = wrap(b.text, width, b.size, b.style)
		b.paint()
	}
	return float32(len(b.lines)) * b.lineHeight()
}

func (b *block) paint() {
	if b.text == "" {
		b.lines = nil
	}
	for len(b.box.Objects) > len(b.lines) {
		b.box.Objects = b.box.Objects[:len(b.box.Objects)-1]
	}
	for i, line := range b.lines {
		if i == len(b.box.Objects) {
			b.box.Objects = append(b.box.Objects, canvas.NewText("", b.color))
		}
		t := b.box.Objects[i].(*canvas.Text)
		t.Text, t.TextSize, t.TextStyle, t.Color, t.Alignment = line, b.size, b.style, b.color, b.align
		place(t, 0, float32(i)*b.lineHeight(), max(0, b.width), b.lineHeight())
		t.Refresh()
	}
}

// put places the text and gives its height.
func (b *block) put(x, y, width float32) float32 {
	h := b.height(width)
	place(b.box, x, y, width, h)
	return h
}

// longest is the width of the longest line.
func (b *block) longest() float32 {
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

// Paragraph is text over as many lines as its width asks for.
type Paragraph struct {
	widget.BaseWidget
	Look Look
	text string
	used float32 // height asked for last
}

// NewParagraph makes a paragraph.
func NewParagraph(text string, look Look) *Paragraph {
	p := &Paragraph{Look: look, text: text}
	p.ExtendBaseWidget(p)
	return p
}

// SetText changes the text.
func (p *Paragraph) SetText(text string) {
	if p.text != text {
		p.text = text
		p.Refresh()
	}
}

// Text is what it says.
func (p *Paragraph) Text() string { return p.text }

// CreateRenderer is for the toolkit.
func (p *Paragraph) CreateRenderer() fyne.WidgetRenderer {
	b := newBlock()
	f := &frame{objects: []fyne.CanvasObject{b.box}}
	f.refresh = func() {
		b.align = p.Look.Align
		b.set(p.text, size(p, p.Look.size()), p.Look.Bold, ink(p, p.Look.color()))
		f.layout(p.Size())
	}
	f.layout = func(s fyne.Size) {
		if s.Width <= 0 {
			return
		}
		if h := b.put(0, 0, s.Width); h != p.used {
			p.used = h
			canvas.Refresh(p) // the height asked for follows the width given
		}
	}
	f.min = func() fyne.Size {
		if p.Size().Width <= 0 {
			return fyne.NewSize(40, b.lineHeight())
		}
		return fyne.NewSize(40, b.height(p.Size().Width))
	}
	f.refresh()
	return f
}
