package widgets

import (
	"image"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// rowView draws a row of a RowList; the list uses a few of them again and again.
type rowView struct {
	widget.BaseWidget
	list    *RowList
	row     int // -1 where nothing is shown
	data    RowData
	picture image.Image
	stop    func()
	// turn tells the request of a picture apart from those before it.
	turn    int
	hovered bool
	cut     bool // title or caption is longer than its room
	tip     tip
	buttons []*Button
}

var (
	_ fyne.Tappable          = (*rowView)(nil)
	_ fyne.SecondaryTappable = (*rowView)(nil)
	_ desktop.Hoverable      = (*rowView)(nil)
	_ desktop.Cursorable     = (*rowView)(nil)
)

func newRowView(l *RowList) *rowView {
	v := &rowView{list: l, row: -1}
	v.tip.owner = v
	v.ExtendBaseWidget(v)
	return v
}

// show puts a row into the view. The same row again keeps its picture.
func (v *rowView) show(row int, data RowData) {
	same := v.row >= 0 && v.data.ID == data.ID && (v.picture != nil || v.stop != nil)
	if !same {
		v.forget()
		v.tip.end()
		v.hovered = v.hovered && v.row == row
	}
	v.row, v.data = row, data
	v.rebutton()
	if !same && v.list.Picture != nil {
		v.ask()
	}
	v.Refresh()
}

// ask asks for the row's picture.
func (v *rowView) ask() {
	v.turn++
	turn := v.turn
	v.picture, v.stop = v.list.Picture(v.row, func(picture image.Image) {
		if turn == v.turn {
			v.picture, v.stop = picture, nil
			v.Refresh()
		}
	})
}

// forget lets go of the picture and of the request for it.
func (v *rowView) forget() {
	v.turn++
	if v.stop != nil {
		v.stop()
	}
	v.stop, v.picture, v.row = nil, nil, -1
}

// rebutton makes the row's buttons anew where they differ.
func (v *rowView) rebutton() {
	for len(v.buttons) < len(v.data.Actions) {
		v.buttons = append(v.buttons, NewIconButton(nil, "", nil))
	}
	for i, b := range v.buttons {
		b.Hidden = i >= len(v.data.Actions)
		if b.Hidden {
			b.OnTapped = nil
			continue
		}
		action := v.data.Actions[i]
		b.icon, b.OnTapped = action.Icon, action.Do
		b.tipText = func() string { return action.Does }
	}
}

// Tapped chooses the row.
func (v *rowView) Tapped(e *fyne.PointEvent) { v.choose(e) }

// TappedSecondary chooses the row as well: a menu is where people look for one.
func (v *rowView) TappedSecondary(e *fyne.PointEvent) { v.choose(e) }

func (v *rowView) choose(e *fyne.PointEvent) {
	if v.row >= 0 && v.list.OnChosen != nil {
		v.tip.end()
		v.list.OnChosen(v.row, e.AbsolutePosition)
	}
}

// MouseIn shows that the row is pointed at, and soon what there was no room for.
func (v *rowView) MouseIn(*desktop.MouseEvent) {
	v.hovered = true
	var parts []string
	if v.cut {
		parts = append(parts, v.data.Title)
	}
	if v.cut && v.data.Caption != "" {
		parts = append(parts, v.data.Caption)
	}
	if v.data.More != "" {
		parts = append(parts, v.data.More)
	}
	for _, b := range v.data.Badges {
		if b.Says != "" && !slices.Contains(parts, b.Says) {
			parts = append(parts, b.Says)
		}
	}
	v.tip.wait(strings.Join(parts, "\n"))
	v.Refresh()
}

// MouseMoved does nothing.
func (v *rowView) MouseMoved(*desktop.MouseEvent) {}

// MouseOut undoes MouseIn.
func (v *rowView) MouseOut() {
	v.hovered = false
	v.tip.end()
	v.Refresh()
}

// Cursor is a hand over what can be pressed.
func (v *rowView) Cursor() desktop.Cursor {
	if v.list.OnChosen == nil {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}
