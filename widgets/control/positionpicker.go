package control

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"cuelight/widgets/paint"
)

// positionColumns and positionRows are how the positions lie.
const (
	positionColumns = 3
	positionRows    = 2
)

// PositionPicker is a small picture of a screen with six positions in it, three above
// and three below, of which one is chosen. They count from 1 at the upper left.
type PositionPicker struct {
	widget.BaseWidget
	// OnChosen is called when the person chooses a position.
	OnChosen func(position int)

	cells  []*positionCell
	chosen int
}

// NewPositionPicker makes a picker; names are the tooltips of the positions.
func NewPositionPicker(names [positionColumns * positionRows]string, chosen func(position int)) *PositionPicker {
	p := &PositionPicker{OnChosen: chosen}
	for i, name := range names {
		c := &positionCell{picker: p, position: i + 1}
		c.OnTapped = func() { p.choose(c.position) }
		c.OnKey = func(e *fyne.KeyEvent) bool { return p.move(c.position, e.Name) }
		c.TipText = func() string { return name }
		c.Extend(c)
		p.cells = append(p.cells, c)
	}
	p.ExtendBaseWidget(p)
	return p
}

// Chosen is the position chosen, 0 for none.
func (p *PositionPicker) Chosen() int { return p.chosen }

// SetChosen marks a position without calling OnChosen.
func (p *PositionPicker) SetChosen(position int) {
	if p.chosen != position {
		p.chosen = position
		p.Refresh()
	}
}

func (p *PositionPicker) choose(position int) {
	if p.chosen == position {
		return
	}
	p.SetChosen(position)
	if p.OnChosen != nil {
		p.OnChosen(position)
	}
}

func (p *PositionPicker) move(from int, key fyne.KeyName) bool {
	column, row := (from-1)%positionColumns, (from-1)/positionColumns
	switch key {
	case fyne.KeyLeft:
		column--
	case fyne.KeyRight:
		column++
	case fyne.KeyUp:
		row--
	case fyne.KeyDown:
		row++
	default:
		return false
	}
	if column >= 0 && column < positionColumns && row >= 0 && row < positionRows {
		RequestFocus(p.cells[row*positionColumns+column])
	}
	return true
}

// CreateRenderer is for the toolkit.
func (p *PositionPicker) CreateRenderer() fyne.WidgetRenderer {
	const width, height, pad = 208, 117, 8 // 16:9
	screen := canvas.NewRectangle(color.Transparent)
	f := &paint.Renderer{Draws: []fyne.CanvasObject{screen}}
	for _, s := range p.cells {
		f.Draws = append(f.Draws, s)
	}
	f.OnRefresh = func() {
		screen.FillColor = paint.Color(p, theme.ColorNameInputBackground)
		screen.StrokeColor, screen.StrokeWidth = paint.Color(p, theme.ColorNameInputBorder), 1
		screen.CornerRadius = paint.Size(p, theme.SizeNameInputRadius)
	}
	f.OnLayout = func(fyne.Size) {
		paint.Place(screen, 0, 0, width, height)
		const w, h = 52, 30
		for i, s := range p.cells {
			column, row := i%positionColumns, i/positionColumns
			x := pad + float32(column)*(width-2*pad-w)/(positionColumns-1)
			y := pad + float32(row)*(height-2*pad-h)/(positionRows-1)
			paint.Place(s, x, y, w, h)
		}
	}
	f.OnMinSize = func() fyne.Size { return fyne.NewSize(width, height) }
	f.OnRefresh()
	return f
}

// positionCell is one position.
type positionCell struct {
	Pressable
	picker   *PositionPicker
	position int
}

// CreateRenderer is for the toolkit.
func (s *positionCell) CreateRenderer() fyne.WidgetRenderer {
	body, veil := canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
	check := paint.NewIcon()
	f := &paint.Renderer{Draws: []fyne.CanvasObject{body, veil, check}}
	f.OnRefresh = func() {
		chosen := s.picker.chosen == s.position
		body.FillColor, body.StrokeColor, body.StrokeWidth = paint.Color(s, theme.ColorNameButton), paint.Color(s, theme.ColorNameSeparator), 1
		if chosen {
			body.FillColor, body.StrokeWidth = paint.Color(s, theme.ColorNamePrimary), 0
		}
		check.Hidden = !chosen
		check.Resource = paint.Tinted(theme.Icon(theme.IconNameConfirm), theme.ColorNameForegroundOnPrimary)
		body.CornerRadius = paint.Size(s, theme.SizeNameSelectionRadius)
		paint.FocusRing(body, s.focused, paint.Color(s, theme.ColorNameFocus))
		veil.CornerRadius, veil.FillColor = body.CornerRadius, s.HoverColor()
	}
	f.OnLayout = func(room fyne.Size) {
		const side = 18
		paint.Place(body, 0, 0, room.Width, room.Height)
		paint.Place(veil, 0, 0, room.Width, room.Height)
		paint.Place(check, (room.Width-side)/2, (room.Height-side)/2, side, side)
	}
	f.OnMinSize = func() fyne.Size { return fyne.NewSize(40, 26) }
	f.OnRefresh()
	return f
}
