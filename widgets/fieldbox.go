package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// fieldBox is what all fields share: a caption over the left, a counter over the
// right, the rounded box, and a message below while there is something to say.
type fieldBox struct {
	label, counter *cutText
	box            *canvas.Rectangle
	message        *block
	sign           *mark
	bad            bool
}

const (
	captionHeight = 24 // caption and the room to the box
	messageLead   = 6
	messageMark   = 14
)

func newFieldBox() *fieldBox {
	f := &fieldBox{
		label: newCutText(12, false), counter: newCutText(12, false),
		box: canvas.NewRectangle(color.Transparent), message: newBlock(), sign: newMark(),
	}
	f.counter.Alignment = fyne.TextAlignTrailing
	return f
}

func (f *fieldBox) objects() []fyne.CanvasObject {
	return append(append([]fyne.CanvasObject{f.label.Text, f.counter.Text, f.box}, f.sign.objects()...), f.message.box)
}

// fieldState is what a field box shows.
type fieldState struct {
	label, counter, message string
	over                    bool // the counter is past its limit
	bad                     bool // the message says what is wrong
	focused, disabled       bool
	hovered                 bool
}

func (f *fieldBox) paint(w fyne.Widget, s fieldState) {
	caption := size(w, theme.SizeNameCaptionText)
	muted := ink(w, theme.ColorNamePlaceHolder)
	f.label.TextSize, f.counter.TextSize = caption, caption
	f.label.Color, f.counter.Color, f.counter.TextStyle.Bold = muted, muted, false
	if s.over {
		f.counter.Color, f.counter.TextStyle.Bold = ink(w, theme.ColorNameError), true
	}
	f.label.set(s.label)
	f.counter.set(s.counter)
	f.box.FillColor = ink(w, theme.ColorNameInputBackground)
	f.box.CornerRadius = size(w, theme.SizeNameInputRadius)
	f.box.StrokeWidth = 1
	f.bad = s.bad || s.over
	switch {
	case s.disabled:
		f.box.FillColor = ink(w, theme.ColorNameDisabledButton)
		f.box.StrokeColor = ink(w, theme.ColorNameInputBorder)
	case f.bad:
		f.box.StrokeColor = ink(w, theme.ColorNameError)
	case s.focused:
		f.box.StrokeColor = ink(w, theme.ColorNamePrimary)
	case s.hovered:
		f.box.StrokeColor = ink(w, theme.ColorNameDisabled)
	default:
		f.box.StrokeColor = ink(w, theme.ColorNameInputBorder)
	}
	glow := ink(w, theme.ColorNameFocus)
	if f.bad {
		glow = faded(w, theme.ColorNameError, 0x4D)
	}
	ring(f.box, s.focused && !s.disabled, glow)
	f.message.set(s.message, caption, false, muted)
	if f.bad {
		f.message.set(s.message, caption, false, ink(w, theme.ColorNameForeground))
		f.sign.paint(w, Bad, "!")
		f.sign.text.TextSize = 10
	}
	for _, o := range f.sign.objects() {
		o.(interface{ Refresh() }).Refresh()
	}
	f.showSign(f.bad && s.message != "")
}

func (f *fieldBox) showSign(shown bool) {
	f.sign.disc.Hidden = !shown
	f.sign.text.Hidden = !shown
	f.sign.icon.Hidden, f.sign.arc.Hidden = true, true
}

// inset is how far the message stands in from the left.
func (f *fieldBox) inset() float32 {
	if f.bad {
		return messageMark + 6
	}
	return 0
}

func (f *fieldBox) topHeight() float32 {
	if f.label.whole == "" && f.counter.whole == "" {
		return 0
	}
	return captionHeight
}

func (f *fieldBox) bottomHeight(width float32) float32 {
	if f.message.text == "" {
		return 0
	}
	return messageLead + f.message.height(max(60, width-f.inset()))
}

// put places everything around a box of a height, and gives where the box starts.
func (f *fieldBox) put(width, boxHeight float32) (boxTop float32) {
	top := f.topHeight()
	counterWidth := f.counter.full().Width + 2
	f.counter.put(width-counterWidth, 0, counterWidth, 18)
	f.label.put(0, 0, max(0, width-counterWidth-8), 18)
	place(f.box, 0, top, width, boxHeight)
	if f.message.text != "" {
		y := top + boxHeight + messageLead
		f.sign.put(0, y+(f.message.lineHeight()-messageMark)/2, messageMark)
		f.message.put(f.inset(), y, max(60, width-f.inset()))
	}
	return top
}
