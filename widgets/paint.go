package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// Metrics shared by the widgets, in the toolkit's scaled pixels.
const (
	fieldHeight   = 42 // a field one line high
	controlHeight = 40 // a button, a tile
	ringSpread    = 3  // the ring around what has the keyboard
	step          = 4  // spacing comes in multiples of this
)

// ink looks a colour up for a widget, in the theme and form shown now.
func ink(w fyne.Widget, name fyne.ThemeColorName) color.Color { return theme.ColorForWidget(name, w) }

// faded is a theme colour at another alpha, for grounds tinted by a state.
func faded(w fyne.Widget, name fyne.ThemeColorName, alpha uint8) color.Color {
	c := color.NRGBAModel.Convert(ink(w, name)).(color.NRGBA)
	c.A = alpha
	return c
}

func size(w fyne.Widget, name fyne.ThemeSizeName) float32 { return theme.SizeForWidget(name, w) }

// ring draws a soft ring outside r, or takes it away.
func ring(r *canvas.Rectangle, shown bool, c color.Color) {
	if !shown {
		r.Shadow = canvas.Shadow{}
		return
	}
	r.Shadow = canvas.Shadow{Color: c, Spread: ringSpread, BlurRadius: 1}
}

// tinted is a picture in a colour of the theme; nil stays nil.
func tinted(res fyne.Resource, name fyne.ThemeColorName) fyne.Resource {
	if res == nil {
		return nil
	}
	return theme.NewColoredResource(res, name)
}

// frame is a renderer made of a few functions, so that a widget's drawing can be
// read in one place.
type frame struct {
	objects []fyne.CanvasObject
	layout  func(fyne.Size)
	min     func() fyne.Size
	refresh func()
	gone    func()
}

func (f *frame) Layout(s fyne.Size)           { f.layout(s) }
func (f *frame) MinSize() fyne.Size           { return f.min() }
func (f *frame) Objects() []fyne.CanvasObject { return f.objects }

func (f *frame) Refresh() {
	f.refresh()
	for _, o := range f.objects {
		o.Refresh()
	}
}

func (f *frame) Destroy() {
	if f.gone != nil {
		f.gone()
	}
}

// place moves and resizes in one go.
func place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}
