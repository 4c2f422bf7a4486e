package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Look is how a text is set. The zero Look is the theme's normal text.
type Look struct {
	Color fyne.ThemeColorName // Foreground when empty
	Size  fyne.ThemeSizeName  // Text when empty
	Bold  bool
	Align fyne.TextAlign
}

// Looks in use everywhere.
var (
	Title   = Look{Size: theme.SizeNameSubHeadingText, Bold: true}
	Caption = Look{Color: theme.ColorNamePlaceHolder, Size: theme.SizeNameCaptionText}
	Heading = Look{Size: theme.SizeNameHeadingText, Bold: true}
)

func (l Look) color() fyne.ThemeColorName {
	if l.Color == "" {
		return theme.ColorNameForeground
	}
	return l.Color
}

func (l Look) size() fyne.ThemeSizeName {
	if l.Size == "" {
		return theme.SizeNameText
	}
	return l.Size
}

// Line is one line of text. It asks for the room of its whole text up to MaxWidth,
// takes what it gets, and shows the whole text while the pointer rests on it.
type Line struct {
	widget.BaseWidget
	Look Look
	// MaxWidth bounds the room asked for; 0 asks for next to nothing, for a line that
	// fills what its container leaves.
	MaxWidth float32

	text string
	cut  *cutText
	tip  tip
}

// Wide is a MaxWidth that no text reaches: the line asks for all its room.
const Wide = 10_000

var _ desktop.Hoverable = (*Line)(nil)

// NewLine makes a line that asks for all its room.
func NewLine(text string, look Look) *Line {
	l := &Line{Look: look, MaxWidth: Wide, text: text}
	l.tip.owner = l
	l.ExtendBaseWidget(l)
	return l
}

// NewFillingLine makes a line that takes the room it is given and asks for none.
func NewFillingLine(text string, look Look) *Line {
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
	if l.cut != nil && l.cut.cut() {
		l.tip.wait(l.text)
	}
}

// MouseMoved does nothing: the tip stays where the text is.
func (l *Line) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the whole text away.
func (l *Line) MouseOut() { l.tip.end() }

// CreateRenderer is for the toolkit.
func (l *Line) CreateRenderer() fyne.WidgetRenderer {
	l.cut = newCutText(size(l, l.Look.size()), l.Look.Bold)
	f := &frame{objects: []fyne.CanvasObject{l.cut.Text}}
	f.refresh = func() {
		l.cut.TextSize = size(l, l.Look.size())
		l.cut.TextStyle.Bold = l.Look.Bold
		l.cut.Color = ink(l, l.Look.color())
		l.cut.Alignment = l.Look.Align
		l.cut.set(l.text)
		if w := l.Size().Width; w > 0 {
			l.cut.fit(w)
		}
	}
	f.layout = func(s fyne.Size) { l.cut.put(0, 0, s.Width, s.Height) }
	f.min = func() fyne.Size {
		full := l.cut.full()
		return fyne.NewSize(min(full.Width, l.MaxWidth), full.Height)
	}
	f.refresh()
	return f
}
