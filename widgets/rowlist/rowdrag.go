package rowlist

import (
	"math"

	"fyne.io/fyne/v2"
)

// drag is a row on its way to another place of the list.
type drag struct {
	from, to int
	// way is how far the pointer has gone, downwards.
	way float32
}

var _ fyne.Draggable = (*rowView)(nil)

// Dragged takes the row along, where the list says that its order can be changed.
func (v *rowView) Dragged(e *fyne.DragEvent) {
	l := v.list
	if l.OnMoved == nil || v.row < 0 {
		return
	}
	if l.drag == nil {
		v.tip.Hide()
		l.drag = &drag{from: v.row, to: v.row}
	}
	l.drag.way += e.Dragged.DY
	rows := int(math.Round(float64(l.drag.way / (l.pitch() + l.list.Theme().Size("padding")))))
	if to := min(max(l.drag.from+rows, 0), l.length()-1); to != l.drag.to {
		l.drag.to = to
		l.refreshViews()
	}
}

// DragEnd puts the row to the place that it was dragged to.
func (v *rowView) DragEnd() {
	l := v.list
	done := l.drag
	l.drag = nil
	if done == nil {
		return
	}
	l.refreshViews()
	if done.to != done.from {
		l.OnMoved(done.from, done.to)
	}
}

// refreshViews draws the rows in sight again.
func (l *List) refreshViews() {
	for _, v := range l.views {
		if v.row >= 0 {
			v.Refresh()
		}
	}
}

// landing reports whether a row is where the dragged one would be put, and whether
// that is above it.
func (l *List) landing(row int) (here, above bool) {
	if l.drag == nil || l.drag.to == l.drag.from {
		return false, false
	}
	return row == l.drag.to, l.drag.to < l.drag.from
}
