package paint

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// Metrics shared by the widgets, in the toolkit's scaled pixels.
const (
	FieldHeight   = 42 // a field one line high
	ControlHeight = 40 // a button, a tile
	RingSpread    = 3  // the ring around what has the keyboard
)

// Unbounded is a width that no text reaches: whoever asks for it wants all there is.
const Unbounded = 10_000

// Color looks a colour up for a widget, in the theme and form shown now.
func Color(w fyne.Widget, name fyne.ThemeColorName) color.Color { return theme.ColorForWidget(name, w) }

// Faded is a theme colour at another alpha, for backgrounds tinted by a state.
func Faded(w fyne.Widget, name fyne.ThemeColorName, alpha uint8) color.Color {
	c := color.NRGBAModel.Convert(Color(w, name)).(color.NRGBA)
	c.A = alpha
	return c
}

// Size looks a size up for a widget.
func Size(w fyne.Widget, name fyne.ThemeSizeName) float32 { return theme.SizeForWidget(name, w) }

// FocusRing draws a soft ring outside r, or takes it away.
func FocusRing(r *canvas.Rectangle, shown bool, c color.Color) {
	if !shown {
		r.Shadow = canvas.Shadow{}
		return
	}
	r.Shadow = canvas.Shadow{Color: c, Spread: RingSpread, BlurRadius: 1}
}

// Tinted is a picture in a colour of the theme; nil stays nil.
func Tinted(res fyne.Resource, name fyne.ThemeColorName) fyne.Resource {
	if res == nil {
		return nil
	}
	return theme.NewColoredResource(res, name)
}

// Renderer is a renderer made of a few functions, so that a widget's drawing can be
// read in one place.
type Renderer struct {
	Draws     []fyne.CanvasObject
	OnLayout  func(fyne.Size)
	OnMinSize func() fyne.Size
	OnRefresh func()
	OnDestroy func()
}

// Layout is for the toolkit.
func (f *Renderer) Layout(s fyne.Size) { f.OnLayout(s) }

// MinSize is for the toolkit.
func (f *Renderer) MinSize() fyne.Size { return f.OnMinSize() }

// Objects is for the toolkit.
func (f *Renderer) Objects() []fyne.CanvasObject { return f.Draws }

// Refresh is for the toolkit.
func (f *Renderer) Refresh() {
	f.OnRefresh()
	for _, o := range f.Draws {
		o.Refresh()
	}
}

// Destroy is for the toolkit.
func (f *Renderer) Destroy() {
	if f.OnDestroy != nil {
		f.OnDestroy()
	}
}

// Place moves and resizes in one go.
func Place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// NewIcon is an empty picture that keeps its shape.
func NewIcon() *canvas.Image {
	icon := canvas.NewImageFromResource(nil)
	icon.FillMode = canvas.ImageFillContain
	return icon
}
