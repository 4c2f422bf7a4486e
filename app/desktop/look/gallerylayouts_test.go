package look_test

import (
	"slices"

	"fyne.io/fyne/v2"

	"cuelight/widgets/layouts"
)

// twoColumns gives the right column 356, as the window does.
type twoColumns struct{}

func (*twoColumns) Layout(o []fyne.CanvasObject, s fyne.Size) {
	const right, gap = 356, 16
	o[0].Resize(fyne.NewSize(s.Width-right-gap, s.Height))
	o[1].Move(fyne.NewPos(s.Width-right, 0))
	o[1].Resize(fyne.NewSize(right, s.Height))
}

func (*twoColumns) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(356+16+o[0].MinSize().Width, max(o[0].MinSize().Height, o[1].MinSize().Height))
}

// shrinking sets objects side by side with a gap; where there is not room for all, the
// widest give way first.
type shrinking float32

func (g shrinking) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	room, widths := s.Width-float32(g)*float32(len(objects)-1), make([]float32, len(objects))
	for i, o := range objects {
		widths[i] = o.MinSize().Width
	}
	sorted := slices.Sorted(slices.Values(widths))
	bound := sorted[len(sorted)-1]
	for i, w := range sorted {
		if share := room / float32(len(sorted)-i); w > share {
			bound = share
			break
		}
		room -= w
	}
	x := float32(0)
	for i, o := range objects {
		h := min(o.MinSize().Height, s.Height)
		o.Move(fyne.NewPos(x, (s.Height-h)/2))
		o.Resize(fyne.NewSize(min(widths[i], bound), h))
		x += min(widths[i], bound) + float32(g)
	}
}

func (shrinking) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(236, objects[0].MinSize().Height)
}

// wrapped breaks objects into rows as words are broken, with a gap between them.
type wrapped float32

func (w wrapped) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	items, _ := layouts.Flow(objects, s.Width, float32(w), float32(w), false)
	for _, item := range items {
		item.Object.Move(item.Position)
		item.Object.Resize(item.Size)
	}
}

func (w wrapped) MinSize(objects []fyne.CanvasObject) fyne.Size {
	_, height := layouts.Flow(objects, 260, float32(w), float32(w), false)
	return fyne.NewSize(120, height)
}

type wide float32

func (w wide) Layout(o []fyne.CanvasObject, s fyne.Size) { o[0].Resize(s) }
func (w wide) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(float32(w), o[0].MinSize().Height)
}
