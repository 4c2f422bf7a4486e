package palette

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"cuelight/widgets/paint"
)

const rowHeight = 34

// rowView draws a row; the list uses a few of them again and again.
type rowView struct {
	widget.BaseWidget
	palette *Palette
	row     int
	hovered bool
}

var (
	_ fyne.Tappable      = (*rowView)(nil)
	_ desktop.Hoverable  = (*rowView)(nil)
	_ desktop.Cursorable = (*rowView)(nil)
)

func newRowView(p *Palette) *rowView {
	v := &rowView{palette: p, row: -1}
	v.ExtendBaseWidget(v)
	return v
}

func (v *rowView) show(row int) {
	v.row, v.hovered = row, false
	v.Refresh()
}

// entry is what the row stands for; false for a heading.
func (v *rowView) entry() (Entry, bool) {
	p := v.palette
	if v.row < 0 || v.row >= len(p.rows) || p.rows[v.row].entry < 0 {
		return Entry{}, false
	}
	return p.entries[p.rows[v.row].entry], true
}

// Tapped runs the entry.
func (v *rowView) Tapped(*fyne.PointEvent) { v.palette.run(v.row) }

// MouseIn shows that the entry can be run.
func (v *rowView) MouseIn(*desktop.MouseEvent) {
	_, v.hovered = v.entry()
	v.Refresh()
}

// MouseMoved does nothing.
func (v *rowView) MouseMoved(*desktop.MouseEvent) {}

// MouseOut undoes MouseIn.
func (v *rowView) MouseOut() {
	v.hovered = false
	v.Refresh()
}

// Cursor is a hand over what can be run.
func (v *rowView) Cursor() desktop.Cursor {
	if _, ok := v.entry(); ok {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// CreateRenderer is for the toolkit.
func (v *rowView) CreateRenderer() fyne.WidgetRenderer {
	const pad, gap = 10, 8
	body := canvas.NewRectangle(color.Transparent)
	title, note, keys := paint.NewCutText(14, false), paint.NewCutText(12, false), paint.NewCutText(12, false)
	keys.Alignment = fyne.TextAlignTrailing
	f := &paint.Renderer{Draws: []fyne.CanvasObject{body, title.Text, note.Text, keys.Text}}
	f.OnRefresh = func() {
		v.paint(body, title, note, keys)
		f.OnLayout(v.Size())
	}
	f.OnLayout = func(s fyne.Size) {
		paint.Place(body, 0, 1, s.Width, max(0, s.Height-2))
		keysWidth := float32(0)
		if !keys.Empty() {
			keysWidth = keys.FullSize().Width + 1
		}
		keys.Put(s.Width-pad-keysWidth, 0, keysWidth, s.Height)
		room := max(0, s.Width-2*pad-keysWidth-gap)
		titleWidth := min(title.FullSize().Width+1, room)
		title.Put(pad, 0, titleWidth, s.Height)
		note.Put(pad+titleWidth+gap, 0, max(0, room-titleWidth-gap), s.Height)
	}
	f.OnMinSize = func() fyne.Size { return fyne.NewSize(120, rowHeight) }
	f.OnRefresh()
	return f
}

func (v *rowView) paint(body *canvas.Rectangle, title, note, keys *paint.CutText) {
	entry, ok := v.entry()
	body.CornerRadius = paint.Size(v, theme.SizeNameSelectionRadius)
	muted := paint.Color(v, theme.ColorNamePlaceHolder)
	note.Color, keys.Color = muted, muted
	title.Color, title.TextSize = paint.Color(v, theme.ColorNameForeground), paint.Size(v, theme.SizeNameText)
	body.FillColor = color.Transparent
	switch {
	case ok && v.row == v.palette.current:
		body.FillColor = paint.Color(v, theme.ColorNameSelection)
	case v.hovered:
		body.FillColor = paint.Color(v, theme.ColorNameHover)
	}
	if !ok {
		if v.row >= 0 && v.row < len(v.palette.rows) {
			entry.Title = v.palette.rows[v.row].heading
		}
		title.Color, title.TextSize = muted, paint.Size(v, theme.SizeNameCaptionText)
	}
	title.Set(entry.Title)
	note.Set(entry.Note)
	keys.Set(entry.Keys)
}
