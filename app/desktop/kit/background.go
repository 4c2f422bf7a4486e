package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Background is a plain surface with a line at one edge where asked for.
type Background struct {
	widget.BaseWidget
	name  fyne.ThemeColorName
	top   bool
	lower bool
}

// NewBackground makes a surface in a colour of the theme, with a line at its upper or
// lower edge.
func NewBackground(name fyne.ThemeColorName, top, lower bool) *Background {
	g := &Background{name: name, top: top, lower: lower}
	g.ExtendBaseWidget(g)
	return g
}

// CreateRenderer is for the toolkit.
func (g *Background) CreateRenderer() fyne.WidgetRenderer {
	r := &backgroundRenderer{g: g, back: canvas.NewRectangle(color.Transparent), line: canvas.NewRectangle(color.Transparent)}
	r.Refresh()
	return r
}

type backgroundRenderer struct {
	g          *Background
	back, line *canvas.Rectangle
}

func (r *backgroundRenderer) Destroy()           {}
func (r *backgroundRenderer) MinSize() fyne.Size { return fyne.Size{} }
func (r *backgroundRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.back, r.line}
}

func (r *backgroundRenderer) Layout(s fyne.Size) {
	Place(r.back, 0, 0, s.Width, s.Height)
	y := s.Height - 1
	if r.g.top {
		y = 0
	}
	Place(r.line, 0, y, s.Width, 1)
}

func (r *backgroundRenderer) Refresh() {
	r.back.FillColor = theme.ColorForWidget(r.g.name, r.g)
	r.line.FillColor = theme.ColorForWidget(theme.ColorNameSeparator, r.g)
	r.line.Hidden = !r.g.top && !r.g.lower
	r.back.Refresh()
	r.line.Refresh()
}

// Tint is a rounded background in a colour of the theme, faded where alpha asks for
// it.
type Tint struct {
	widget.BaseWidget
	name   fyne.ThemeColorName
	alpha  uint8
	radius fyne.ThemeSizeName
	// circle is the radius of a round one, where radius is empty.
	circle float32
}

// NewTint makes a background; alpha 0 is opaque.
func NewTint(name fyne.ThemeColorName, alpha uint8, radius fyne.ThemeSizeName) *Tint {
	t := &Tint{name: name, alpha: alpha, radius: radius}
	t.ExtendBaseWidget(t)
	return t
}

// SetColor changes the colour.
func (t *Tint) SetColor(name fyne.ThemeColorName) {
	if t.name != name {
		t.name = name
		t.Refresh()
	}
}

// NewCircle makes an opaque round background.
func NewCircle(name fyne.ThemeColorName, radius float32) *Tint {
	t := NewTint(name, 0, "")
	t.circle = radius
	return t
}

// CreateRenderer is for the toolkit.
func (t *Tint) CreateRenderer() fyne.WidgetRenderer {
	r := &tintRenderer{t: t, back: canvas.NewRectangle(color.Transparent)}
	r.Refresh()
	return r
}

type tintRenderer struct {
	t    *Tint
	back *canvas.Rectangle
}

func (r *tintRenderer) Destroy()                     {}
func (r *tintRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r *tintRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.back} }
func (r *tintRenderer) Layout(s fyne.Size)           { Place(r.back, 0, 0, s.Width, s.Height) }

func (r *tintRenderer) Refresh() {
	c := color.NRGBAModel.Convert(theme.ColorForWidget(r.t.name, r.t)).(color.NRGBA)
	if r.t.alpha > 0 {
		c.A = r.t.alpha
	}
	r.back.FillColor = c
	r.back.CornerRadius = r.t.circle
	if r.t.radius != "" {
		r.back.CornerRadius = theme.SizeForWidget(r.t.radius, r.t)
	}
	r.back.Refresh()
}
