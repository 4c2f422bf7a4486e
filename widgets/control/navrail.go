package control

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"cuelight/widgets/paint"
)

// The rail's measures. Items come closer in a low window.
const (
	railWidth   = 76
	railHead    = 58
	railItem    = 60
	railRoomy   = 56
	railTight   = 44
	railIcon    = 20
	railCaption = 11
)

// NavItem is one place to go.
type NavItem struct {
	ID    string
	Label string
	Icon  fyne.Resource
	// Keys is the shortcut that leads there, told in the tip; may be empty.
	Keys string
}

// NavRail is the column of places at the left of a window, with something at its
// head. One place is always the selected one. Up and Down move between places.
type NavRail struct {
	widget.BaseWidget
	OnSelected func(id string)

	head     fyne.CanvasObject
	items    []*navItem
	selected string
}

// NewNavRail makes a rail; head may be nil.
func NewNavRail(head fyne.CanvasObject, selected func(id string), items ...NavItem) *NavRail {
	n := &NavRail{head: head, OnSelected: selected}
	n.ExtendBaseWidget(n)
	n.SetItems(items)
	return n
}

// SetItems changes the places; the selected one stays if it is still there.
func (n *NavRail) SetItems(items []NavItem) {
	n.items = n.items[:0]
	for i, item := range items {
		it := &navItem{item: item, rail: n}
		it.OnTapped = func() { n.choose(item.ID) }
		it.OnKey = func(e *fyne.KeyEvent) bool { return n.move(i, e.Name) }
		it.Extend(it)
		n.items = append(n.items, it)
	}
	if n.index() < 0 && len(items) > 0 {
		n.selected = items[0].ID
	}
	n.Refresh()
}

// Select marks a place as the selected one without calling OnSelected.
func (n *NavRail) Select(id string) {
	if n.selected != id {
		n.selected = id
		n.Refresh()
	}
}

// Selected is the place selected now.
func (n *NavRail) Selected() string { return n.selected }

func (n *NavRail) choose(id string) {
	if n.selected == id {
		return
	}
	n.Select(id)
	if n.OnSelected != nil {
		n.OnSelected(id)
	}
}

func (n *NavRail) index() int {
	for i, it := range n.items {
		if it.item.ID == n.selected {
			return i
		}
	}
	return -1
}

func (n *NavRail) move(from int, key fyne.KeyName) bool {
	to := from
	switch key {
	case fyne.KeyUp:
		to--
	case fyne.KeyDown:
		to++
	default:
		return false
	}
	if to >= 0 && to < len(n.items) {
		if c := fyne.CurrentApp().Driver().CanvasForObject(n); c != nil {
			c.Focus(n.items[to])
		}
	}
	return true
}

// CreateRenderer is for the toolkit.
func (n *NavRail) CreateRenderer() fyne.WidgetRenderer {
	back, edge := canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
	f := &paint.Renderer{}
	f.OnRefresh = func() {
		back.FillColor = paint.Color(n, theme.ColorNameOverlayBackground)
		edge.FillColor = paint.Color(n, theme.ColorNameSeparator)
		f.Draws = []fyne.CanvasObject{back, edge}
		if n.head != nil {
			f.Draws = append(f.Draws, n.head)
		}
		for _, it := range n.items {
			f.Draws = append(f.Draws, it)
		}
		f.OnLayout(n.Size())
	}
	f.OnLayout = func(s fyne.Size) {
		paint.Place(back, 0, 0, s.Width, s.Height)
		paint.Place(edge, s.Width-1, 0, 1, s.Height)
		if n.head != nil {
			paint.Place(n.head, 0, 0, s.Width-1, railHead-4)
		}
		pitch := float32(railRoomy)
		if len(n.items) > 0 {
			pitch = max(railTight, min(railRoomy, (s.Height-railHead-8)/float32(len(n.items))))
		}
		for i, it := range n.items {
			paint.Place(it, (s.Width-1-railItem)/2, railHead+float32(i)*pitch, railItem, pitch-4)
		}
	}
	f.OnMinSize = func() fyne.Size {
		return fyne.NewSize(railWidth, railHead+railTight*float32(len(n.items)))
	}
	f.OnRefresh()
	return f
}

type navItem struct {
	Pressable
	item NavItem
	rail *NavRail
}

// CreateRenderer is for the toolkit.
func (it *navItem) CreateRenderer() fyne.WidgetRenderer {
	body, veil := canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
	icon := canvas.NewImageFromResource(nil)
	icon.FillMode = canvas.ImageFillContain
	label := paint.NewCutText(railCaption, false)
	label.Alignment = fyne.TextAlignCenter
	it.TipText = func() string {
		if it.item.Keys != "" {
			return it.item.Label + " (" + it.item.Keys + ")"
		}
		if label.IsCut() || label.Hidden {
			return it.item.Label
		}
		return ""
	}
	f := &paint.Renderer{Draws: []fyne.CanvasObject{body, veil, icon, label.Text}}
	f.OnRefresh = func() {
		name := theme.ColorNamePlaceHolder
		body.FillColor = color.Transparent
		if it.rail.selected == it.item.ID {
			name = theme.ColorNameForeground
			body.FillColor = paint.Color(it, theme.ColorNameButton)
		}
		body.CornerRadius = paint.Size(it, theme.SizeNameButtonRadius)
		paint.FocusRing(body, it.focused, paint.Color(it, theme.ColorNameFocus))
		veil.CornerRadius, veil.FillColor = body.CornerRadius, it.HoverColor()
		icon.Resource = paint.Tinted(it.item.Icon, name)
		label.Color = paint.Color(it, name)
		label.Set(it.item.Label)
	}
	f.OnLayout = func(s fyne.Size) {
		paint.Place(body, 0, 0, s.Width, s.Height)
		paint.Place(veil, 0, 0, s.Width, s.Height)
		label.Hidden = s.Height < 40
		const captionHeight, gap = 14, 3
		block := float32(railIcon)
		if !label.Hidden {
			block += gap + captionHeight
		}
		top := (s.Height - block) / 2
		paint.Place(icon, (s.Width-railIcon)/2, top, railIcon, railIcon)
		label.Put(2, top+railIcon+gap, s.Width-4, captionHeight)
	}
	f.OnMinSize = func() fyne.Size { return fyne.NewSize(railItem, railTight-4) }
	f.OnRefresh()
	return f
}
