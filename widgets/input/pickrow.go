package input

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"cuelight/widgets/paint"
)

const pickRowHeight = 36

// pickRowView draws a row of a pickList; the list uses a few of them again and again.
type pickRowView struct {
	widget.BaseWidget
	list    *pickList
	row     int
	hovered bool
}

var (
	_ fyne.Tappable      = (*pickRowView)(nil)
	_ desktop.Hoverable  = (*pickRowView)(nil)
	_ desktop.Cursorable = (*pickRowView)(nil)
)

func newPickRow(l *pickList) *pickRowView {
	v := &pickRowView{list: l, row: -1}
	v.ExtendBaseWidget(v)
	return v
}

func (v *pickRowView) show(row int) {
	v.row, v.hovered = row, false
	v.Refresh()
}

// heading reports whether the row is a heading, which cannot be picked.
func (v *pickRowView) heading() bool {
	return v.row < 0 || v.row >= len(v.list.rows) || v.list.rows[v.row].item < 0
}

// Tapped picks the row.
func (v *pickRowView) Tapped(*fyne.PointEvent) {
	if !v.heading() {
		v.list.pick(v.row)
	}
}

// MouseIn shows that the row can be picked.
func (v *pickRowView) MouseIn(*desktop.MouseEvent) {
	v.hovered = !v.heading()
	v.Refresh()
}

// MouseMoved does nothing.
func (v *pickRowView) MouseMoved(*desktop.MouseEvent) {}

// MouseOut undoes MouseIn.
func (v *pickRowView) MouseOut() {
	v.hovered = false
	v.Refresh()
}

// Cursor is a hand over what can be picked.
func (v *pickRowView) Cursor() desktop.Cursor {
	if v.heading() {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// CreateRenderer is for the toolkit.
func (v *pickRowView) CreateRenderer() fyne.WidgetRenderer {
	const pad, tick = 12, 18
	body := canvas.NewRectangle(color.Transparent)
	name, detail, check := paint.NewCutText(14, false), paint.NewCutText(12, false), paint.NewIcon()
	detail.Alignment = fyne.TextAlignTrailing
	f := &paint.Renderer{Draws: []fyne.CanvasObject{body, name.Text, detail.Text, check}}
	f.OnRefresh = func() {
		v.paint(body, name, detail, check)
		f.OnLayout(v.Size())
	}
	f.OnLayout = func(s fyne.Size) {
		paint.Place(body, 0, 1, s.Width, max(0, s.Height-2))
		right := s.Width - pad
		if !check.Hidden {
			paint.Place(check, right-tick, (s.Height-tick)/2, tick, tick)
			right -= tick + 8
		}
		detailWidth := min(detail.FullSize().Width+1, max(0, (right-pad)/2))
		detail.Put(right-detailWidth, 0, detailWidth, s.Height)
		name.Put(pad, 0, max(0, right-detailWidth-8-pad), s.Height)
	}
	f.OnMinSize = func() fyne.Size { return fyne.NewSize(120, pickRowHeight) }
	f.OnRefresh()
	return f
}

func (v *pickRowView) paint(body *canvas.Rectangle, name, detail *paint.CutText, check *canvas.Image) {
	body.FillColor = color.Transparent
	body.CornerRadius = paint.Size(v, theme.SizeNameSelectionRadius)
	name.Color, detail.Color = paint.Color(v, theme.ColorNameForeground), paint.Color(v, theme.ColorNamePlaceHolder)
	name.TextSize, name.TextStyle.Bold = paint.Size(v, theme.SizeNameText), false
	check.Hidden = true
	if v.heading() {
		heading := ""
		if v.row >= 0 && v.row < len(v.list.rows) {
			heading = v.list.rows[v.row].heading
		}
		name.TextSize, name.TextStyle.Bold = paint.Size(v, theme.SizeNameCaptionText), true
		name.Color = detail.Color
		name.Set(heading)
		detail.Set("")
		return
	}
	item := v.list.items[v.list.rows[v.row].item]
	name.Set(item.Name)
	detail.Set(item.Detail)
	if item.ID == v.list.picker.picked.ID {
		check.Hidden = false
		check.Resource = paint.Tinted(theme.Icon(theme.IconNameConfirm), theme.ColorNamePrimary)
	}
	switch {
	case v.row == v.list.current:
		body.FillColor = paint.Color(v, theme.ColorNameSelection)
	case v.hovered:
		body.FillColor = paint.Color(v, theme.ColorNameHover)
	}
}
