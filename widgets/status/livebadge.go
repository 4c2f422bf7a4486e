package status

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"cuelight/widgets/label"
	"cuelight/widgets/paint"
)

// LiveBadge is the filled sign of a running broadcast, with its running time in
// digits of equal width. A hollow one is the sign of a broadcast that broke off.
type LiveBadge struct {
	widget.BaseWidget
	tone   paint.Tone
	hollow bool
	text   *label.Line
	time   *label.TabularText
}

// NewLiveBadge makes an empty sign in the colour of being on air.
func NewLiveBadge() *LiveBadge {
	b := &LiveBadge{tone: paint.ToneBad, text: label.NewLine("", label.Style{Bold: true}), time: label.NewTabularText("", label.Style{Bold: true})}
	b.ExtendBaseWidget(b)
	return b
}

// Set changes the colour and what it says.
func (b *LiveBadge) Set(tone paint.Tone, text string) {
	if b.tone != tone || b.text.Text() != text {
		b.tone = tone
		b.text.SetText(text)
		b.Refresh()
	}
}

// SetHollow leaves the colour to the outline and the words, or fills the sign.
func (b *LiveBadge) SetHollow(hollow bool) {
	if b.hollow != hollow {
		b.hollow = hollow
		b.Refresh()
	}
}

// Text is what it says.
func (b *LiveBadge) Text() string { return b.text.Text() }

// SetTime changes the running time; an empty one is not shown.
func (b *LiveBadge) SetTime(t string) {
	if b.time.Text() != t {
		b.time.Hidden = t == ""
		b.time.SetText(t)
	}
}

// Time is the running time shown.
func (b *LiveBadge) Time() string { return b.time.Text() }

// CreateRenderer is for the toolkit.
func (b *LiveBadge) CreateRenderer() fyne.WidgetRenderer {
	const padX, padY, gap = 14, 7, 8
	back := canvas.NewRectangle(color.Transparent)
	f := &paint.Renderer{Draws: []fyne.CanvasObject{back, b.text, b.time}}
	f.OnRefresh = func() {
		back.FillColor, back.CornerRadius = paint.Color(b, b.tone.Color()), paint.Size(b, theme.SizeNameButtonRadius)
		back.StrokeColor, back.StrokeWidth = color.Transparent, 0
		words := b.tone.OnColor()
		if b.hollow {
			words = b.tone.Color()
			back.FillColor, back.StrokeColor, back.StrokeWidth = paint.Faded(b, words, 0x1F), paint.Color(b, words), 2
		}
		b.text.Style.Color, b.time.Style.Color = words, words
	}
	f.OnLayout = func(s fyne.Size) {
		paint.Place(back, 0, 0, s.Width, s.Height)
		text, time := b.text.MinSize(), b.time.MinSize()
		paint.Place(b.text, padX, (s.Height-text.Height)/2, text.Width, text.Height)
		paint.Place(b.time, padX+text.Width+gap, (s.Height-time.Height)/2, time.Width, time.Height)
	}
	f.OnMinSize = func() fyne.Size {
		least := b.text.MinSize()
		if b.time.Visible() {
			time := b.time.MinSize()
			least = fyne.NewSize(least.Width+gap+time.Width, max(least.Height, time.Height))
		}
		return least.AddWidthHeight(2*padX, 2*padY)
	}
	f.OnRefresh()
	return f
}
