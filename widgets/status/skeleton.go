package status

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"cuelight/widgets/paint"
)

// Skeleton is the shape of rows that are still being fetched. It does not move:
// waiting must cost nothing.
type Skeleton struct {
	widget.BaseWidget
	rows  int
	thumb fyne.Size
}

// NewSkeleton makes the shape of rows of two lines each, with a picture of a size at
// their left; a zero size leaves it out.
func NewSkeleton(rows int, thumb fyne.Size) *Skeleton {
	s := &Skeleton{rows: rows, thumb: thumb}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is for the toolkit.
func (s *Skeleton) CreateRenderer() fyne.WidgetRenderer {
	const gap, lead = 18, 10
	pitch := max(40, s.thumb.Height) + gap
	f := &paint.Renderer{}
	for range s.rows * 3 {
		bar := canvas.NewRectangle(color.Transparent)
		bar.CornerRadius = 6
		f.Draws = append(f.Draws, bar)
	}
	f.OnRefresh = func() {
		for _, o := range f.Draws {
			o.(*canvas.Rectangle).FillColor = paint.Color(s, theme.ColorNameButton)
		}
	}
	f.OnLayout = func(room fyne.Size) {
		x := float32(0)
		if s.thumb.Width > 0 {
			x = s.thumb.Width + lead
		}
		for i := range s.rows {
			y := float32(i) * pitch
			middle := y + (pitch-gap)/2
			// Rows of unlike length read as text that is to come.
			long := (room.Width - x) * []float32{0.52, 0.38, 0.6, 0.45}[i%4]
			paint.Place(f.Draws[3*i], 0, y, s.thumb.Width, s.thumb.Height)
			paint.Place(f.Draws[3*i+1], x, middle-17, long, 14)
			paint.Place(f.Draws[3*i+2], x, middle+5, long*0.55, 11)
		}
	}
	f.OnMinSize = func() fyne.Size { return fyne.NewSize(120, float32(s.rows)*pitch-gap) }
	f.OnRefresh()
	return f
}
