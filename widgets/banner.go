package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Banner is a strip across the window for something that holds all the time it is
// seen, such as a practice mode.
type Banner struct {
	widget.BaseWidget
	tone   Tone
	text   *Line
	action *Button
}

// NewBanner makes a strip; without an action's words there is no button.
func NewBanner(tone Tone, text, action string, tapped func()) *Banner {
	b := &Banner{tone: tone, text: NewFillingLine(text, Look{})}
	b.action = NewButton(action, nil, LinkLike, tapped)
	b.action.Hidden = action == ""
	b.ExtendBaseWidget(b)
	return b
}

// Set changes what it says.
func (b *Banner) Set(tone Tone, text string) {
	b.tone = tone
	b.text.SetText(text)
	b.Refresh()
}

// CreateRenderer is for the toolkit.
func (b *Banner) CreateRenderer() fyne.WidgetRenderer {
	const height, pad, side = 38, 20, 18
	back, under, edge, sign := canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent), newMark()
	f := &frame{objects: append(append([]fyne.CanvasObject{under, back, edge}, sign.objects()...), b.text, b.action)}
	f.refresh = func() {
		under.FillColor = ink(b, theme.ColorNameOverlayBackground)
		back.FillColor = faded(b, b.tone.color(), 0x1F)
		edge.FillColor = faded(b, b.tone.color(), 0x66)
		sign.paint(b, b.tone, "")
	}
	f.layout = func(s fyne.Size) {
		place(under, 0, 0, s.Width, s.Height)
		place(back, 0, 0, s.Width, s.Height)
		place(edge, 0, s.Height-1, s.Width, 1)
		sign.put(pad, (s.Height-side)/2, side)
		right := s.Width - pad + 6
		if !b.action.Hidden {
			least := b.action.MinSize()
			right -= least.Width
			place(b.action, right, (s.Height-least.Height)/2, least.Width, least.Height)
		}
		place(b.text, pad+side+10, 0, max(0, right-8-pad-side-10), s.Height)
	}
	f.min = func() fyne.Size { return fyne.NewSize(200, height) }
	f.refresh()
	return f
}
