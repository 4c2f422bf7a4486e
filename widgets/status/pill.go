package status

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"cuelight/widgets/control"
	"cuelight/widgets/paint"
)

// pillWidest keeps a long name from taking the whole bar.
const pillWidest = 260

// Pill is a dot and a few words on a rounded background, such as an account or a
// connection. It can be pressed to go where the state is dealt with.
type Pill struct {
	control.Pressable
	tone   paint.Tone
	text   string
	detail string
}

// NewPill makes a pill; tapped may be nil.
func NewPill(tone paint.Tone, text string, tapped func()) *Pill {
	p := &Pill{tone: tone, text: text}
	p.OnTapped = tapped
	p.Extend(p)
	return p
}

// Set changes what it says. The tooltip gives the detail.
func (p *Pill) Set(tone paint.Tone, text, detail string) {
	if p.tone == tone && p.text == text && p.detail == detail {
		return
	}
	p.tone, p.text, p.detail = tone, text, detail
	p.Refresh()
}

// Text is what it says.
func (p *Pill) Text() string { return p.text }

// CreateRenderer is for the toolkit.
func (p *Pill) CreateRenderer() fyne.WidgetRenderer {
	const height, pad, dotSide, gap = 32, 12, 8, 8
	body, veil := canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
	dot, text := canvas.NewCircle(color.Transparent), paint.NewCutText(13, false)
	p.TipText = func() string {
		if p.detail == "" && text.IsCut() {
			return p.text
		}
		return p.detail
	}
	const lead = pad + dotSide + gap
	f := &paint.Renderer{Draws: []fyne.CanvasObject{body, veil, dot, text.Text}}
	f.OnLayout = func(s fyne.Size) {
		paint.Place(body, 0, 0, s.Width, s.Height)
		paint.Place(veil, 0, 0, s.Width, s.Height)
		paint.Place(dot, pad, (s.Height-dotSide)/2, dotSide, dotSide)
		text.Put(lead, 0, max(0, s.Width-lead-pad), s.Height)
	}
	f.OnRefresh = func() {
		p.paint(body, veil, dot, text)
		f.OnLayout(p.Size())
	}
	f.OnMinSize = func() fyne.Size {
		return fyne.NewSize(min(text.FullSize().Width+1+lead+pad, pillWidest), height)
	}
	p.paint(body, veil, dot, text)
	return f
}

func (p *Pill) paint(body, veil *canvas.Rectangle, dot *canvas.Circle, text *paint.CutText) {
	body.CornerRadius = 16
	body.FillColor = paint.Color(p, theme.ColorNameBackground)
	body.StrokeColor, body.StrokeWidth = paint.Color(p, theme.ColorNameSeparator), 1
	text.Color, text.TextStyle.Bold, text.TextSize = paint.Color(p, theme.ColorNameForeground), false, 13
	paint.FocusRing(body, p.Focused(), paint.Color(p, theme.ColorNameFocus))
	veil.CornerRadius = body.CornerRadius
	veil.FillColor = p.HoverColor()
	dot.FillColor, dot.StrokeWidth = paint.Color(p, p.tone.Color()), 0
	if p.tone == paint.ToneNeutral { // hollow: nothing there, also without seeing colours
		dot.FillColor, dot.StrokeColor, dot.StrokeWidth = color.Transparent, paint.Color(p, p.tone.Color()), 1.5
	}
	text.Set(p.text)
}
