package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Numbers is one line in which every digit has the same width, so that a clock or a
// rate that changes does not shake. Each digit stands in the middle of a cell as
// wide as the typeface's widest digit; everything else keeps its own width.
type Numbers struct {
	widget.BaseWidget
	Look Look
	text string
}

// NewNumbers makes such a line.
func NewNumbers(text string, look Look) *Numbers {
	n := &Numbers{Look: look, text: text}
	n.ExtendBaseWidget(n)
	return n
}

// SetText changes it; only what differs is drawn again.
func (n *Numbers) SetText(text string) {
	if n.text != text {
		n.text = text
		n.Refresh()
	}
}

// Text is what it shows.
func (n *Numbers) Text() string { return n.text }

// CreateRenderer is for the toolkit.
func (n *Numbers) CreateRenderer() fyne.WidgetRenderer {
	r := &numbersRenderer{n: n}
	r.Refresh()
	return r
}

type numbersRenderer struct {
	n     *Numbers
	cells []*canvas.Text
	width []float32
	total fyne.Size
}

func (r *numbersRenderer) Destroy()           {}
func (r *numbersRenderer) MinSize() fyne.Size { return r.total }

func (r *numbersRenderer) Objects() []fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, len(r.cells))
	for i, c := range r.cells {
		objects[i] = c
	}
	return objects
}

// runs splits text into single digits and what stands between them.
func runs(text string) []string {
	var parts []string
	between := ""
	for _, r := range text {
		if r < '0' || r > '9' {
			between += string(r)
			continue
		}
		if between != "" {
			parts = append(parts, between)
			between = ""
		}
		parts = append(parts, string(r))
	}
	if between != "" {
		parts = append(parts, between)
	}
	return parts
}

func isDigit(part string) bool { return len(part) == 1 && part[0] >= '0' && part[0] <= '9' }

func widestDigit(size float32, style fyne.TextStyle) float32 {
	var widest float32
	for d := '0'; d <= '9'; d++ {
		widest = max(widest, fyne.MeasureText(string(d), size, style).Width)
	}
	return widest
}

func (r *numbersRenderer) Refresh() {
	n := r.n
	textSize, style := size(n, n.Look.size()), fyne.TextStyle{Bold: n.Look.Bold}
	parts, cell := runs(n.text), widestDigit(textSize, style)
	r.width, r.total = r.width[:0], fyne.NewSize(0, fyne.MeasureText("0", textSize, style).Height)
	for i, part := range parts {
		if i == len(r.cells) {
			r.cells = append(r.cells, canvas.NewText("", color.Transparent))
		}
		t := r.cells[i]
		t.Text, t.TextSize, t.TextStyle, t.Color = part, textSize, style, ink(n, n.Look.color())
		t.Alignment = fyne.TextAlignCenter
		w := cell
		if !isDigit(part) {
			w = fyne.MeasureText(part, textSize, style).Width
		}
		r.width = append(r.width, w)
		r.total.Width += w
	}
	r.cells = r.cells[:len(parts)]
	r.Layout(n.Size())
	canvas.Refresh(n)
}

func (r *numbersRenderer) Layout(s fyne.Size) {
	x := float32(0)
	switch r.n.Look.Align {
	case fyne.TextAlignTrailing:
		x = s.Width - r.total.Width
	case fyne.TextAlignCenter:
		x = (s.Width - r.total.Width) / 2
	}
	for i, t := range r.cells {
		place(t, x, (s.Height-r.total.Height)/2, r.width[i], r.total.Height)
		x += r.width[i]
	}
}
