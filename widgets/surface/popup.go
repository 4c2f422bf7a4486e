package surface

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"cuelight/widgets/paint"
)

// Popup is the surface of a card by itself, for what floats over cards.
type Popup struct{ widget.BaseWidget }

// NewPopup makes a surface.
func NewPopup() *Popup {
	o := &Popup{}
	o.ExtendBaseWidget(o)
	return o
}

// CreateRenderer is for the toolkit.
func (o *Popup) CreateRenderer() fyne.WidgetRenderer {
	back := canvas.NewRectangle(color.Transparent)
	f := &paint.Renderer{Draws: []fyne.CanvasObject{back}}
	f.OnRefresh = func() {
		back.FillColor = paint.Color(o, theme.ColorNameOverlayBackground)
		back.StrokeColor, back.StrokeWidth = paint.Color(o, theme.ColorNameSeparator), 1
		back.CornerRadius = paint.Size(o, theme.SizeNamePopupRadius)
	}
	f.OnLayout = func(s fyne.Size) { back.Resize(s) }
	f.OnMinSize = func() fyne.Size { return fyne.Size{} }
	f.OnRefresh()
	return f
}
