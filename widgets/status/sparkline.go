package status

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"cuelight/widgets/paint"
)

// Sparkline draws the last values of something that is measured again and again. It
// keeps a bounded history and never grows.
type Sparkline struct {
	widget.BaseWidget
	tone   paint.Tone
	keep   int
	values []float64
}

// NewSparkline makes a line of at most keep values (at least 2).
func NewSparkline(keep int, tone paint.Tone) *Sparkline {
	s := &Sparkline{tone: tone, keep: max(2, keep)}
	s.ExtendBaseWidget(s)
	return s
}

// Set shows values, oldest first, in place of those before; of more than it keeps, the
// newest. Negative ones count as 0.
func (s *Sparkline) Set(values []float64) {
	s.values = s.values[:0]
	for _, v := range values[max(0, len(values)-s.keep):] {
		s.values = append(s.values, max(0, v))
	}
	s.Refresh()
}

// Fit shows values that are complete, over the whole width.
func (s *Sparkline) Fit(values []float64) {
	s.keep = max(2, len(values))
	s.Set(values)
}

// Len is how many values it holds.
func (s *Sparkline) Len() int { return len(s.values) }

// SetTone changes the colour.
func (s *Sparkline) SetTone(tone paint.Tone) {
	if s.tone != tone {
		s.tone = tone
		s.Refresh()
	}
}

// Clear forgets the history.
func (s *Sparkline) Clear() {
	s.values = s.values[:0]
	s.Refresh()
}

// CreateRenderer is for the toolkit.
func (s *Sparkline) CreateRenderer() fyne.WidgetRenderer {
	r := &sparkRenderer{s: s, background: canvas.NewRectangle(color.Transparent), base: canvas.NewRectangle(color.Transparent)}
	r.background.CornerRadius = 6
	r.Refresh()
	return r
}

// sparkRenderer draws straight pieces between values and a filled strip under each:
// both are drawn by the graphics card, so a new value costs no picture.
type sparkRenderer struct {
	s          *Sparkline
	background *canvas.Rectangle
	base       *canvas.Rectangle // where the line stands, also where there is none yet
	pieces     []*canvas.Line
	strips     []*canvas.ArbitraryPolygon
}

func (r *sparkRenderer) Destroy()           {}
func (r *sparkRenderer) MinSize() fyne.Size { return fyne.NewSize(60, 56) }

func (r *sparkRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.background, r.base}
	for i := range r.pieces {
		objects = append(objects, r.strips[i])
	}
	for _, p := range r.pieces {
		objects = append(objects, p)
	}
	return objects
}

func (r *sparkRenderer) Refresh() {
	pieces := max(0, len(r.s.values)-1)
	for len(r.pieces) < pieces {
		line := canvas.NewLine(color.Transparent)
		line.StrokeWidth = 2
		r.pieces = append(r.pieces, line)
		r.strips = append(r.strips, &canvas.ArbitraryPolygon{})
	}
	r.pieces, r.strips = r.pieces[:pieces], r.strips[:pieces]
	stroke, fill := paint.Color(r.s, r.s.tone.Color()), paint.Faded(r.s, r.s.tone.Color(), 0x24)
	for i := range r.pieces {
		r.pieces[i].StrokeColor, r.strips[i].FillColor = stroke, fill
	}
	r.background.FillColor, r.base.FillColor = color.Transparent, paint.Color(r.s, theme.ColorNameSeparator)
	if pieces == 0 {
		r.background.FillColor = paint.Color(r.s, theme.ColorNameButton)
	}
	r.Layout(r.s.Size())
	canvas.Refresh(r.s)
}

func (r *sparkRenderer) Layout(size fyne.Size) {
	paint.Place(r.background, 0, 0, size.Width, size.Height)
	paint.Place(r.base, 0, size.Height-1, size.Width, 1)
	if len(r.pieces) == 0 {
		return
	}
	points := r.s.points(size)
	for i, p := range r.pieces {
		a, b := points[i], points[i+1]
		p.Position1, p.Position2 = a, b
		strip := r.strips[i]
		paint.Place(strip, a.X, 0, b.X-a.X, size.Height)
		strip.Points = []fyne.Position{
			{X: 0, Y: a.Y},
			{X: b.X - a.X, Y: b.Y},
			{X: b.X - a.X, Y: size.Height},
			{X: 0, Y: size.Height},
		}
	}
}

// points places the values; the newest is at the right edge.
func (s *Sparkline) points(size fyne.Size) []fyne.Position {
	top := 0.0
	for _, v := range s.values {
		top = max(top, v*1.25)
	}
	if top == 0 {
		top = 1
	}
	gap := size.Width / float32(s.keep-1)
	points := make([]fyne.Position, len(s.values))
	for i, v := range s.values {
		// Whole steps, so that no gap shows between the strips below.
		x := float32(math.Round(float64(size.Width - gap*float32(len(s.values)-1-i))))
		points[i] = fyne.NewPos(x, 2+(size.Height-4)*float32(1-v/top))
	}
	return points
}
