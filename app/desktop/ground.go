package desktop

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// over lays one object over another.
func over(back, front fyne.CanvasObject) *fyne.Container {
	return arrange(fill, func(objects []fyne.CanvasObject) fyne.Size {
		return objects[0].MinSize().Max(objects[1].MinSize())
	}, back, front)
}

// ground is a plain surface with a line at its lower edge where asked for.
type ground struct {
	widget.BaseWidget
	name  fyne.ThemeColorName
	top   bool
	lower bool
}

func newGround(name fyne.ThemeColorName, top, lower bool) *ground {
	g := &ground{name: name, top: top, lower: lower}
	g.ExtendBaseWidget(g)
	return g
}

// CreateRenderer is for the toolkit.
func (g *ground) CreateRenderer() fyne.WidgetRenderer {
	r := &groundRenderer{g: g, back: canvas.NewRectangle(color.Transparent), line: canvas.NewRectangle(color.Transparent)}
	r.Refresh()
	return r
}

type groundRenderer struct {
	g          *ground
	back, line *canvas.Rectangle
}

func (r *groundRenderer) Destroy()                     {}
func (r *groundRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r *groundRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.back, r.line} }

func (r *groundRenderer) Layout(s fyne.Size) {
	put(r.back, 0, 0, s.Width, s.Height)
	y := s.Height - 1
	if r.g.top {
		y = 0
	}
	put(r.line, 0, y, s.Width, 1)
}

func (r *groundRenderer) Refresh() {
	r.back.FillColor = theme.ColorForWidget(r.g.name, r.g)
	r.line.FillColor = theme.ColorForWidget(theme.ColorNameSeparator, r.g)
	r.line.Hidden = !r.g.top && !r.g.lower
	r.back.Refresh()
	r.line.Refresh()
}

// tint is a rounded ground in a colour of the theme, faded where alpha asks for
// it.
type tint struct {
	widget.BaseWidget
	name   fyne.ThemeColorName
	alpha  uint8
	radius fyne.ThemeSizeName
	// round is a radius of its own, where radius is empty.
	round float32
}

func newTint(name fyne.ThemeColorName, alpha uint8, radius fyne.ThemeSizeName) *tint {
	t := &tint{name: name, alpha: alpha, radius: radius}
	t.ExtendBaseWidget(t)
	return t
}

func (t *tint) set(name fyne.ThemeColorName) {
	if t.name != name {
		t.name = name
		t.Refresh()
	}
}

// CreateRenderer is for the toolkit.
func (t *tint) CreateRenderer() fyne.WidgetRenderer {
	r := &tintRenderer{t: t, back: canvas.NewRectangle(color.Transparent)}
	r.Refresh()
	return r
}

type tintRenderer struct {
	t    *tint
	back *canvas.Rectangle
}

func (r *tintRenderer) Destroy()                     {}
func (r *tintRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r *tintRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.back} }
func (r *tintRenderer) Layout(s fyne.Size)           { put(r.back, 0, 0, s.Width, s.Height) }

func (r *tintRenderer) Refresh() {
	c := color.NRGBAModel.Convert(theme.ColorForWidget(r.t.name, r.t)).(color.NRGBA)
	if r.t.alpha > 0 {
		c.A = r.t.alpha
	}
	r.back.FillColor = c
	r.back.CornerRadius = r.t.round
	if r.t.radius != "" {
		r.back.CornerRadius = theme.SizeForWidget(r.t.radius, r.t)
	}
	r.back.Refresh()
}
