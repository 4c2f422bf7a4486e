package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// FieldSkeleton is the shape of fields that are being loaded. It does not move:
// waiting must cost nothing.
type FieldSkeleton struct {
	widget.BaseWidget
	heights []float32
}

// NewFieldSkeleton makes the shape of fields of these heights, each with a caption.
func NewFieldSkeleton(heights ...float32) *FieldSkeleton {
	s := &FieldSkeleton{heights: heights}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is for the toolkit.
func (s *FieldSkeleton) CreateRenderer() fyne.WidgetRenderer {
	r := &skeletonRenderer{s: s}
	for range s.heights {
		r.bars = append(r.bars, canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent))
	}
	r.Refresh()
	return r
}

type skeletonRenderer struct {
	s    *FieldSkeleton
	bars []fyne.CanvasObject
}

const (
	skeletonCaption = 24
	skeletonGap     = 14
)

func (r *skeletonRenderer) Destroy()                     {}
func (r *skeletonRenderer) Objects() []fyne.CanvasObject { return r.bars }

func (r *skeletonRenderer) MinSize() fyne.Size {
	h := float32(0)
	for _, bar := range r.s.heights {
		h += skeletonCaption + bar + skeletonGap
	}
	return fyne.NewSize(120, h)
}

func (r *skeletonRenderer) Layout(s fyne.Size) {
	y := float32(0)
	for i, h := range r.s.heights {
		Place(r.bars[2*i], 0, y+4, min(64, s.Width), 10)
		Place(r.bars[2*i+1], 0, y+skeletonCaption, s.Width, h)
		y += skeletonCaption + h + skeletonGap
	}
}

func (r *skeletonRenderer) Refresh() {
	c := theme.ColorForWidget(theme.ColorNameButton, r.s)
	for i, o := range r.bars {
		bar := o.(*canvas.Rectangle)
		bar.FillColor, bar.CornerRadius = c, 5
		if i%2 == 1 {
			bar.CornerRadius = theme.SizeForWidget(theme.SizeNameInputRadius, r.s)
		}
		bar.Refresh()
	}
}
