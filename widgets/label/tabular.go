package label

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"cuelight/widgets/paint"
)

// TabularText is one line in which every digit has the same width, so that a clock or a
// rate that changes does not jitter. Each digit stands in the middle of a cell as
// wide as the typeface's widest digit; everything else keeps its own width.
type TabularText struct {
	widget.BaseWidget
	Style Style
	text  string
}

// NewTabularText makes such a line.
func NewTabularText(text string, look Style) *TabularText {
	n := &TabularText{Style: look, text: text}
	n.ExtendBaseWidget(n)
	return n
}

// SetText changes it; only what differs is drawn again.
func (n *TabularText) SetText(text string) {
	if n.text != text {
		n.text = text
		n.Refresh()
	}
}

// Text is what it shows.
func (n *TabularText) Text() string { return n.text }

// CreateRenderer is for the toolkit.
func (n *TabularText) CreateRenderer() fyne.WidgetRenderer {
	r := &tabularRenderer{n: n}
	r.Refresh()
	return r
}

type tabularRenderer struct {
	n     *TabularText
	cells []*canvas.Text
	width []float32
	total fyne.Size
}

func (r *tabularRenderer) Destroy()           {}
func (r *tabularRenderer) MinSize() fyne.Size { return r.total }

func (r *tabularRenderer) Objects() []fyne.CanvasObject {
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

func (r *tabularRenderer) Refresh() {
	n := r.n
	textSize, style := paint.Size(n, n.Style.sizeName()), fyne.TextStyle{Bold: n.Style.Bold}
	parts, cell := runs(n.text), widestDigit(textSize, style)
	r.width, r.total = r.width[:0], fyne.NewSize(0, fyne.MeasureText("0", textSize, style).Height)
	for i, part := range parts {
		if i == len(r.cells) {
			r.cells = append(r.cells, canvas.NewText("", color.Transparent))
		}
		t := r.cells[i]
		t.Text, t.TextSize, t.TextStyle, t.Color = part, textSize, style, paint.Color(n, n.Style.colorName())
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

func (r *tabularRenderer) Layout(s fyne.Size) {
	x := float32(0)
	switch r.n.Style.Align {
	case fyne.TextAlignTrailing:
		x = s.Width - r.total.Width
	case fyne.TextAlignCenter:
		x = (s.Width - r.total.Width) / 2
	}
	for i, t := range r.cells {
		paint.Place(t, x, (s.Height-r.total.Height)/2, r.width[i], r.total.Height)
		x += r.width[i]
	}
}
