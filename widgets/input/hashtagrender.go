package input

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"cuelight/widgets/control"
	"cuelight/widgets/layouts"
	"cuelight/widgets/paint"
)

// The room inside a hashtag field.
const (
	tagPad      = 12
	tagGap      = 8
	tagEntryMin = 96
)

// CreateRenderer is for the toolkit.
func (h *HashtagField) CreateRenderer() fyne.WidgetRenderer {
	r := &hashtagRenderer{h: h, box: newFieldBox(), slot: &entrySlot{}}
	r.Refresh()
	return r
}

// entrySlot is the room that the entry takes in the flow of chips.
type entrySlot struct{ canvas.Rectangle }

func (*entrySlot) MinSize() fyne.Size { return fyne.NewSize(tagEntryMin, control.ChipHeight) }

type hashtagRenderer struct {
	h    *HashtagField
	box  *fieldBox
	slot *entrySlot
}

func (r *hashtagRenderer) Destroy() {}

func (r *hashtagRenderer) Objects() []fyne.CanvasObject {
	objects := r.box.Objects()
	for _, c := range r.h.chips {
		objects = append(objects, c)
	}
	return append(objects, r.h.entry.view)
}

func (r *hashtagRenderer) flow(width float32) ([]layouts.FlowItem, float32) {
	objects := make([]fyne.CanvasObject, 0, len(r.h.chips)+1)
	for _, c := range r.h.chips {
		objects = append(objects, c)
	}
	objects = append(objects, r.slot)
	items, height := layouts.Flow(objects, max(tagEntryMin, width-2*tagPad), tagGap, tagGap, true)
	return items, height + paint.FieldHeight - control.ChipHeight
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
	top := r.box.Put(s.Width, boxHeight)
	pad := fyne.NewPos(tagPad, top+float32(paint.FieldHeight-control.ChipHeight)/2)
	for _, it := range items {
		pos := it.Position.Add(pad)
		if it.Object == r.slot {
			lead := float32(0)
			if len(r.h.chips) > 0 && it.Position.X > 0 {
				lead = 2
			}
			placeEntry(r.h, r.h.entry, pos.X+lead, pos.Y-float32(paint.FieldHeight-control.ChipHeight)/2, it.Size.Width-lead)
			continue
		}
		it.Object.Move(pos)
		it.Object.Resize(it.Size)
	}
}

func (r *hashtagRenderer) Refresh() {
	h := r.h
	r.box.paint(h, h.state())
	r.Layout(h.Size())
	for _, o := range r.box.Objects() {
		o.Refresh()
	}
	for _, c := range h.chips {
		c.Refresh()
	}
	canvas.Refresh(h)
}
