package status

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"cuelight/widgets/control"
	"cuelight/widgets/label"
	"cuelight/widgets/paint"
)

// Banner is a strip across the window for a lasting condition, such as a practice
// mode.
type Banner struct {
	widget.BaseWidget
	tone   paint.Tone
	text   *label.Line
	action *control.Button
}

// NewBanner makes a strip; without an action's words there is no button.
func NewBanner(tone paint.Tone, text, action string, tapped func()) *Banner {
	b := &Banner{tone: tone, text: label.NewFillingLine(text, label.Style{})}
	b.action = control.NewButton(action, nil, control.LinkLike, tapped)
	b.action.Hidden = action == ""
	b.ExtendBaseWidget(b)
	return b
}

// Set changes what it says.
func (b *Banner) Set(tone paint.Tone, text string) {
	b.tone = tone
	b.text.SetText(text)
	b.Refresh()
}

// CreateRenderer is for the toolkit.
func (b *Banner) CreateRenderer() fyne.WidgetRenderer {
	const height, pad, side = 38, 20, 18
	back, under, edge, sign := canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent), paint.NewMark()
	f := &paint.Renderer{Draws: append(append([]fyne.CanvasObject{under, back, edge}, sign.Objects()...), b.text, b.action)}
	f.OnRefresh = func() {
		under.FillColor = paint.Color(b, theme.ColorNameOverlayBackground)
		back.FillColor = paint.Faded(b, b.tone.Color(), 0x1F)
		edge.FillColor = paint.Faded(b, b.tone.Color(), 0x66)
		sign.Paint(b, b.tone, "")
	}
	f.OnLayout = func(s fyne.Size) {
		paint.Place(under, 0, 0, s.Width, s.Height)
		paint.Place(back, 0, 0, s.Width, s.Height)
		paint.Place(edge, 0, s.Height-1, s.Width, 1)
		sign.Put(pad, (s.Height-side)/2, side)
		right := s.Width - pad + 6
		if !b.action.Hidden {
			least := b.action.MinSize()
			right -= least.Width
			paint.Place(b.action, right, (s.Height-least.Height)/2, least.Width, least.Height)
		}
		paint.Place(b.text, pad+side+10, 0, max(0, right-8-pad-side-10), s.Height)
	}
	f.OnMinSize = func() fyne.Size { return fyne.NewSize(200, height) }
	f.OnRefresh()
	return f
}
