package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// pillWidest keeps a long name from taking the whole bar.
const pillWidest = 260

// StatusPill is a dot and a few words on a rounded ground, such as an account or a
// connection. It can be pressed to go where the state is dealt with.
type StatusPill struct {
	press
	tone   Tone
	text   string
	filled bool
	detail string
}

// NewStatusPill makes a pill; tapped may be nil.
func NewStatusPill(tone Tone, text string, tapped func()) *StatusPill {
	p := &StatusPill{tone: tone, text: text}
	p.OnTapped = tapped
	p.extend(p)
	return p
}

// NewBadge makes a pill filled with its tone and without a dot, such as "ON AIR".
func NewBadge(tone Tone, text string, tapped func()) *StatusPill {
	p := NewStatusPill(tone, text, tapped)
	p.filled = true
	return p
}

// Set changes what it says. The detail shows while the pointer rests on it.
func (p *StatusPill) Set(tone Tone, text, detail string) {
	if p.tone == tone && p.text == text && p.detail == detail {
		return
	}
	p.tone, p.text, p.detail = tone, text, detail
	p.Refresh()
}

// Text is what it says.
func (p *StatusPill) Text() string { return p.text }

// CreateRenderer is for the toolkit.
func (p *StatusPill) CreateRenderer() fyne.WidgetRenderer {
	const height, pad, dotSide, gap = 32, 12, 8, 8
	body, veil := canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
	dot, text := canvas.NewCircle(color.Transparent), newCutText(13, false)
	p.tipText = func() string {
		if p.detail == "" && text.cut() {
			return p.text
		}
		return p.detail
	}
	lead := func() float32 {
		if p.filled {
			return pad + 2
		}
		return pad + dotSide + gap
	}
	f := &frame{objects: []fyne.CanvasObject{body, veil, dot, text.Text}}
	f.layout = func(s fyne.Size) {
		place(body, 0, 0, s.Width, s.Height)
		place(veil, 0, 0, s.Width, s.Height)
		place(dot, pad, (s.Height-dotSide)/2, dotSide, dotSide)
		text.put(lead(), 0, max(0, s.Width-lead()-pad), s.Height)
	}
	f.refresh = func() {
		p.paint(body, veil, dot, text)
		f.layout(p.Size())
	}
	f.min = func() fyne.Size {
		return fyne.NewSize(min(text.full().Width+1+lead()+pad, pillWidest), height)
	}
	p.paint(body, veil, dot, text)
	return f
}

func (p *StatusPill) paint(body, veil *canvas.Rectangle, dot *canvas.Circle, text *cutText) {
	body.CornerRadius = 16
	body.FillColor = ink(p, theme.ColorNameBackground)
	body.StrokeColor, body.StrokeWidth = ink(p, theme.ColorNameSeparator), 1
	text.Color, text.TextStyle.Bold, text.TextSize = ink(p, theme.ColorNameForeground), false, 13
	if p.filled {
		body.CornerRadius = size(p, theme.SizeNameButtonRadius)
		body.FillColor, body.StrokeWidth = ink(p, p.tone.color()), 0
		text.Color, text.TextStyle.Bold = ink(p, p.tone.on()), true
	}
	ring(body, p.focused, ink(p, theme.ColorNameFocus))
	veil.CornerRadius = body.CornerRadius
	veil.FillColor = veilColour(p, &p.press)
	dot.Hidden = p.filled
	dot.FillColor, dot.StrokeWidth = ink(p, p.tone.color()), 0
	if p.tone == Neutral { // hollow: nothing there, also without seeing colours
		dot.FillColor, dot.StrokeColor, dot.StrokeWidth = color.Transparent, ink(p, p.tone.color()), 1.5
	}
	text.set(p.text)
}
