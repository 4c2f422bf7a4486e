package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
)

// flowItem is where one object of a flow goes.
type flowItem struct {
	object fyne.CanvasObject
	pos    fyne.Position
	size   fyne.Size
}

// flow places objects one after the other and goes on in a new row where one does
// not fit; in a row they are centred on each other. The last one may be stretched to
// the end of its row.
func flow(objects []fyne.CanvasObject, width, gapX, gapY float32, stretchLast bool) (items []flowItem, height float32) {
	x, y, row, first := float32(0), float32(0), float32(0), 0
	endRow := func() {
		for i := first; i < len(items); i++ {
			items[i].pos.Y += (row - items[i].size.Height) / 2
		}
		first = len(items)
	}
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		s := o.MinSize()
		s.Width = min(s.Width, width)
		if x > 0 && x+s.Width > width {
			endRow()
			x, y, row = 0, y+row+gapY, 0
		}
		if stretchLast && i == len(objects)-1 {
			s.Width = width - x
		}
		items = append(items, flowItem{o, fyne.NewPos(x, y), s})
		x += s.Width + gapX
		row = max(row, s.Height)
	}
	endRow()
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

// Row is a layout of objects side by side in one row, centred on each other, of which
// the widest give way first where there is not room for all.
type Row struct{ Gap float32 }

// rowLeast is the width no object is pushed below.
const rowLeast = 72

// NewRow makes the layout; use it with container.New.
func NewRow(gap float32) *Row { return &Row{Gap: gap} }

// Layout is for the toolkit.
func (r *Row) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	widths := r.widths(objects, s.Width)
	x := float32(0)
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		h := min(o.MinSize().Height, s.Height)
		place(o, x, (s.Height-h)/2, widths[i], h)
		x += widths[i] + r.Gap
	}
}

// widths bounds all objects by one width, the largest with which they fit.
func (r *Row) widths(objects []fyne.CanvasObject, room float32) []float32 {
	natural, seen := make([]float32, len(objects)), 0
	for i, o := range objects {
		if o.Visible() {
			natural[i] = o.MinSize().Width
			seen++
		}
	}
	room -= r.Gap * float32(max(0, seen-1))
	bound := widthBound(natural, room)
	for i := range natural {
		natural[i] = min(natural[i], max(bound, rowLeast))
	}
	return natural
}

func widthBound(natural []float32, room float32) float32 {
	sorted := slices.Clone(natural)
	slices.Sort(sorted)
	for i, w := range sorted {
		if share := room / float32(len(sorted)-i); w > share {
			return share
		}
		room -= w
	}
	return Wide
}

// MinSize is for the toolkit.
func (r *Row) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var least fyne.Size
	seen := 0
	for _, o := range objects {
		if o.Visible() {
			s := o.MinSize()
			least.Width += min(s.Width, rowLeast)
			least.Height = max(least.Height, s.Height)
			seen++
		}
	}
	least.Width += r.Gap * float32(max(0, seen-1))
	return least
}
