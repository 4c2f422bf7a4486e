package label

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"cuelight/widgets/paint"
	"cuelight/widgets/tooltip"
)

// Line is one line of text. It asks for the room of its whole text up to MaxWidth,
// takes what it gets, and shows the whole text while the pointer rests on it.
type Line struct {
	widget.BaseWidget
	Style Style
	// MaxWidth bounds the room asked for; 0 asks for next to nothing, for a line that
	// fills what its container leaves.
	MaxWidth float32

	text string
	cut  *paint.CutText
	tip  tooltip.Tip
}

var _ desktop.Hoverable = (*Line)(nil)

// NewLine makes a line that asks for all its room.
func NewLine(text string, look Style) *Line {
	l := &Line{Style: look, MaxWidth: paint.Unbounded, text: text}
	l.tip.Owner = l
	l.ExtendBaseWidget(l)
	return l
}

// NewFillingLine makes a line that takes the room it is given and asks for none.
func NewFillingLine(text string, look Style) *Line {
	l := NewLine(text, look)
	l.MaxWidth = 0
	return l
}

// Text is the whole text.
func (l *Line) Text() string { return l.text }

// SetText changes the text; setting what it already shows costs nothing.
func (l *Line) SetText(text string) {
	if l.text == text {
		return
	}
	l.text = text
	l.Refresh()
}

// MouseIn starts the wait for the whole text, if some of it is cut off.
func (l *Line) MouseIn(*desktop.MouseEvent) {
	if l.cut != nil && l.cut.IsCut() {
		l.tip.Schedule(l.text)
	}
}

// MouseMoved does nothing: the tip stays where the text is.
func (l *Line) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the whole text away.
func (l *Line) MouseOut() { l.tip.Hide() }

// CreateRenderer is for the toolkit.
func (l *Line) CreateRenderer() fyne.WidgetRenderer {
	l.cut = paint.NewCutText(paint.Size(l, l.Style.sizeName()), l.Style.Bold)
	f := &paint.Renderer{Draws: []fyne.CanvasObject{l.cut.Text}}
	f.OnRefresh = func() {
		l.cut.TextSize = paint.Size(l, l.Style.sizeName())
		l.cut.TextStyle.Bold = l.Style.Bold
		l.cut.Color = paint.Color(l, l.Style.colorName())
		l.cut.Alignment = l.Style.Align
		l.cut.Set(l.text)
		if w := l.Size().Width; w > 0 {
			l.cut.Fit(w)
		}
	}
	f.OnLayout = func(s fyne.Size) { l.cut.Put(0, 0, s.Width, s.Height) }
	f.OnMinSize = func() fyne.Size {
		full := l.cut.FullSize()
		return fyne.NewSize(min(full.Width, l.MaxWidth), full.Height)
	}
	f.OnRefresh()
	return f
}
