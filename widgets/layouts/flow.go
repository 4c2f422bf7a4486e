package layouts

import "fyne.io/fyne/v2"

// FlowItem is where one object of a flow goes.
type FlowItem struct {
	Object   fyne.CanvasObject
	Position fyne.Position
	Size     fyne.Size
}

// Flow places objects one after the other and goes on in a new row where one does
// not fit; in a row they are centred on each other. The last one may be stretched to
// the end of its row.
func Flow(objects []fyne.CanvasObject, width, gapX, gapY float32, stretchLast bool) (items []FlowItem, height float32) {
	x, y, row, first := float32(0), float32(0), float32(0), 0
	endRow := func() {
		for i := first; i < len(items); i++ {
			items[i].Position.Y += (row - items[i].Size.Height) / 2
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
		items = append(items, FlowItem{o, fyne.NewPos(x, y), s})
		x += s.Width + gapX
		row = max(row, s.Height)
	}
	endRow()
	return items, y + row
}
