package desktop

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"cuelight/widgets/label"
	"cuelight/widgets/paint"
)

// settle is how long a press waits for the input method's last syllable.
const settle = 100 * time.Millisecond

// inset is a message inside a card, on a ground tinted by what it means. It is
// gone while there is nothing to say.
type inset struct {
	object *fyne.Container
	back   *tint
	text   *label.Paragraph
}

func newInset() *inset {
	i := &inset{
		back: newTint(theme.ColorNameError, 0x22, theme.SizeNameButtonRadius),
		text: label.NewParagraph("", label.Style{Size: theme.SizeNameCaptionText}),
	}
	i.object = over(i.back, inside(12, 10, i.text))
	i.object.Hide()
	return i
}

// inside is padded for a text whose height follows its width.
func inside(x, y float32, o fyne.CanvasObject) *fyne.Container {
	return arrange(
		func(objects []fyne.CanvasObject, s fyne.Size) {
			tall(objects[0], max(0, s.Width-2*x))
			objects[0].Move(fyne.NewPos(x, y))
		},
		func(objects []fyne.CanvasObject) fyne.Size {
			m := objects[0].MinSize()
			return fyne.NewSize(m.Width+2*x, m.Height+2*y)
		}, o)
}

// set says something, or nothing.
func (i *inset) set(tone paint.Tone, text string) {
	name := theme.ColorNamePrimary
	switch tone {
	case paint.ToneBad:
		name = theme.ColorNameError
	case paint.ToneWarn:
		name = theme.ColorNameWarning
	case paint.ToneGood:
		name = theme.ColorNameSuccess
	}
	i.back.set(name)
	i.text.SetText(text)
	if i.object.Visible() != (text != "") {
		i.object.Hidden = text == ""
		i.object.Refresh()
	}
}

// skeleton is the shape of fields that are being loaded. It does not move:
// waiting must cost nothing.
type skeleton struct {
	widget.BaseWidget
	heights []float32
}

func newSkeleton(heights ...float32) *skeleton {
	s := &skeleton{heights: heights}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is for the toolkit.
func (s *skeleton) CreateRenderer() fyne.WidgetRenderer {
	r := &skeletonRenderer{s: s}
	for range s.heights {
		r.bars = append(r.bars, canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent))
	}
	r.Refresh()
	return r
}

type skeletonRenderer struct {
	s    *skeleton
	bars []fyne.CanvasObject
}

const (
	skeletonCaption = 24
	skeletonGap     = 14
)

func (r *skeletonRenderer) Destroy()                     {}
func (r *skeletonRenderer) Objects() []fyne.CanvasObject { return r.bars }

func (r *skeletonRenderer) MinSize() fyne.Size {
	h := float32(0)
	for _, bar := range r.s.heights {
		h += skeletonCaption + bar + skeletonGap
	}
	return fyne.NewSize(120, h)
}

func (r *skeletonRenderer) Layout(s fyne.Size) {
	y := float32(0)
	for i, h := range r.s.heights {
		put(r.bars[2*i], 0, y+4, min(64, s.Width), 10)
		put(r.bars[2*i+1], 0, y+skeletonCaption, s.Width, h)
		y += skeletonCaption + h + skeletonGap
	}
}

func (r *skeletonRenderer) Refresh() {
	c := theme.ColorForWidget(theme.ColorNameButton, r.s)
	for i, o := range r.bars {
		bar := o.(*canvas.Rectangle)
		bar.FillColor, bar.CornerRadius = c, 5
		if i%2 == 1 {
			bar.CornerRadius = theme.SizeForWidget(theme.SizeNameInputRadius, r.s)
		}
		bar.Refresh()
	}
}
