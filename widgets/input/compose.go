package input

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"cuelight/widgets/paint"
)

// Composing is a field in which an input method writes: it shows the syllable that
// is still being put together where it will stand. What has the keyboard in a
// window is one of these while text can be typed.
type Composing interface {
	fyne.Focusable
	// Compose shows what is being put together at the caret; it is no part of the
	// field's text. Empty ends it.
	Compose(text string)
	// Caret is where that begins, as the upper left corner in the window and the
	// height of the line.
	Caret() (at fyne.Position, height float32)
}

// Compose is for input methods.
func (e *bareEntry) Compose(text string) {
	if e.Password {
		text = strings.Repeat("•", utf8.RuneCountInString(text))
	}
	if e.Disabled() || e.composing == text {
		return
	}
	if e.composing == "" && e.SelectedText() != "" {
		e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace}) // what is typed takes the selection's place
	}
	e.composing = text
	e.follow()
	e.Refresh()
}

// Caret is for input methods.
func (e *bareEntry) Caret() (fyne.Position, float32) {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(e)
	return at.Add(e.CursorPosition()), e.LineHeight()
}

func (e *bareEntry) LineHeight() float32 {
	return fyne.MeasureText("가", paint.Size(e, theme.SizeNameText), e.TextStyle).Height
}

// composed is how wide the text being put together is.
func (e *bareEntry) composed() float32 {
	if e.composing == "" {
		return 0
	}
	return fyne.MeasureText(e.composing, paint.Size(e, theme.SizeNameText), e.TextStyle).Width
}

// composition draws what is being put together over the entry: underlined, with
// the caret behind it, and what follows the caret moved along.
type composition struct {
	background, line, caret *canvas.Rectangle
	text, rest              *canvas.Text
}

func newComposition() *composition {
	return &composition{
		background: canvas.NewRectangle(nil), line: canvas.NewRectangle(nil), caret: canvas.NewRectangle(nil),
		text: canvas.NewText("", nil), rest: canvas.NewText("", nil),
	}
}

func (c *composition) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{c.background, c.text, c.rest, c.line, c.caret}
}

func (c *composition) paint(e *bareEntry) {
	if e.composing == "" {
		return
	}
	text := paint.Size(e, theme.SizeNameText)
	shown := []rune(e.Text)
	c.text.Text, c.rest.Text = e.composing, string(shown[min(e.CursorColumn, len(shown)):])
	for _, t := range []*canvas.Text{c.text, c.rest} {
		t.TextSize, t.TextStyle, t.Color = text, e.TextStyle, paint.Color(e, theme.ColorNameForeground)
	}
	c.background.FillColor = paint.Color(e, theme.ColorNameInputBackground)
	c.line.FillColor, c.caret.FillColor = paint.Color(e, theme.ColorNamePrimary), paint.Color(e, theme.ColorNamePrimary)

	at, high := e.CursorPosition(), e.LineHeight()
	wide, rest := e.composed(), fyne.MeasureText(c.rest.Text, text, e.TextStyle).Width
	paint.Place(c.background, at.X, at.Y, max(wide+rest+4, e.Size().Width-at.X), high) // over the placeholder, too
	paint.Place(c.text, at.X, at.Y, wide, high)
	paint.Place(c.rest, at.X+wide, at.Y, rest, high)
	paint.Place(c.line, at.X, at.Y+high-2, wide, 1.5)
	paint.Place(c.caret, at.X+wide, at.Y, 2, high)
	for _, o := range c.Objects() {
		o.Refresh()
	}
}
