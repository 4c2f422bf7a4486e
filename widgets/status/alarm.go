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

// The measures of an Alarm.
const (
	alarmPadX, alarmPadY = 20, 14
	alarmSign, alarmGap  = 24, 12
	// alarmTextLeast is the room that the words need beside the buttons; with
	// less the buttons stand below them.
	alarmTextLeast = 380
)

// Alarm is the strip across the window for what cannot wait: what happened, what is
// known of it, and the few things to do about it. It is red unless another tone is set.
type Alarm struct {
	widget.BaseWidget
	tone    paint.Tone
	title   *label.Line
	detail  *label.Line
	buttons []*control.Button
}

// NewAlarm makes a strip with buttons, in the order they stand in.
func NewAlarm(buttons ...*control.Button) *Alarm {
	a := &Alarm{
		tone:  paint.ToneBad,
		title: label.NewFillingLine("", label.Style{Bold: true}), detail: label.NewFillingLine("", label.Style{Size: theme.SizeNameCaptionText}),
		buttons: buttons,
	}
	a.ExtendBaseWidget(a)
	return a
}

// Set changes what it says.
func (a *Alarm) Set(title, detail string) {
	a.title.SetText(title)
	a.detail.SetText(detail)
}

// SetTone changes its colour and sign.
func (a *Alarm) SetTone(tone paint.Tone) {
	if a.tone != tone {
		a.tone = tone
		a.Refresh()
	}
}

// Title and Detail are what it says.
func (a *Alarm) Title() string  { return a.title.Text() }
func (a *Alarm) Detail() string { return a.detail.Text() }

// HeightFor is the height that it needs in a width.
func (a *Alarm) HeightFor(width float32) float32 {
	h := a.textHeight()
	if a.stacked(width) {
		h += alarmGap + a.buttonsSize().Height
	} else {
		h = max(h, a.buttonsSize().Height)
	}
	return h + 2*alarmPadY
}

func (a *Alarm) textHeight() float32 { return a.title.MinSize().Height + a.detail.MinSize().Height + 2 }

// stacked reports whether the buttons stand below the words.
func (a *Alarm) stacked(width float32) bool {
	return width-2*alarmPadX-alarmSign-2*alarmGap-a.buttonsSize().Width < alarmTextLeast
}

func (a *Alarm) buttonsSize() (s fyne.Size) {
	for _, b := range a.buttons {
		if b.Visible() {
			least := b.MinSize()
			if s.Width > 0 {
				s.Width += alarmGap
			}
			s.Width += least.Width
			s.Height = max(s.Height, least.Height)
		}
	}
	return s
}

// CreateRenderer is for the toolkit.
func (a *Alarm) CreateRenderer() fyne.WidgetRenderer {
	under, back, edge := canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
	sign := paint.NewMark()
	draws := append(append([]fyne.CanvasObject{under, back, edge}, sign.Objects()...), a.title, a.detail)
	for _, b := range a.buttons {
		draws = append(draws, b)
	}
	f := &paint.Renderer{Draws: draws}
	f.OnRefresh = func() {
		under.FillColor = paint.Color(a, theme.ColorNameOverlayBackground)
		back.FillColor = paint.Faded(a, a.tone.Color(), 0x33)
		edge.FillColor = paint.Color(a, a.tone.Color())
		sign.Paint(a, a.tone, "")
	}
	f.OnLayout = func(s fyne.Size) {
		paint.Place(under, 0, 0, s.Width, s.Height)
		paint.Place(back, 0, 0, s.Width, s.Height)
		paint.Place(edge, 0, s.Height-1, s.Width, 1)
		a.layout(sign, s)
	}
	f.OnMinSize = func() fyne.Size { return fyne.NewSize(200, a.HeightFor(a.Size().Width)) }
	f.OnRefresh()
	return f
}

func (a *Alarm) layout(sign *paint.Mark, s fyne.Size) {
	const x = alarmPadX + alarmSign + alarmGap
	buttons, text := a.buttonsSize(), a.textHeight()
	textY, right := (s.Height-text)/2, s.Width-alarmPadX-buttons.Width
	buttonX, buttonY := right, (s.Height-buttons.Height)/2
	width := right - alarmGap - x
	if a.stacked(s.Width) {
		textY, width = alarmPadY, s.Width-alarmPadX-x
		buttonX, buttonY = x, textY+text+alarmGap
	}
	sign.Put(alarmPadX, textY+(text-alarmSign)/2, alarmSign)
	h := a.title.MinSize().Height
	paint.Place(a.title, x, textY, max(0, width), h)
	paint.Place(a.detail, x, textY+h+2, max(0, width), a.detail.MinSize().Height)
	for _, b := range a.buttons {
		if b.Visible() {
			least := b.MinSize()
			paint.Place(b, buttonX, buttonY, least.Width, least.Height)
			buttonX += least.Width + alarmGap
		}
	}
}
