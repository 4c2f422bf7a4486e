package control

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"cuelight/widgets/paint"
)

// Kind is what a button is for, which decides how much it stands out.
type Kind int

// The kinds of button.
const (
	Plain         Kind = iota // one of several things to do
	Primary                   // the one thing to do here
	Danger                    // ends or removes something; filled
	OutlineDanger             // ends or removes something; waits quietly
	Quiet                     // text only, muted: opens a list, shows more
	LinkLike                  // text only, in the colour of links
)

// Button says what it does in a word or two. A Big one is the one thing to do on the
// whole screen.
type Button struct {
	Pressable
	text string
	icon fyne.Resource
	kind Kind
	big  bool
}

// NewButton makes a button; icon may be nil.
func NewButton(text string, icon fyne.Resource, kind Kind, tapped func()) *Button {
	b := &Button{text: text, icon: icon, kind: kind}
	b.OnTapped = tapped
	b.Extend(b)
	return b
}

// NewBigButton makes the one large button of a screen.
func NewBigButton(text string, kind Kind, tapped func()) *Button {
	b := NewButton(text, nil, kind, tapped)
	b.big = true
	return b
}

// NewIconButton makes a small square button with only a picture; the tooltip says what
// it does.
func NewIconButton(icon fyne.Resource, tooltip string, tapped func()) *Button {
	b := NewButton("", icon, Quiet, tapped)
	b.TipText = func() string { return tooltip }
	return b
}

// Text is what the button says.
func (b *Button) Text() string { return b.text }

// Set changes what the button says and how much it stands out.
func (b *Button) Set(text string, kind Kind) {
	if b.text == text && b.kind == kind {
		return
	}
	b.text, b.kind = text, kind
	b.Refresh()
}

// SetIcon changes the picture; nil for none.
func (b *Button) SetIcon(icon fyne.Resource) {
	b.icon = icon
	b.Refresh()
}

func (b *Button) colours() (fill, stroke color.Color, text fyne.ThemeColorName) {
	none := color.Color(color.Transparent)
	if b.Dimmed() {
		if b.kind >= Quiet {
			return none, none, theme.ColorNameDisabled
		}
		return paint.Color(b, theme.ColorNameDisabledButton), none, theme.ColorNameDisabled
	}
	switch b.kind {
	case Primary:
		return paint.Color(b, theme.ColorNamePrimary), none, theme.ColorNameForegroundOnPrimary
	case Danger:
		return paint.Color(b, theme.ColorNameError), none, theme.ColorNameForegroundOnError
	case OutlineDanger:
		return paint.Color(b, theme.ColorNameOverlayBackground), paint.Color(b, theme.ColorNameError), theme.ColorNameError
	case Quiet:
		return none, none, theme.ColorNamePlaceHolder
	case LinkLike:
		return none, none, theme.ColorNameHyperlink
	default:
		return paint.Color(b, theme.ColorNameButton), none, theme.ColorNameForeground
	}
}

func (b *Button) metrics() (height, pad, gap, iconSide, textSize float32) {
	switch {
	case b.big:
		return 56, 24, 8, 22, 17
	case b.kind >= Quiet:
		return 28, 6, 4, 16, paint.Size(b, theme.SizeNameCaptionText) + 0.5
	default:
		return paint.ControlHeight, 16, 8, 18, paint.Size(b, theme.SizeNameText)
	}
}

// CreateRenderer is for the toolkit.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	body, veil := canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
	text := paint.NewCutText(14, true)
	icon := canvas.NewImageFromResource(nil)
	icon.FillMode = canvas.ImageFillContain
	if b.TipText == nil {
		b.TipText = func() string {
			if text.IsCut() {
				return b.text
			}
			return ""
		}
	}
	f := &paint.Renderer{Draws: []fyne.CanvasObject{body, veil, icon, text.Text}}
	f.OnRefresh = func() { b.paint(body, veil, icon, text); f.OnLayout(b.Size()) }
	f.OnLayout = func(s fyne.Size) { b.arrange(s, body, veil, icon, text) }
	f.OnMinSize = func() fyne.Size { return b.least(text) }
	b.paint(body, veil, icon, text)
	return f
}

func (b *Button) paint(body, veil *canvas.Rectangle, icon *canvas.Image, text *paint.CutText) {
	fill, stroke, name := b.colours()
	_, _, _, _, textSize := b.metrics()
	body.FillColor, body.StrokeColor = fill, stroke
	body.StrokeWidth = 0
	if stroke != color.Transparent {
		body.StrokeWidth = 1
	}
	body.CornerRadius = paint.Size(b, theme.SizeNameButtonRadius)
	if b.big {
		body.CornerRadius = paint.Size(b, theme.SizeNameCardRadius)
	}
	paint.FocusRing(body, b.focused && !b.Dimmed(), paint.Color(b, theme.ColorNameFocus))
	if b.focused && b.kind >= Quiet && !b.Dimmed() {
		body.FillColor = paint.Color(b, theme.ColorNameOverlayBackground)
	}
	veil.CornerRadius = body.CornerRadius
	veil.FillColor = b.HoverColor()
	text.TextSize, text.TextStyle.Bold = textSize, b.kind != Quiet
	text.Color = paint.Color(b, name)
	text.Set(b.text)
	icon.Resource = paint.Tinted(b.icon, name)
	icon.Hidden = b.icon == nil
}

func (b *Button) arrange(s fyne.Size, body, veil *canvas.Rectangle, icon *canvas.Image, text *paint.CutText) {
	_, pad, gap, side, _ := b.metrics()
	paint.Place(body, 0, 0, s.Width, s.Height)
	paint.Place(veil, 0, 0, s.Width, s.Height)
	lead := float32(0)
	if b.icon != nil {
		lead = side
		if b.text != "" {
			lead += gap
		}
	}
	room := max(0, s.Width-2*pad-lead)
	if b.text == "" {
		room = 0
	}
	width := min(text.FullSize().Width, room)
	x := (s.Width - lead - width) / 2
	paint.Place(icon, x, (s.Height-side)/2, side, side)
	text.Put(x+lead, 0, width+1, s.Height)
}

func (b *Button) least(text *paint.CutText) fyne.Size {
	height, pad, gap, side, _ := b.metrics()
	if b.text == "" {
		return fyne.NewSquareSize(height)
	}
	width := text.FullSize().Width + 2*pad
	if b.icon != nil {
		width += side + gap
	}
	return fyne.NewSize(min(width, 320), height)
}
