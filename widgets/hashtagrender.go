package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// The room inside a hashtag field.
const (
	tagPad      = 12
	tagGap      = 8
	tagEntryMin = 96
)

// CreateRenderer is for the toolkit.
func (h *HashtagField) CreateRenderer() fyne.WidgetRenderer {
	r := &hashtagRenderer{h: h, box: newFieldBox(), slot: &slot{}}
	r.Refresh()
	return r
}

// slot is the room that the entry takes in the flow of chips.
type slot struct{ canvas.Rectangle }

func (*slot) MinSize() fyne.Size { return fyne.NewSize(tagEntryMin, chipHeight) }

type hashtagRenderer struct {
	h    *HashtagField
	box  *fieldBox
	slot *slot
}

func (r *hashtagRenderer) Destroy() {}

func (r *hashtagRenderer) Objects() []fyne.CanvasObject {
	objects := r.box.objects()
	for _, c := range r.h.chips {
		objects = append(objects, c)
	}
	return append(objects, r.h.entry.view)
}

func (r *hashtagRenderer) flow(width float32) ([]flowItem, float32) {
	objects := make([]fyne.CanvasObject, 0, len(r.h.chips)+1)
	for _, c := range r.h.chips {
		objects = append(objects, c)
	}
	objects = append(objects, r.slot)
	items, height := flow(objects, max(tagEntryMin, width-2*tagPad), tagGap, tagGap, true)
	return items, height + fieldHeight - chipHeight
}

func (r *hashtagRenderer) MinSize() fyne.Size {
	width := r.h.Size().Width
	if width <= 0 {
		width = 400
	}
	_, boxHeight := r.flow(width)
	return fyne.NewSize(tagEntryMin+2*tagPad, r.box.topHeight()+boxHeight+r.box.bottomHeight(width))
}

func (r *hashtagRenderer) Layout(s fyne.Size) {
	items, boxHeight := r.flow(s.Width)
	top := r.box.put(s.Width, boxHeight)
	pad := fyne.NewPos(tagPad, top+float32(fieldHeight-chipHeight)/2)
	for _, it := range items {
		pos := it.pos.Add(pad)
		if it.object == r.slot {
			lead := float32(0)
			if len(r.h.chips) > 0 && it.pos.X > 0 {
				lead = 2
			}
			placeEntry(r.h, r.h.entry, pos.X+lead, pos.Y-float32(fieldHeight-chipHeight)/2, it.size.Width-lead)
			continue
		}
		it.object.Move(pos)
		it.object.Resize(it.size)
	}
}

func (r *hashtagRenderer) Refresh() {
	h := r.h
	r.box.paint(h, h.state())
	r.Layout(h.Size())
	for _, o := range r.box.objects() {
		o.Refresh()
	}
	for _, c := range h.chips {
		c.Refresh()
	}
	canvas.Refresh(h)
}
