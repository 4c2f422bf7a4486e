package status

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"cuelight/widgets/control"
	"cuelight/widgets/paint"
)

// checkRow draws one step of a checklist.
type checkRow struct {
	list   *Checklist
	row    CheckRow
	mark   *paint.Mark
	title  *paint.Block
	detail *paint.Block
	action *control.Button
}

func newCheckRow(list *Checklist) *checkRow {
	r := &checkRow{list: list, mark: paint.NewMark(), title: paint.NewBlock(), detail: paint.NewBlock()}
	r.action = control.NewButton("", nil, control.LinkLike, func() {
		if r.row.OnAction != nil {
			r.row.OnAction()
		}
	})
	r.action.Hidden = true
	r.paint()
	return r
}

func (r *checkRow) Objects() []fyne.CanvasObject {
	return append(r.mark.Objects(), r.title.Object, r.detail.Object, r.action)
}

// Set reports whether anything that is seen has changed.
func (r *checkRow) Set(row CheckRow) bool {
	same := r.row.same(row)
	r.row = row
	r.action.SetAction(row.ActionID, r.list.clock)
	if same {
		return false
	}
	r.action.Set(row.Action, control.LinkLike)
	r.action.Hidden = row.Action == ""
	return true
}

func (r *checkRow) paint() {
	c := r.list
	title := theme.ColorNameForeground
	switch r.row.State {
	case CheckRunning:
		r.mark.PaintRunning(c, c.angle)
	case CheckDone:
		r.mark.Paint(c, paint.ToneGood, r.row.Label)
	case CheckWarn:
		r.mark.Paint(c, paint.ToneWarn, "")
	case CheckFailed:
		r.mark.Paint(c, paint.ToneBad, "")
		r.mark.PaintCross(paint.ToneBad)
	case CheckSkipped:
		r.mark.Paint(c, paint.ToneNeutral, "–")
		title = theme.ColorNamePlaceHolder
	default:
		r.mark.Paint(c, paint.ToneNeutral, r.row.Label)
	}
	r.title.Set(r.row.Title, paint.Size(c, theme.SizeNameText)+0.5, r.row.Strong, paint.Color(c, title))
	r.detail.Set(r.row.Detail, paint.Size(c, theme.SizeNameCaptionText), false, paint.Color(c, theme.ColorNamePlaceHolder))
	if r.row.State == CheckFailed {
		r.detail.Set(r.row.Detail, paint.Size(c, theme.SizeNameCaptionText), false, paint.Color(c, theme.ColorNameForeground))
	}
}

// Put places the row at a height and gives the height it takes.
func (r *checkRow) Put(y, width float32) float32 {
	const side, gap = 20, 10
	r.mark.Put(0, y, side)
	room := max(40, width-side-gap)
	h := r.title.Height(room)
	lead := max(0, (side-r.title.LineHeight())/2)
	r.title.Put(side+gap, y+lead, room)
	h = max(side, h+lead)
	if r.row.Detail != "" {
		h += r.detail.Put(side+gap, y+h+1, room) + 1
	}
	if r.row.Action != "" {
		// The link's own padding is drawn into the margin, so that its text stands
		// under the detail.
		least := r.action.MinSize()
		paint.Place(r.action, side+gap-6, y+h, min(least.Width, room+6), least.Height)
		h += least.Height
	}
	return h
}
