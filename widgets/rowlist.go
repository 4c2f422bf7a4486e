package widgets

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// RowData is what one row of a RowList shows. It is asked for when the row comes
// into sight and not kept.
type RowData struct {
	// ID tells rows apart: a picture that comes late goes to no other row.
	ID             string
	Title, Caption string
	Badges         []RowBadge
	// Number stands at the right in digits of equal width, Note beyond it.
	Number, Note string
	// More is told in the row's tip, after title and caption where those are cut.
	More string
	// Own marks the row as the person's own.
	Own     bool
	Actions []RowAction
}

// RowBadge is a short mark at the right of a row, a word or a picture.
type RowBadge struct {
	Text string
	Icon fyne.Resource
	Tone Tone
	// Says is what the mark means; the row's tip gives it.
	Says string
}

// RowAction is something to do with a row, as a small button at its end.
type RowAction struct {
	Icon fyne.Resource
	Does string
	Do   func()
}

// RowList shows very many rows and draws only those in sight: it keeps as many row
// widgets as fit into the window, whatever the number of rows.
type RowList struct {
	widget.BaseWidget
	// Picture gives the picture of a row, where it is there, or calls ready once,
	// on the window's goroutine, when it is. stop is called when the row has gone
	// out of sight before that; it may be nil. A nil Picture leaves pictures out.
	Picture func(row int, ready func(image.Image)) (now image.Image, stop func())
	// OnChosen is called when a row is pressed, at a place of the window; nil makes
	// rows that cannot be pressed.
	OnChosen func(row int, at fyne.Position)
	// OnEnd is called when the last rows come into sight, again and again.
	OnEnd func()

	length func() int
	row    func(int) RowData
	list   *widget.List
	views  []*rowView
}

// nearEnd is how many rows before the last one OnEnd is called.
const nearEnd = 12

// NewRowList makes a list of length rows.
func NewRowList(length func() int, row func(int) RowData) *RowList {
	l := &RowList{length: length, row: row}
	l.list = widget.NewList(length,
		func() fyne.CanvasObject {
			v := newRowView(l)
			l.views = append(l.views, v)
			return v
		},
		func(id widget.ListItemID, o fyne.CanvasObject) { l.bind(id, o.(*rowView)) })
	l.list.HideSeparators = true
	l.list.OnSelected = func(id widget.ListItemID) {
		l.list.Unselect(id)
		l.chosen(id)
	}
	l.ExtendBaseWidget(l)
	return l
}

// Reload asks for what is in sight anew, after rows were added or changed.
func (l *RowList) Reload() {
	l.list.Refresh()
	l.sweep()
}

// Top goes to the first row.
func (l *RowList) Top() { l.list.ScrollToTop() }

// Offset is how far the list is scrolled, and ScrollTo goes there.
func (l *RowList) Offset() float32 { return l.list.GetScrollOffset() }

// ScrollTo scrolls the list to an offset.
func (l *RowList) ScrollTo(offset float32) { l.list.ScrollToOffset(offset) }

// Release stops everything that rows wait for, when the list is left.
func (l *RowList) Release() {
	for _, v := range l.views {
		v.forget()
	}
}

// Views tells how many row widgets there are.
func (l *RowList) Views() int { return len(l.views) }

func (l *RowList) bind(id int, v *rowView) {
	if id < 0 || id >= l.length() {
		return
	}
	v.show(id, l.row(id))
	l.sweep()
	if l.OnEnd != nil && id >= l.length()-nearEnd {
		l.OnEnd()
	}
}

// sweep stops the pictures of rows that have gone out of sight: the toolkit keeps
// their widgets for later and tells nobody.
func (l *RowList) sweep() {
	pitch := l.pitch() + l.list.Theme().Size("padding")
	first := int(l.list.GetScrollOffset() / pitch)
	last := first + int(l.list.Size().Height/pitch) + 1
	for _, v := range l.views {
		if v.row >= 0 && (v.row < first-1 || v.row > last+1 || v.row >= l.length()) {
			v.forget()
		}
	}
}

// chosen passes on a press by the keyboard, at the row's own place.
func (l *RowList) chosen(id int) {
	if l.OnChosen == nil {
		return
	}
	for _, v := range l.views {
		if v.row == id && v.Visible() {
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(v)
			l.OnChosen(id, at.AddXY(v.Size().Width/3, v.Size().Height/2))
			return
		}
	}
}

func (l *RowList) pitch() float32 {
	if l.Picture != nil {
		return rowPicture
	}
	return rowPlain
}

// CreateRenderer is for the toolkit.
func (l *RowList) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(l.list)
}
