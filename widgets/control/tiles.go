package control

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"cuelight/widgets/layouts"
	"cuelight/widgets/paint"
)

// Tile is one choice.
type Tile struct {
	ID    string
	Title string
	Hint  string // the tooltip; may be empty
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
		one.OnKey = func(e *fyne.KeyEvent) bool { return t.move(i, e.Name) }
		one.TipText = func() string { return each.Hint }
		one.Extend(one)
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
		RequestFocus(t.tiles[to])
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
	f := &paint.Renderer{Draws: t.objects(), OnRefresh: func() {}}
	f.OnLayout = func(s fyne.Size) {
		items, height := layouts.Flow(f.Draws, s.Width, gap, gap, false)
		for _, it := range items {
			it.Object.Move(it.Position)
			it.Object.Resize(it.Size)
		}
		if height != t.last {
			t.last = height
			canvas.Refresh(t)
		}
	}
	f.OnMinSize = func() fyne.Size {
		width := t.Size().Width
		if width <= 0 {
			width = paint.Unbounded
		}
		_, height := layouts.Flow(f.Draws, width, gap, gap, false)
		return fyne.NewSize(120, height)
	}
	return f
}

type tile struct {
	Pressable
	tile Tile
	all  *Tiles
}

// CreateRenderer is for the toolkit.
func (o *tile) CreateRenderer() fyne.WidgetRenderer {
	const pad = 16
	body, veil := canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
	text := paint.NewCutText(14, true)
	f := &paint.Renderer{Draws: []fyne.CanvasObject{body, veil, text.Text}}
	f.OnRefresh = func() {
		body.FillColor, text.Color = paint.Color(o, theme.ColorNameButton), paint.Color(o, theme.ColorNameForeground)
		if o.all.chosen == o.tile.ID {
			body.FillColor, text.Color = paint.Color(o, theme.ColorNamePrimary), paint.Color(o, theme.ColorNameForegroundOnPrimary)
		}
		body.CornerRadius = paint.Size(o, theme.SizeNameButtonRadius)
		paint.FocusRing(body, o.focused, paint.Color(o, theme.ColorNameFocus))
		veil.CornerRadius, veil.FillColor = body.CornerRadius, o.HoverColor()
		text.Set(o.tile.Title)
	}
	f.OnLayout = func(s fyne.Size) {
		paint.Place(body, 0, 0, s.Width, s.Height)
		paint.Place(veil, 0, 0, s.Width, s.Height)
		text.Put(pad, 0, max(0, s.Width-2*pad+1), s.Height)
	}
	f.OnMinSize = func() fyne.Size { return fyne.NewSize(text.FullSize().Width+2*pad, paint.ControlHeight) }
	f.OnRefresh()
	return f
}
