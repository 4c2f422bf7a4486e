package status

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"cuelight/widgets/paint"
	"cuelight/widgets/timer"
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
	// ActionID names the action where a press must not hit another one that has just
	// taken its place, see control.HoldOff; may be empty.
	ActionID string
	// Label stands in the mark instead of its sign while the step waits or is done, such as "1".
	Label string
	// Strong sets the title in bold.
	Strong bool
}

// same reports whether two rows look the same; their callbacks may differ.
func (r CheckRow) same(o CheckRow) bool {
	return r.State == o.State && r.Title == o.Title && r.Detail == o.Detail && r.Action == o.Action &&
		r.Label == o.Label && r.Strong == o.Strong
}

// Checklist shows steps one below the other. Its height follows its width: details
// break over lines.
type Checklist struct {
	widget.BaseWidget
	rows  []*checkRow
	clock timer.Clock
	stop  func() // stops the turning arcs
	angle float32
	used  float32
}

// NewChecklist makes an empty list.
func NewChecklist(clock timer.Clock) *Checklist {
	c := &Checklist{clock: timer.OrWall(clock)}
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
		changed = c.rows[i].Set(row) || changed
	}
	c.animate()
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

// animate keeps the arcs turning while a step runs, and only then.
func (c *Checklist) animate() {
	running := false
	for _, r := range c.rows {
		running = running || r.row.State == CheckRunning
	}
	if !running {
		if c.stop != nil {
			c.stop()
			c.stop = nil
		}
		return
	}
	if c.stop != nil {
		return
	}
	const (
		tick    = 80 * time.Millisecond
		degrees = 24
	)
	var next func()
	next = func() {
		c.angle += degrees
		for _, r := range c.rows {
			if r.row.State == CheckRunning {
				r.mark.PaintRunning(c, c.angle)
				r.mark.RefreshArc()
			}
		}
		c.stop = c.clock.After(tick, next)
	}
	c.stop = c.clock.After(tick, next)
}

// CreateRenderer is for the toolkit.
func (c *Checklist) CreateRenderer() fyne.WidgetRenderer {
	const gap = 16
	f := &paint.Renderer{}
	f.OnRefresh = func() {
		f.Draws = f.Draws[:0]
		for _, r := range c.rows {
			r.paint()
			f.Draws = append(f.Draws, r.Objects()...)
		}
		f.OnLayout(c.Size())
	}
	f.OnLayout = func(s fyne.Size) {
		if s.Width <= 0 {
			return
		}
		y := float32(0)
		for i, r := range c.rows {
			if i > 0 {
				y += gap
			}
			y += r.Put(y, s.Width)
		}
		if y != c.used {
			c.used = y
			canvas.Refresh(c)
		}
	}
	f.OnMinSize = func() fyne.Size {
		if c.Size().Width <= 0 {
			return fyne.NewSize(180, float32(len(c.rows))*(36+gap))
		}
		y := float32(0)
		for i, r := range c.rows {
			if i > 0 {
				y += gap
			}
			y += r.Put(y, c.Size().Width)
		}
		return fyne.NewSize(180, y)
	}
	f.OnDestroy = func() {
		if c.stop != nil {
			c.stop()
			c.stop = nil
		}
	}
	f.OnRefresh()
	c.animate() // it may be shown again after its renderer was destroyed
	return f
}
