package rowlist

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"cuelight/widgets/paint"
)

// Row is what one row of a List shows. It is read when the row comes into sight and
// not kept.
type Row struct {
	// ID identifies the row: a picture that comes late goes to no other.
	ID             string
	Title, Caption string
	Badges         []Badge
	// Number stands at the right in digits of equal width, Note beyond it.
	Number, Note string
	// More is part of the row's tooltip, after title and caption where those are cut
	// off.
	More string
	// Own tints the row as the person's own.
	Own     bool
	Actions []Action
}

// Badge is a short mark at the right of a row, a word or a picture.
type Badge struct {
	Text string
	Icon fyne.Resource
	Tone paint.Tone
	// Tooltip is what the mark means; it is part of the row's tooltip.
	Tooltip string
}

// Action is something to do with a row, as a small button at its end.
type Action struct {
	Icon    fyne.Resource
	Tooltip string
	Do      func()
}

// List shows very many rows and draws only those in sight: it keeps as many row
// widgets as fit into the window, whatever the number of rows.
type List struct {
	widget.BaseWidget
	// Picture gives the picture of a row, where it is there, or calls ready once,
	// on the window's goroutine, when it is. stop is called when the row has gone
	// out of sight before that; it may be nil. A nil Picture leaves pictures out.
	Picture func(row int, ready func(image.Image)) (now image.Image, stop func())
	// OnChosen is called when a row is pressed, with the position in the window; nil
	// makes rows that cannot be pressed.
	OnChosen func(row int, at fyne.Position)
	// OnMoved is called when a row was dragged to another place, both counted from 0;
	// nil makes rows that stay where they are.
	OnMoved func(from, to int)
	// OnEnd is called when the last rows come into sight, again and again.
	OnEnd func()

	length func() int
	row    func(int) Row
	list   *widget.List
	views  []*rowView
	drag   *drag // nil while no row is dragged
}

// nearEnd is how many rows before the last one OnEnd is called.
const nearEnd = 12

// New makes a list of length rows.
func New(length func() int, row func(int) Row) *List {
	l := &List{length: length, row: row}
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

// Reload reads the rows in sight again, after rows were added or changed.
func (l *List) Reload() {
	l.list.Refresh()
	l.releaseHidden()
}

// Top goes to the first row.
func (l *List) Top() { l.list.ScrollToTop() }

// ScrollTo scrolls the list to an offset.
func (l *List) ScrollTo(offset float32) { l.list.ScrollToOffset(offset) }

// Release stops everything that rows wait for, when the list is left.
func (l *List) Release() {
	for _, v := range l.views {
		v.clear()
	}
}

// Views tells how many row widgets there are.
func (l *List) Views() int { return len(l.views) }

func (l *List) bind(id int, v *rowView) {
	if id < 0 || id >= l.length() {
		return
	}
	v.show(id, l.row(id))
	l.releaseHidden()
	if l.OnEnd != nil && id >= l.length()-nearEnd {
		l.OnEnd()
	}
}

// releaseHidden stops the pictures of rows that have gone out of sight: the toolkit
// keeps their widgets for later use without telling them.
func (l *List) releaseHidden() {
	pitch := l.pitch() + l.list.Theme().Size("padding")
	first := int(l.list.GetScrollOffset() / pitch)
	last := first + int(l.list.Size().Height/pitch) + 1
	for _, v := range l.views {
		if v.row >= 0 && (v.row < first-1 || v.row > last+1 || v.row >= l.length()) {
			v.clear()
		}
	}
}

// chosen passes on a press by the keyboard, at the row's own position.
func (l *List) chosen(id int) {
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

func (l *List) pitch() float32 {
	if l.Picture != nil {
		return rowPicture
	}
	return rowPlain
}

// CreateRenderer is for the toolkit.
func (l *List) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(l.list)
}
