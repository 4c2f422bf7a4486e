package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
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
		it.keys = func(e *fyne.KeyEvent) bool { return n.move(i, e.Name) }
		it.extend(it)
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
	f := &frame{}
	f.refresh = func() {
		back.FillColor = ink(n, theme.ColorNameOverlayBackground)
		edge.FillColor = ink(n, theme.ColorNameSeparator)
		f.objects = []fyne.CanvasObject{back, edge}
		if n.head != nil {
			f.objects = append(f.objects, n.head)
		}
		for _, it := range n.items {
			f.objects = append(f.objects, it)
		}
		f.layout(n.Size())
	}
	f.layout = func(s fyne.Size) {
		place(back, 0, 0, s.Width, s.Height)
		place(edge, s.Width-1, 0, 1, s.Height)
		if n.head != nil {
			place(n.head, 0, 0, s.Width-1, railHead-4)
		}
		pitch := float32(railRoomy)
		if len(n.items) > 0 {
			pitch = max(railTight, min(railRoomy, (s.Height-railHead-8)/float32(len(n.items))))
		}
		for i, it := range n.items {
			place(it, (s.Width-1-railItem)/2, railHead+float32(i)*pitch, railItem, pitch-4)
		}
	}
	f.min = func() fyne.Size {
		return fyne.NewSize(railWidth, railHead+railTight*float32(len(n.items)))
	}
	f.refresh()
	return f
}

type navItem struct {
	press
	item NavItem
	rail *NavRail
}

// CreateRenderer is for the toolkit.
func (it *navItem) CreateRenderer() fyne.WidgetRenderer {
	body, veil := canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
	icon := canvas.NewImageFromResource(nil)
	icon.FillMode = canvas.ImageFillContain
	label := newCutText(railCaption, false)
	label.Alignment = fyne.TextAlignCenter
	it.tipText = func() string {
		if label.cut() || label.Hidden {
			return it.item.Label
		}
		return ""
	}
	f := &frame{objects: []fyne.CanvasObject{body, veil, icon, label.Text}}
	f.refresh = func() {
		name := theme.ColorNamePlaceHolder
		body.FillColor = color.Transparent
		if it.rail.selected == it.item.ID {
			name = theme.ColorNameForeground
			body.FillColor = ink(it, theme.ColorNameButton)
		}
		body.CornerRadius = size(it, theme.SizeNameButtonRadius)
		ring(body, it.focused, ink(it, theme.ColorNameFocus))
		veil.CornerRadius, veil.FillColor = body.CornerRadius, veilColour(it, &it.press)
		icon.Resource = tinted(it.item.Icon, name)
		label.Color = ink(it, name)
		label.set(it.item.Label)
	}
	f.layout = func(s fyne.Size) {
		place(body, 0, 0, s.Width, s.Height)
		place(veil, 0, 0, s.Width, s.Height)
		label.Hidden = s.Height < 40
		const captionHeight, gap = 14, 3
		block := float32(railIcon)
		if !label.Hidden {
			block += gap + captionHeight
		}
		top := (s.Height - block) / 2
		place(icon, (s.Width-railIcon)/2, top, railIcon, railIcon)
		label.put(2, top+railIcon+gap, s.Width-4, captionHeight)
	}
	f.min = func() fyne.Size { return fyne.NewSize(railItem, railTight-4) }
	f.refresh()
	return f
}
