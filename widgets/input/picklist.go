package input

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"cuelight/widgets/control"
	"cuelight/widgets/label"
	"cuelight/widgets/surface"
)

// pickRow is a heading or an item; item is -1 for a heading.
type pickRow struct {
	heading string
	item    int
}

// pickList is the opened search of a Picker: a search field over a list that draws
// only the rows in sight.
type pickList struct {
	picker  *Picker
	canvas  fyne.Canvas
	popup   *widget.PopUp
	search  *SearchField
	entry   *bareEntry
	list    *widget.List
	none    *label.Paragraph
	items   []PickItem
	rows    []pickRow
	current int // row that Enter picks, -1 for none
	stop    func()
}

func newPickList(p *Picker, c fyne.Canvas) *pickList {
	search := NewSearchField(p.words.Search, nil)
	l := &pickList{picker: p, canvas: c, search: search, entry: search.entry, none: label.NewParagraph(p.words.None, label.Caption())}
	l.none.Style.Align = fyne.TextAlignCenter
	search.OnChanged = func(string) { l.query() }
	l.entry.onKey = l.key
	l.list = widget.NewList(
		func() int { return len(l.rows) },
		func() fyne.CanvasObject { return newPickRow(l) },
		func(id widget.ListItemID, o fyne.CanvasObject) { o.(*pickRowView).show(id) },
	)
	l.list.HideSeparators = true
	head := container.New(layout.NewCustomPaddedLayout(10, 6, 10, 10), search)
	body := container.New(layout.NewCustomPaddedLayout(0, 8, 8, 8), container.NewStack(l.list, container.NewCenter(fixed(l.none, 240))))
	l.popup = widget.NewPopUp(container.NewStack(surface.NewPopup(), container.NewBorder(head, nil, nil, nil, body)), c)
	return l
}

// fixed gives an object a width of its own inside a layout that would shrink it.
func fixed(o fyne.CanvasObject, width float32) fyne.CanvasObject {
	return container.New(widthLayout(width), o)
}

type widthLayout float32

func (w widthLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	for _, o := range objects {
		o.Resize(s)
	}
}

func (w widthLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	height := float32(0)
	for _, o := range objects {
		height = max(height, o.MinSize().Height)
	}
	return fyne.NewSize(float32(w), height)
}

// show opens under the field where there is room, and always inside the window.
func (l *pickList) show() {
	const margin, widest, tallest, roomy = 16, 560, 440, 280
	window := l.canvas.Size()
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(l.picker)
	width := min(max(l.picker.Size().Width, 380), min(widest, window.Width-2*margin))
	below := window.Height - margin - (at.Y + l.picker.Size().Height + 6)
	height := min(tallest, window.Height-2*margin)
	if below >= roomy { // rather shorter than over the field
		height = min(height, below)
	}
	x := max(margin, min(at.X, window.Width-margin-width))
	y := max(margin, min(at.Y+l.picker.Size().Height+6, window.Height-margin-height))
	l.query()
	l.popup.ShowAtPosition(fyne.NewPos(x, y))
	l.popup.Resize(fyne.NewSize(width, height))
	l.canvas.Focus(l.entry)
}

func (l *pickList) hide() {
	if l.stop != nil {
		l.stop()
		l.stop = nil
	}
	l.popup.Hide()
}

// query searches for what is typed and marks the best match.
func (l *pickList) query() {
	before := PickItem{}
	if l.current >= 0 && l.current < len(l.rows) {
		before = l.items[l.rows[l.current].item]
	}
	l.items = l.picker.search(l.entry.Text)
	l.rows = l.rows[:0]
	section := ""
	for i, item := range l.items {
		if item.Section != section && item.Section != "" {
			l.rows = append(l.rows, pickRow{heading: item.Section, item: -1})
		}
		section = item.Section
		l.rows = append(l.rows, pickRow{item: i})
	}
	l.current = l.nextItem(-1, 1)
	if before.ID != "" && l.entry.Text == "" {
		l.markPicked(before.ID)
	}
	l.none.Hidden = len(l.rows) > 0
	l.list.Refresh()
	if l.list.Size().Height > 0 {
		l.list.ScrollToTop()
	}
	l.none.Refresh()
}

func (l *pickList) markPicked(id string) {
	for row, r := range l.rows {
		if r.item >= 0 && l.items[r.item].ID == id {
			l.current = row
			return
		}
	}
}

// nextItem is the next row that is an item, in a direction, or -1.
func (l *pickList) nextItem(from, by int) int {
	for row := from + by; row >= 0 && row < len(l.rows); row += by {
		if l.rows[row].item >= 0 {
			return row
		}
	}
	return -1
}

func (l *pickList) move(by, times int) {
	for range times {
		to := l.nextItem(l.current, by)
		if to < 0 {
			break
		}
		old := l.current
		l.current = to
		l.list.RefreshItem(old)
	}
	if l.current >= 0 {
		l.list.RefreshItem(l.current)
		l.list.ScrollTo(l.current)
	}
}

func (l *pickList) key(e *fyne.KeyEvent) bool {
	const page = 8
	switch e.Name {
	case fyne.KeyDown:
		l.move(1, 1)
	case fyne.KeyUp:
		l.move(-1, 1)
	case fyne.KeyPageDown:
		l.move(1, page)
	case fyne.KeyPageUp:
		l.move(-1, page)
	case fyne.KeyEscape:
		l.picker.Close()
		control.RequestFocus(l.picker)
	case fyne.KeyReturn, fyne.KeyEnter:
		l.enter()
	default:
		return false
	}
	return true
}

// enter picks what is marked once the input method has put its last syllable in.
func (l *pickList) enter() {
	if l.stop != nil {
		l.stop()
	}
	l.stop = l.picker.clock.After(inputMethodDelay, func() {
		l.stop = nil
		l.pick(l.current)
	})
}

func (l *pickList) pick(row int) {
	if row >= 0 && row < len(l.rows) && l.rows[row].item >= 0 {
		l.picker.pick(l.items[l.rows[row].item])
	}
}
