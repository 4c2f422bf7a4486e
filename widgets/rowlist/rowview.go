package rowlist

import (
	"image"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"cuelight/widgets/control"
	"cuelight/widgets/tooltip"
)

// rowView draws a row of a RowList; the list uses a few of them again and again.
type rowView struct {
	widget.BaseWidget
	list    *List
	row     int // -1 where nothing is shown
	data    Row
	picture image.Image
	stop    func()
	// request counts the requests for a picture: only the latest is answered.
	request int
	hovered bool
	cut     bool // title or caption is cut off
	tip     tooltip.Tip
	buttons []*control.Button
}

var (
	_ fyne.Tappable          = (*rowView)(nil)
	_ fyne.SecondaryTappable = (*rowView)(nil)
	_ desktop.Hoverable      = (*rowView)(nil)
	_ desktop.Cursorable     = (*rowView)(nil)
)

func newRowView(l *List) *rowView {
	v := &rowView{list: l, row: -1}
	v.tip.Owner = v
	v.ExtendBaseWidget(v)
	return v
}

// show puts a row into the view. The same row again keeps its picture.
func (v *rowView) show(row int, data Row) {
	same := v.row >= 0 && v.data.ID == data.ID && (v.picture != nil || v.stop != nil)
	if !same {
		v.clear()
		v.tip.Hide()
		v.hovered = v.hovered && v.row == row
	}
	v.row, v.data = row, data
	v.updateButtons()
	if !same && v.list.Picture != nil {
		v.requestPicture()
	}
	v.Refresh()
}

// requestPicture asks for the row's picture.
func (v *rowView) requestPicture() {
	v.request++
	request := v.request
	v.picture, v.stop = v.list.Picture(v.row, func(picture image.Image) {
		if request == v.request {
			v.picture, v.stop = picture, nil
			v.Refresh()
		}
	})
}

// clear drops the picture and the request for it.
func (v *rowView) clear() {
	v.request++
	if v.stop != nil {
		v.stop()
	}
	v.stop, v.picture, v.row = nil, nil, -1
}

// updateButtons shows a button for each of the row's actions.
func (v *rowView) updateButtons() {
	for len(v.buttons) < len(v.data.Actions) {
		v.buttons = append(v.buttons, control.NewIconButton(nil, "", nil))
	}
	for i, b := range v.buttons {
		b.Hidden = i >= len(v.data.Actions)
		if b.Hidden {
			b.OnTapped = nil
			continue
		}
		action := v.data.Actions[i]
		b.OnTapped, b.TipText = action.Do, func() string { return action.Tooltip }
		b.SetIcon(action.Icon)
	}
}

// Tapped chooses the row.
func (v *rowView) Tapped(e *fyne.PointEvent) { v.choose(e) }

// TappedSecondary chooses the row as well: a menu is where people look for one.
func (v *rowView) TappedSecondary(e *fyne.PointEvent) { v.choose(e) }

func (v *rowView) choose(e *fyne.PointEvent) {
	if v.row >= 0 && v.list.OnChosen != nil {
		v.tip.Hide()
		v.list.OnChosen(v.row, e.AbsolutePosition)
	}
}

// MouseIn shows that the row is under the pointer, and soon what is cut off in it.
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
		if b.Tooltip != "" && !slices.Contains(parts, b.Tooltip) {
			parts = append(parts, b.Tooltip)
		}
	}
	v.tip.Schedule(strings.Join(parts, "\n"))
	v.Refresh()
}

// MouseMoved does nothing.
func (v *rowView) MouseMoved(*desktop.MouseEvent) {}

// MouseOut undoes MouseIn.
func (v *rowView) MouseOut() {
	v.hovered = false
	v.tip.Hide()
	v.Refresh()
}

// Cursor is a hand over what can be pressed.
func (v *rowView) Cursor() desktop.Cursor {
	if v.list.OnChosen == nil {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}
