package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Tile is one choice.
type Tile struct {
	ID    string
	Title string
	Hint  string // shows while the pointer rests on it
}

// Tiles is a choice of one out of a few, all in sight. Left and Right move between
// them.
type Tiles struct {
	widget.BaseWidget
	OnChosen func(id string)
	tiles    []*tile
	chosen   string
	last     float32
}

// NewTiles makes a choice; nothing is chosen at first.
func NewTiles(chosen func(id string), tiles ...Tile) *Tiles {
	t := &Tiles{OnChosen: chosen}
	for i, each := range tiles {
		one := &tile{tile: each, all: t}
		one.OnTapped = func() { t.choose(each.ID) }
		one.keys = func(e *fyne.KeyEvent) bool { return t.move(i, e.Name) }
		one.tipText = func() string { return each.Hint }
		one.extend(one)
		t.tiles = append(t.tiles, one)
	}
	t.ExtendBaseWidget(t)
	return t
}

// Chosen is what is chosen, or nothing.
func (t *Tiles) Chosen() string { return t.chosen }

// SetChosen marks a choice without calling OnChosen.
func (t *Tiles) SetChosen(id string) {
	if t.chosen != id {
		t.chosen = id
		t.Refresh()
	}
}

func (t *Tiles) choose(id string) {
	if t.chosen == id {
		return
	}
	t.SetChosen(id)
	if t.OnChosen != nil {
		t.OnChosen(id)
	}
}

func (t *Tiles) move(from int, key fyne.KeyName) bool {
	to := from
	switch key {
	case fyne.KeyLeft, fyne.KeyUp:
		to--
	case fyne.KeyRight, fyne.KeyDown:
		to++
	default:
		return false
	}
	if to >= 0 && to < len(t.tiles) {
		focusOn(t.tiles[to])
	}
	return true
}

func (t *Tiles) objects() []fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, len(t.tiles))
	for i, one := range t.tiles {
		objects[i] = one
	}
	return objects
}

// CreateRenderer is for the toolkit.
func (t *Tiles) CreateRenderer() fyne.WidgetRenderer {
	const gap = 10
	f := &frame{objects: t.objects(), refresh: func() {}}
	f.layout = func(s fyne.Size) {
		items, height := flow(f.objects, s.Width, gap, gap, false)
		for _, it := range items {
			it.object.Move(it.pos)
			it.object.Resize(it.size)
		}
		if height != t.last {
			t.last = height
			canvas.Refresh(t)
		}
	}
	f.min = func() fyne.Size {
		width := t.Size().Width
		if width <= 0 {
			width = Wide
		}
		_, height := flow(f.objects, width, gap, gap, false)
		return fyne.NewSize(120, height)
	}
	return f
}

type tile struct {
	press
	tile Tile
	all  *Tiles
}

// CreateRenderer is for the toolkit.
func (o *tile) CreateRenderer() fyne.WidgetRenderer {
	const pad = 16
	body, veil := canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
	text := newCutText(14, true)
	f := &frame{objects: []fyne.CanvasObject{body, veil, text.Text}}
	f.refresh = func() {
		body.FillColor, text.Color = ink(o, theme.ColorNameButton), ink(o, theme.ColorNameForeground)
		if o.all.chosen == o.tile.ID {
			body.FillColor, text.Color = ink(o, theme.ColorNamePrimary), ink(o, theme.ColorNameForegroundOnPrimary)
		}
		body.CornerRadius = size(o, theme.SizeNameButtonRadius)
		ring(body, o.focused, ink(o, theme.ColorNameFocus))
		veil.CornerRadius, veil.FillColor = body.CornerRadius, veilColour(o, &o.press)
		text.set(o.tile.Title)
	}
	f.layout = func(s fyne.Size) {
		place(body, 0, 0, s.Width, s.Height)
		place(veil, 0, 0, s.Width, s.Height)
		text.put(pad, 0, max(0, s.Width-2*pad+1), s.Height)
	}
	f.min = func() fyne.Size { return fyne.NewSize(text.full().Width+2*pad, controlHeight) }
	f.refresh()
	return f
}
