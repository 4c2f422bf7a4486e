package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
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

// heading tells whether the row is a heading, which cannot be picked.
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
	name, detail, check := newCutText(14, false), newCutText(12, false), newIcon()
	detail.Alignment = fyne.TextAlignTrailing
	f := &frame{objects: []fyne.CanvasObject{body, name.Text, detail.Text, check}}
	f.refresh = func() {
		v.paint(body, name, detail, check)
		f.layout(v.Size())
	}
	f.layout = func(s fyne.Size) {
		place(body, 0, 1, s.Width, max(0, s.Height-2))
		right := s.Width - pad
		if !check.Hidden {
			place(check, right-tick, (s.Height-tick)/2, tick, tick)
			right -= tick + 8
		}
		detailWidth := min(detail.full().Width+1, max(0, (right-pad)/2))
		detail.put(right-detailWidth, 0, detailWidth, s.Height)
		name.put(pad, 0, max(0, right-detailWidth-8-pad), s.Height)
	}
	f.min = func() fyne.Size { return fyne.NewSize(120, pickRowHeight) }
	f.refresh()
	return f
}

func (v *pickRowView) paint(body *canvas.Rectangle, name, detail *cutText, check *canvas.Image) {
	body.FillColor = color.Transparent
	body.CornerRadius = size(v, theme.SizeNameSelectionRadius)
	name.Color, detail.Color = ink(v, theme.ColorNameForeground), ink(v, theme.ColorNamePlaceHolder)
	name.TextSize, name.TextStyle.Bold = size(v, theme.SizeNameText), false
	check.Hidden = true
	if v.heading() {
		heading := ""
		if v.row >= 0 && v.row < len(v.list.rows) {
			heading = v.list.rows[v.row].heading
		}
		name.TextSize, name.TextStyle.Bold = size(v, theme.SizeNameCaptionText), true
		name.Color = detail.Color
		name.set(heading)
		detail.set("")
		return
	}
	item := v.list.items[v.list.rows[v.row].item]
	name.set(item.Name)
	detail.set(item.Detail)
	if item.ID == v.list.picker.picked.ID {
		check.Hidden = false
		check.Resource = tinted(theme.Icon(theme.IconNameConfirm), theme.ColorNamePrimary)
	}
	switch {
	case v.row == v.list.current:
		body.FillColor = ink(v, theme.ColorNameSelection)
	case v.hovered:
		body.FillColor = ink(v, theme.ColorNameHover)
	}
}

func newIcon() *canvas.Image {
	icon := canvas.NewImageFromResource(nil)
	icon.FillMode = canvas.ImageFillContain
	return icon
}
