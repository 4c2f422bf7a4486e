package rowlist

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"cuelight/widgets/label"
	"cuelight/widgets/paint"
)

// The measures of a row.
const (
	rowPicture = 72 // height with a picture
	rowPlain   = 56
	rowThumbW  = 96 // 16:9
	rowThumbH  = 54
	rowInset   = 4
	rowEnd     = 14 // clear of the bar that scrolls
	rowBadgeH  = 26
	rowButton  = 30
	rowNumber  = 76 // the column of numbers, and that of notes
	rowNote    = 68
	rowBadges  = 4
)

// Thumbnail is the size of a row's picture, in the toolkit's scaled pixels.
var Thumbnail = fyne.NewSize(rowThumbW, rowThumbH)

// CreateRenderer is for the toolkit.
func (v *rowView) CreateRenderer() fyne.WidgetRenderer {
	r := &rowRenderer{v: v}
	r.back, r.line = canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
	r.frame = canvas.NewRectangle(color.Transparent)
	r.image = canvas.NewImageFromImage(nil)
	r.image.FillMode = canvas.ImageFillCover
	r.title, r.caption = paint.NewCutText(14, true), paint.NewCutText(12, false)
	r.note = paint.NewCutText(12, false)
	r.note.Alignment = fyne.TextAlignTrailing
	r.number = label.NewTabularText("", label.Style{Bold: true, Align: fyne.TextAlignTrailing})
	for i := range r.badges {
		r.badges[i] = newRowMark()
	}
	r.Refresh()
	return r
}

type rowRenderer struct {
	v                 *rowView
	back, line, frame *canvas.Rectangle
	image             *canvas.Image
	title, caption    *paint.CutText
	note              *paint.CutText
	number            *label.TabularText
	badges            [rowBadges]*rowMark
}

func (r *rowRenderer) Destroy() {}

func (r *rowRenderer) MinSize() fyne.Size { return fyne.NewSize(160, r.v.list.pitch()) }

func (r *rowRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.back, r.line, r.frame, r.image, r.title.Text, r.caption.Text, r.number, r.note.Text}
	for _, b := range r.badges {
		objects = append(objects, b.body, b.text, b.icon)
	}
	for _, b := range r.v.buttons {
		objects = append(objects, b)
	}
	return objects
}

func (r *rowRenderer) Refresh() {
	v := r.v
	r.back.FillColor, r.back.CornerRadius = color.Transparent, paint.Size(v, theme.SizeNameSelectionRadius)
	switch {
	case v.hovered || v.list.drag != nil && v.list.drag.from == v.row:
		r.back.FillColor = paint.Color(v, theme.ColorNameHover)
	case v.data.Own:
		r.back.FillColor = paint.Faded(v, theme.ColorNamePrimary, 0x14)
	}
	r.line.FillColor = paint.Color(v, theme.ColorNameSeparator)
	if here, _ := v.list.landing(v.row); here {
		r.line.FillColor = paint.Color(v, theme.ColorNamePrimary)
	}
	r.frame.FillColor, r.frame.CornerRadius = paint.Color(v, theme.ColorNameButton), 8
	r.frame.Hidden = v.list.Picture == nil
	if r.image.Image != v.picture {
		r.image.Image = v.picture
		r.image.CornerRadius = 8
	}
	r.image.Hidden = v.picture == nil || r.frame.Hidden
	r.title.Color, r.caption.Color = paint.Color(v, theme.ColorNameForeground), paint.Color(v, theme.ColorNamePlaceHolder)
	r.note.Color = r.caption.Color
	r.title.TextSize, r.caption.TextSize = paint.Size(v, theme.SizeNameText), paint.Size(v, theme.SizeNameCaptionText)
	r.note.TextSize = r.caption.TextSize
	r.title.Set(v.data.Title)
	r.caption.Set(v.data.Caption)
	r.note.Set(v.data.Note)
	r.number.SetText(v.data.Number)
	for i, b := range r.badges {
		b.show(v, i)
	}
	r.Layout(v.Size())
	canvas.Refresh(v)
}

func (r *rowRenderer) Layout(s fyne.Size) {
	v := r.v
	paint.Place(r.back, 0, 2, s.Width, max(0, s.Height-4))
	switch here, above := v.list.landing(v.row); {
	case here && above:
		paint.Place(r.line, 0, 0, s.Width, 2)
	case here:
		paint.Place(r.line, 0, s.Height-2, s.Width, 2)
	default:
		paint.Place(r.line, 0, s.Height-1, s.Width, 1)
	}
	x := float32(rowInset)
	if !r.frame.Hidden {
		y := (s.Height - rowThumbH) / 2
		paint.Place(r.frame, x, y, rowThumbW, rowThumbH)
		paint.Place(r.image, x, y, rowThumbW, rowThumbH)
		x += rowThumbW + 10
	}
	right := r.layoutRight(s)
	width := max(0, right-x-8)
	if v.data.Caption == "" {
		r.title.Put(x, 0, width, s.Height)
	} else {
		r.title.Put(x, s.Height/2-20, width, 20)
		r.caption.Put(x, s.Height/2+1, width, 18)
	}
	v.cut = r.title.IsCut() || (v.data.Caption != "" && r.caption.IsCut())
}

// layoutRight fills the row from the right and gives where the texts must end.
func (r *rowRenderer) layoutRight(s fyne.Size) float32 {
	right := s.Width - rowEnd
	for i := len(r.v.buttons) - 1; i >= 0; i-- {
		if b := r.v.buttons[i]; b.Visible() {
			right -= rowButton
			paint.Place(b, right, (s.Height-rowButton)/2, rowButton, rowButton)
			right -= 2
		}
	}
	if !r.note.Empty() || r.v.data.Number != "" { // columns stay columns
		r.note.Put(right-rowNote, 0, rowNote, s.Height)
		right -= rowNote + 4
	}
	if r.v.data.Number != "" {
		paint.Place(r.number, right-rowNumber, 0, rowNumber, s.Height)
		right -= rowNumber + 8
	}
	for i := rowBadges - 1; i >= 0; i-- {
		if b := r.badges[i]; b.width > 0 {
			right -= b.width
			b.Put(right, (s.Height-rowBadgeH)/2)
			right -= 6
		}
	}
	return right
}

// rowMark draws one badge.
type rowMark struct {
	body  *canvas.Rectangle
	text  *canvas.Text
	icon  *canvas.Image
	width float32
}

func newRowMark() *rowMark {
	return &rowMark{body: canvas.NewRectangle(color.Transparent), text: canvas.NewText("", color.Transparent), icon: paint.NewIcon()}
}

func (m *rowMark) show(v *rowView, i int) {
	there := i < len(v.data.Badges)
	m.body.Hidden, m.text.Hidden, m.icon.Hidden, m.width = !there, true, true, 0
	if !there {
		return
	}
	badge := v.data.Badges[i]
	m.body.FillColor, m.body.CornerRadius = paint.Color(v, theme.ColorNameOverlayBackground), 8
	m.body.StrokeColor, m.body.StrokeWidth = paint.Color(v, theme.ColorNameSeparator), 1
	if badge.Icon != nil {
		m.icon.Hidden, m.icon.Resource = false, paint.Tinted(badge.Icon, badge.Tone.Color())
		m.icon.Refresh()
		m.width = rowBadgeH + 4
		return
	}
	m.text.Hidden = false
	m.text.Text, m.text.TextSize, m.text.Color = badge.Text, paint.Size(v, theme.SizeNameCaptionText), paint.Color(v, badge.Tone.Color())
	m.text.Alignment = fyne.TextAlignCenter
	m.width = m.text.MinSize().Width + 18
}

func (m *rowMark) Put(x, y float32) {
	paint.Place(m.body, x, y, m.width, rowBadgeH)
	h := m.text.MinSize().Height
	paint.Place(m.text, x, y+(rowBadgeH-h)/2, m.width, h)
	const side = 15
	paint.Place(m.icon, x+(m.width-side)/2, y+(rowBadgeH-side)/2, side, side)
}
