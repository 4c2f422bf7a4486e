// Package inputmethod joins the system's input method to the fields of a window, so
// that a Hangul syllable is put together where it will stand.
package inputmethod

import (
	"fyne.io/fyne/v2"

	"cuelight/widgets/input"
)

// compose joins an input method to the field that has the keyboard: the toolkit
// tells fields only of finished characters, so that a Hangul syllable would be
// put together in a window of its own, away from the caret. All of it is called
// on the window's goroutine.
type compose struct {
	canvas fyne.Canvas
	// field is where the present syllable began; it gets it, even if the
	// keyboard has gone elsewhere by then.
	field input.Composing
}

// joined reports whether there is a field that shows what is put together: the
// one it began in, else the one that has the keyboard.
func (c *compose) joined() bool {
	if c.field == nil {
		c.field, _ = c.canvas.Focused().(input.Composing)
	}
	return c.field != nil
}

// show shows what has been put together so far.
func (c *compose) show(text string) {
	if c.joined() {
		c.field.Compose(text)
	}
}

// finish types what is finished. It reports whether there was a field for it.
func (c *compose) finish(text string) bool {
	if !c.joined() {
		return false
	}
	c.field.Compose("")
	for _, r := range text {
		c.field.TypedRune(r)
	}
	return true
}

// end takes away what was not finished.
func (c *compose) end() {
	if c.field != nil {
		c.field.Compose("")
		c.field = nil
	}
}

// caret is where the syllable stands, in the window's pixels.
func (c *compose) caret() (x, y, height int, ok bool) {
	if c.field == nil {
		return 0, 0, 0, false
	}
	at, line := c.field.Caret()
	scale := c.canvas.Scale()
	return int(at.X * scale), int(at.Y * scale), int(line * scale), true
}
