package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

const ms = time.Millisecond

// checkRow draws one step of a checklist.
type checkRow struct {
	list   *Checklist
	row    CheckRow
	mark   *mark
	title  *block
	detail *block
	action *Button
}

func newCheckRow(list *Checklist) *checkRow {
	r := &checkRow{list: list, mark: newMark(), title: newBlock(), detail: newBlock()}
	r.action = NewButton("", nil, LinkLike, func() {
		if r.row.OnAction != nil {
			r.row.OnAction()
		}
	})
	r.action.Hidden = true
	r.paint()
	return r
}

func (r *checkRow) objects() []fyne.CanvasObject {
	return append(r.mark.objects(), r.title.box, r.detail.box, r.action)
}

// set tells whether anything that is seen has changed.
func (r *checkRow) set(row CheckRow) bool {
	same := r.row.same(row)
	r.row = row
	if same {
		return false
	}
	r.action.Set(row.Action, LinkLike)
	r.action.Hidden = row.Action == ""
	return true
}

func (r *checkRow) paint() {
	c := r.list
	title := theme.ColorNameForeground
	switch r.row.State {
	case CheckRunning:
		r.mark.run(c, c.angle)
	case CheckDone:
		r.mark.paint(c, Good, r.row.Label)
	case CheckWarn:
		r.mark.paint(c, Warn, "")
	case CheckFailed:
		r.mark.paint(c, Bad, "")
		r.mark.cross(Bad)
	case CheckSkipped:
		r.mark.paint(c, Neutral, "–")
		title = theme.ColorNamePlaceHolder
	default:
		r.mark.paint(c, Neutral, r.row.Label)
	}
	r.title.set(r.row.Title, size(c, theme.SizeNameText)+0.5, r.row.Strong, ink(c, title))
	r.detail.set(r.row.Detail, size(c, theme.SizeNameCaptionText), false, ink(c, theme.ColorNamePlaceHolder))
	if r.row.State == CheckFailed {
		r.detail.set(r.row.Detail, size(c, theme.SizeNameCaptionText), false, ink(c, theme.ColorNameForeground))
	}
}

// put places the row at a height and gives the height it takes.
func (r *checkRow) put(y, width float32) float32 {
	const side, gap = 20, 10
	r.mark.put(0, y, side)
	room := max(40, width-side-gap)
	h := r.title.height(room)
	lead := max(0, (side-r.title.lineHeight())/2)
	r.title.put(side+gap, y+lead, room)
	h = max(side, h+lead)
	if r.row.Detail != "" {
		h += r.detail.put(side+gap, y+h+1, room) + 1
	}
	if r.row.Action != "" {
		// The link's own padding is drawn into the margin, so that its text stands
		// under the detail.
		least := r.action.MinSize()
		place(r.action, side+gap-6, y+h, min(least.Width, room+6), least.Height)
		h += least.Height
	}
	return h
}
