package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// CheckState is how far one step of a checklist is.
type CheckState int

// The states of a step.
const (
	CheckPending CheckState = iota
	CheckRunning
	CheckDone
	CheckWarn
	CheckFailed
	CheckSkipped
)

// CheckRow is one step: what it is, what came of it, and what to do next.
type CheckRow struct {
	State  CheckState
	Title  string
	Detail string // why, or what was found; over several lines if need be
	// Action is what the link under the detail says; none without it.
	Action   string
	OnAction func()
	// Label stands in the mark instead of its sign while the step waits or is done, such as "1".
	Label string
	// Strong sets the title in bold.
	Strong bool
}

// same tells whether two rows look the same; their callbacks may differ.
func (r CheckRow) same(o CheckRow) bool {
	return r.State == o.State && r.Title == o.Title && r.Detail == o.Detail && r.Action == o.Action &&
		r.Label == o.Label && r.Strong == o.Strong
}

// Checklist shows steps one below the other. Its height follows its width: details
// break over lines.
type Checklist struct {
	widget.BaseWidget
	rows   []*checkRow
	clock  Clock
	turner func()
	angle  float32
	used   float32
}

// NewChecklist makes an empty list.
func NewChecklist(clock Clock) *Checklist {
	c := &Checklist{clock: orWall(clock)}
	c.ExtendBaseWidget(c)
	return c
}

// SetRows changes the steps. Rows are kept by their place: one that looks the same
// is not drawn again.
func (c *Checklist) SetRows(rows ...CheckRow) {
	changed := len(rows) != len(c.rows)
	for len(c.rows) < len(rows) {
		c.rows = append(c.rows, newCheckRow(c))
	}
	c.rows = c.rows[:len(rows)]
	for i, row := range rows {
		changed = c.rows[i].set(row) || changed
	}
	c.turn()
	if changed {
		c.Refresh()
	}
}

// Rows are the steps shown.
func (c *Checklist) Rows() []CheckRow {
	rows := make([]CheckRow, len(c.rows))
	for i, r := range c.rows {
		rows[i] = r.row
	}
	return rows
}

// turn keeps the arcs turning while a step runs, and only then.
func (c *Checklist) turn() {
	running := false
	for _, r := range c.rows {
		running = running || r.row.State == CheckRunning
	}
	if !running {
		if c.turner != nil {
			c.turner()
			c.turner = nil
		}
		return
	}
	if c.turner != nil {
		return
	}
	const tick, degrees = 80, 24
	var next func()
	next = func() {
		c.angle += degrees
		for _, r := range c.rows {
			if r.row.State == CheckRunning {
				r.mark.run(c, c.angle)
				canvas.Refresh(r.mark.arc)
			}
		}
		c.turner = c.clock.After(tick*ms, next)
	}
	c.turner = c.clock.After(tick*ms, next)
}

// CreateRenderer is for the toolkit.
func (c *Checklist) CreateRenderer() fyne.WidgetRenderer {
	const gap = 16
	f := &frame{}
	f.refresh = func() {
		f.objects = f.objects[:0]
		for _, r := range c.rows {
			r.paint()
			f.objects = append(f.objects, r.objects()...)
		}
		f.layout(c.Size())
	}
	f.layout = func(s fyne.Size) {
		if s.Width <= 0 {
			return
		}
		y := float32(0)
		for i, r := range c.rows {
			if i > 0 {
				y += gap
			}
			y += r.put(y, s.Width)
		}
		if y != c.used {
			c.used = y
			canvas.Refresh(c)
		}
	}
	f.min = func() fyne.Size {
		if c.Size().Width <= 0 {
			return fyne.NewSize(180, float32(len(c.rows))*(36+gap))
		}
		y := float32(0)
		for i, r := range c.rows {
			if i > 0 {
				y += gap
			}
			y += r.put(y, c.Size().Width)
		}
		return fyne.NewSize(180, y)
	}
	f.gone = func() {
		if c.turner != nil {
			c.turner()
			c.turner = nil
		}
	}
	f.refresh()
	c.turn() // shown again after its last drawing was thrown away
	return f
}
