package layouts

import (
	"fyne.io/fyne/v2"

	"cuelight/widgets/paint"
)

// Columns is a layout of equal columns with a gap between them. Where a column would
// be narrower than least, objects go into fewer columns and more rows. A single row
// fills the height given.
type Columns struct {
	most  int
	gap   float32
	least float32
	width float32
}

// NewColumns makes a layout of at most two columns; use it with container.New.
func NewColumns(gap, least float32) *Columns { return &Columns{most: 2, gap: gap, least: least} }

// NewColumnsUpTo is NewColumns with another number of columns.
func NewColumnsUpTo(most int, gap, least float32) *Columns {
	return &Columns{most: max(1, most), gap: gap, least: least}
}

func (c *Columns) count(width float32) int {
	n := c.most
	for n > 1 && (width-c.gap*float32(n-1))/float32(n) < c.least {
		n--
	}
	return n
}

// rows groups what is seen into rows and tells their heights.
func (c *Columns) rows(objects []fyne.CanvasObject, width float32) (rows [][]fyne.CanvasObject, heights []float32) {
	n := c.count(width)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		if len(rows) == 0 || len(rows[len(rows)-1]) == n {
			rows, heights = append(rows, nil), append(heights, 0)
		}
		last := len(rows) - 1
		rows[last] = append(rows[last], o)
		heights[last] = max(heights[last], o.MinSize().Height)
	}
	return rows, heights
}

// Layout is for the toolkit.
func (c *Columns) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	c.width = s.Width
	n := c.count(s.Width)
	column := (s.Width - c.gap*float32(n-1)) / float32(n)
	for _, o := range objects { // heights may follow widths
		o.Resize(fyne.NewSize(column, o.Size().Height))
	}
	rows, heights := c.rows(objects, s.Width)
	if len(rows) == 1 {
		heights[0] = max(heights[0], s.Height)
	}
	y := float32(0)
	for i, row := range rows {
		for j, o := range row {
			paint.Place(o, float32(j)*(column+c.gap), y, column, heights[i])
		}
		y += heights[i] + c.gap
	}
}

// MinSize is for the toolkit.
func (c *Columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := c.width
	if width <= 0 {
		width = paint.Unbounded
	}
	_, heights := c.rows(objects, width)
	least := fyne.NewSize(c.least, 0)
	for i, h := range heights {
		if i > 0 {
			least.Height += c.gap
		}
		least.Height += h
	}
	return least
}
