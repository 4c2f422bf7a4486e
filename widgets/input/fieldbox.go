package input

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"cuelight/widgets/paint"
)

// fieldBox is what all fields share: a caption over the left, a counter over the
// right, the rounded box, and a message below while there is something to say.
type fieldBox struct {
	label, counter *paint.CutText
	box            *canvas.Rectangle
	message        *paint.Block
	sign           *paint.Mark
	bad            bool
}

const (
	captionHeight = 24 // caption and the room to the box
	messageLead   = 6
	messageMark   = 14
)

func newFieldBox() *fieldBox {
	f := &fieldBox{
		label: paint.NewCutText(12, false), counter: paint.NewCutText(12, false),
		box: canvas.NewRectangle(color.Transparent), message: paint.NewBlock(), sign: paint.NewMark(),
	}
	f.counter.Alignment = fyne.TextAlignTrailing
	return f
}

func (f *fieldBox) Objects() []fyne.CanvasObject {
	return append(append([]fyne.CanvasObject{f.label.Text, f.counter.Text, f.box}, f.sign.Objects()...), f.message.Object)
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
	caption := paint.Size(w, theme.SizeNameCaptionText)
	muted := paint.Color(w, theme.ColorNamePlaceHolder)
	f.label.TextSize, f.counter.TextSize = caption, caption
	f.label.Color, f.counter.Color, f.counter.TextStyle.Bold = muted, muted, false
	if s.over {
		f.counter.Color, f.counter.TextStyle.Bold = paint.Color(w, theme.ColorNameError), true
	}
	f.label.Set(s.label)
	f.counter.Set(s.counter)
	f.box.FillColor = paint.Color(w, theme.ColorNameInputBackground)
	f.box.CornerRadius = paint.Size(w, theme.SizeNameInputRadius)
	f.box.StrokeWidth = 1
	f.bad = s.bad || s.over
	switch {
	case s.disabled:
		f.box.FillColor = paint.Color(w, theme.ColorNameDisabledButton)
		f.box.StrokeColor = paint.Color(w, theme.ColorNameInputBorder)
	case f.bad:
		f.box.StrokeColor = paint.Color(w, theme.ColorNameError)
	case s.focused:
		f.box.StrokeColor = paint.Color(w, theme.ColorNamePrimary)
	case s.hovered:
		f.box.StrokeColor = paint.Color(w, theme.ColorNameDisabled)
	default:
		f.box.StrokeColor = paint.Color(w, theme.ColorNameInputBorder)
	}
	glow := paint.Color(w, theme.ColorNameFocus)
	if f.bad {
		glow = paint.Faded(w, theme.ColorNameError, 0x4D)
	}
	paint.FocusRing(f.box, s.focused && !s.disabled, glow)
	f.message.Set(s.message, caption, false, muted)
	if f.bad {
		f.message.Set(s.message, caption, false, paint.Color(w, theme.ColorNameForeground))
	}
	f.sign.PaintSmall(w, paint.ToneBad, 10, f.bad && s.message != "")
}

// inset is how far the message stands in from the left.
func (f *fieldBox) inset() float32 {
	if f.bad {
		return messageMark + 6
	}
	return 0
}

func (f *fieldBox) topHeight() float32 {
	if f.label.Empty() && f.counter.Empty() {
		return 0
	}
	return captionHeight
}

func (f *fieldBox) bottomHeight(width float32) float32 {
	if f.message.Empty() {
		return 0
	}
	return messageLead + f.message.Height(max(60, width-f.inset()))
}

// Put places everything around a box of a height, and gives where the box starts.
func (f *fieldBox) Put(width, boxHeight float32) (boxTop float32) {
	top := f.topHeight()
	counterWidth := f.counter.FullSize().Width + 2
	f.counter.Put(width-counterWidth, 0, counterWidth, 18)
	f.label.Put(0, 0, max(0, width-counterWidth-8), 18)
	paint.Place(f.box, 0, top, width, boxHeight)
	if !f.message.Empty() {
		y := top + boxHeight + messageLead
		f.sign.Put(0, y+(f.message.LineHeight()-messageMark)/2, messageMark)
		f.message.Put(f.inset(), y, max(60, width-f.inset()))
	}
	return top
}
