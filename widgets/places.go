package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// placeColumns and placeRows are how the places of a picture lie.
const (
	placeColumns = 3
	placeRows    = 2
)

// Places is a little picture of a screen with six places in it, three above and
// three below, of which one is chosen. They count from 1 at the upper left.
type Places struct {
	widget.BaseWidget
	// OnChosen is called when the person chooses a place.
	OnChosen func(place int)

	spots  []*spot
	chosen int
}

// NewPlaces makes a picture; names say each place in words, for the pointer.
func NewPlaces(names [placeColumns * placeRows]string, chosen func(place int)) *Places {
	p := &Places{OnChosen: chosen}
	for i, name := range names {
		s := &spot{all: p, place: i + 1}
		s.OnTapped = func() { p.choose(s.place) }
		s.keys = func(e *fyne.KeyEvent) bool { return p.move(s.place, e.Name) }
		s.tipText = func() string { return name }
		s.extend(s)
		p.spots = append(p.spots, s)
	}
	p.ExtendBaseWidget(p)
	return p
}

// Chosen is the place chosen, 0 for none.
func (p *Places) Chosen() int { return p.chosen }

// SetChosen marks a place without calling OnChosen.
func (p *Places) SetChosen(place int) {
	if p.chosen != place {
		p.chosen = place
		p.Refresh()
	}
}

func (p *Places) choose(place int) {
	if p.chosen == place {
		return
	}
	p.SetChosen(place)
	if p.OnChosen != nil {
		p.OnChosen(place)
	}
}

func (p *Places) move(from int, key fyne.KeyName) bool {
	column, row := (from-1)%placeColumns, (from-1)/placeColumns
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
	if column >= 0 && column < placeColumns && row >= 0 && row < placeRows {
		focusOn(p.spots[row*placeColumns+column])
	}
	return true
}

// CreateRenderer is for the toolkit.
func (p *Places) CreateRenderer() fyne.WidgetRenderer {
	const width, height, pad = 208, 117, 8 // 16:9
	screen := canvas.NewRectangle(color.Transparent)
	f := &frame{objects: []fyne.CanvasObject{screen}}
	for _, s := range p.spots {
		f.objects = append(f.objects, s)
	}
	f.refresh = func() {
		screen.FillColor = ink(p, theme.ColorNameInputBackground)
		screen.StrokeColor, screen.StrokeWidth = ink(p, theme.ColorNameInputBorder), 1
		screen.CornerRadius = size(p, theme.SizeNameInputRadius)
	}
	f.layout = func(fyne.Size) {
		place(screen, 0, 0, width, height)
		const w, h = 52, 30
		for i, s := range p.spots {
			column, row := i%placeColumns, i/placeColumns
			x := pad + float32(column)*(width-2*pad-w)/(placeColumns-1)
			y := pad + float32(row)*(height-2*pad-h)/(placeRows-1)
			place(s, x, y, w, h)
		}
	}
	f.min = func() fyne.Size { return fyne.NewSize(width, height) }
	f.refresh()
	return f
}

// spot is one place.
type spot struct {
	press
	all   *Places
	place int
}

// CreateRenderer is for the toolkit.
func (s *spot) CreateRenderer() fyne.WidgetRenderer {
	body, veil := canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
	check := newIcon()
	f := &frame{objects: []fyne.CanvasObject{body, veil, check}}
	f.refresh = func() {
		chosen := s.all.chosen == s.place
		body.FillColor, body.StrokeColor, body.StrokeWidth = ink(s, theme.ColorNameButton), ink(s, theme.ColorNameSeparator), 1
		if chosen {
			body.FillColor, body.StrokeWidth = ink(s, theme.ColorNamePrimary), 0
		}
		check.Hidden = !chosen
		check.Resource = tinted(theme.Icon(theme.IconNameConfirm), theme.ColorNameForegroundOnPrimary)
		body.CornerRadius = size(s, theme.SizeNameSelectionRadius)
		ring(body, s.focused, ink(s, theme.ColorNameFocus))
		veil.CornerRadius, veil.FillColor = body.CornerRadius, veilColour(s, &s.press)
	}
	f.layout = func(room fyne.Size) {
		const side = 18
		place(body, 0, 0, room.Width, room.Height)
		place(veil, 0, 0, room.Width, room.Height)
		place(check, (room.Width-side)/2, (room.Height-side)/2, side, side)
	}
	f.min = func() fyne.Size { return fyne.NewSize(40, 26) }
	f.refresh()
	return f
}
