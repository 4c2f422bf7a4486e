package widgets

import "fyne.io/fyne/v2"

// flowItem is where one object of a flow goes.
type flowItem struct {
	object fyne.CanvasObject
	pos    fyne.Position
	size   fyne.Size
}

// flow places objects one after the other and goes on in a new row where one does
// not fit. The last one may be stretched to the end of its row.
func flow(objects []fyne.CanvasObject, width, gapX, gapY float32, stretchLast bool) (items []flowItem, height float32) {
	x, y, row := float32(0), float32(0), float32(0)
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		s := o.MinSize()
		s.Width = min(s.Width, width)
		if x > 0 && x+s.Width > width {
			x, y, row = 0, y+row+gapY, 0
		}
		if stretchLast && i == len(objects)-1 {
			s.Width = width - x
		}
		items = append(items, flowItem{o, fyne.NewPos(x, y), s})
		x += s.Width + gapX
		row = max(row, s.Height)
	}
	return items, y + row
}

// Flow is a layout that fills rows from the left and breaks them as words are
// broken. Its height follows the width it was given last.
type Flow struct {
	Gap  float32 // between objects and between rows
	last float32
}

// NewFlow makes the layout; use it with container.New.
func NewFlow(gap float32) *Flow { return &Flow{Gap: gap} }

// Layout is for the toolkit.
func (f *Flow) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	f.last = s.Width
	items, _ := flow(objects, s.Width, f.Gap, f.Gap, false)
	for _, it := range items {
		it.object.Move(it.pos)
		it.object.Resize(it.size)
	}
}

// MinSize is for the toolkit.
func (f *Flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var widest float32
	for _, o := range objects {
		if o.Visible() {
			widest = max(widest, min(o.MinSize().Width, 120))
		}
	}
	width := f.last
	if width <= 0 {
		width = Wide
	}
	_, height := flow(objects, width, f.Gap, f.Gap, false)
	return fyne.NewSize(widest, height)
}
