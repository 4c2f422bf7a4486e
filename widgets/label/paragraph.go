package label

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"cuelight/widgets/paint"
)

// Paragraph is text over as many lines as its width asks for.
type Paragraph struct {
	widget.BaseWidget
	Style Style
	text  string
	used  float32 // height asked for last
}

// NewParagraph makes a paragraph.
func NewParagraph(text string, look Style) *Paragraph {
	p := &Paragraph{Style: look, text: text}
	p.ExtendBaseWidget(p)
	return p
}

// SetText changes the text.
func (p *Paragraph) SetText(text string) {
	if p.text != text {
		p.text = text
		p.Refresh()
	}
}

// Text is what it says.
func (p *Paragraph) Text() string { return p.text }

// CreateRenderer is for the toolkit.
func (p *Paragraph) CreateRenderer() fyne.WidgetRenderer {
	b := paint.NewBlock()
	f := &paint.Renderer{Draws: []fyne.CanvasObject{b.Object}}
	f.OnRefresh = func() {
		b.Align = p.Style.Align
		b.Set(p.text, paint.Size(p, p.Style.sizeName()), p.Style.Bold, paint.Color(p, p.Style.colorName()))
		f.OnLayout(p.Size())
	}
	f.OnLayout = func(s fyne.Size) {
		if s.Width <= 0 {
			return
		}
		if h := b.Put(0, 0, s.Width); h != p.used {
			p.used = h
			canvas.Refresh(p) // the height asked for follows the width given
		}
	}
	f.OnMinSize = func() fyne.Size {
		if p.Size().Width <= 0 {
			return fyne.NewSize(40, b.LineHeight())
		}
		return fyne.NewSize(40, b.Height(p.Size().Width))
	}
	f.OnRefresh()
	return f
}
