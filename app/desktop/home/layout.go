package home

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cuelight/app/desktop/kit"
	"cuelight/widgets/surface"
)

const (
	// cardsWidth is the width of the left column from which on presets and recent
	// titles are two cards below the form.
	cardsWidth = 520
	// besideWidth is the width of the form from which on two fields stand beside each
	// other.
	besideWidth = 440
	// ring is the room around the cards of the left column: their edges would be cut
	// off at that of the scroll.
	ring = 4
)

// place puts the big button under the right card, or along the lower edge where the
// cards stand below each other, with those of the form at its left: always in reach,
// and never elsewhere because a card has more to say.
func (h *Home) place(_ []fyne.CanvasObject, s fyne.Size) {
	wide := s.Width >= kit.TwoColumnWidth
	if cards := wide && columnWidth(s.Width) >= cardsWidth; wide != h.wide || cards != h.withPresets {
		h.arrange(wide, cards)
	}
	if !h.wide {
		h.placeNarrow(s)
		return
	}
	kit.Place(h.scroll, 0, 0, s.Width, s.Height)
	x, w := rightColumn(s.Width)
	kit.Place(h.ready.big, x, s.Height-kit.Gap-kit.BigButtonHeight, w, kit.BigButtonHeight)
	h.corner = fyne.NewSize(w+kit.Margin, kit.BigButtonHeight+kit.Gap)
}

func (h *Home) placeNarrow(s fyne.Size) {
	const edge = 12
	kit.Place(h.scroll, 0, 0, s.Width, s.Height-kit.BigButtonHeight-2*edge)
	x, y := float32(kit.Margin), s.Height-edge-kit.BigButtonHeight
	if buttons := h.details.buttons; buttons.Visible() {
		least := buttons.MinSize()
		kit.Place(buttons, x, y+(kit.BigButtonHeight-least.Height)/2, least.Width, least.Height)
		// Whatever those say, the big button stays where it is.
		x += max((s.Width-2*kit.Margin)*0.42, least.Width+kit.GapSmall)
	}
	kit.Place(h.ready.big, x, y, s.Width-kit.Margin-x, kit.BigButtonHeight)
	h.corner = fyne.NewSize(s.Width, kit.BigButtonHeight+edge)
}

// arrange puts the cards in two columns, or below each other, and the presets on a
// card of their own or into the form.
func (h *Home) arrange(wide, withPresets bool) {
	h.wide, h.withPresets = wide, withPresets
	scrollInside(h.ready.card, h.ready.body, wide)
	h.details.arrange(wide, !withPresets)
	h.column.Objects = nil
	switch {
	case withPresets:
		h.column.Objects = []fyne.CanvasObject{h.details.card, h.recent.card, h.presets.Object}
	case wide:
		h.column.Objects = []fyne.CanvasObject{h.details.card, h.recent.card}
	}
	if wide {
		h.cards.Objects = []fyne.CanvasObject{h.left, h.ready.card}
		h.object.Objects = []fyne.CanvasObject{h.scroll, h.ready.big}
	} else {
		h.cards.Objects = []fyne.CanvasObject{h.details.card, h.ready.card, h.recent.card}
		h.object.Objects = []fyne.CanvasObject{h.scroll, h.details.buttons, h.ready.big}
	}
	h.column.Refresh()
	h.cards.Refresh()
}

func rightColumn(width float32) (x, w float32) {
	inner := width - 2*kit.Margin - kit.Gap
	w = max(320, inner*0.36)
	return width - kit.Margin - w, w
}

// columnWidth is that of the left column.
func columnWidth(width float32) float32 {
	x, _ := rightColumn(width)
	return x - kit.Gap - kit.Margin
}

func (h *Home) placeCards(_ []fyne.CanvasObject, s fyne.Size) {
	if h.wide {
		x, w := rightColumn(s.Width)
		kit.Place(h.left, kit.Margin-ring, kit.Gap-ring, columnWidth(s.Width)+2*ring, s.Height-2*kit.Gap+2*ring)
		kit.Place(h.ready.card, x, kit.Gap, w, s.Height-3*kit.Gap-kit.BigButtonHeight)
		return
	}
	w, y := s.Width-2*kit.Margin, float32(kit.Gap)
	put := func(card fyne.CanvasObject, height float32) {
		kit.Place(card, kit.Margin, y, w, height)
		y += height + kit.Gap
	}
	put(h.details.card, h.details.height(w))
	put(h.ready.card, h.ready.height(w))
	put(h.recent.card, recentHeight)
}

// placeColumn gives presets and recent titles what the form above leaves.
func (h *Home) placeColumn(_ []fyne.CanvasObject, s fyne.Size) {
	w := s.Width - 2*ring
	first := h.details.height(w)
	kit.Place(h.details.card, ring, ring, w, first)
	x, y := float32(ring), ring+first+kit.Gap
	if h.withPresets && h.presets.Object.Visible() {
		half := (w - kit.Gap) / 2
		kit.Place(h.presets.Object, x, y, half, max(0, s.Height-y-ring))
		x, w = x+half+kit.Gap, half
	}
	kit.Place(h.recent.card, x, y, w, max(0, s.Height-y-ring))
}

func (h *Home) minColumn([]fyne.CanvasObject) fyne.Size {
	w := h.left.Size().Width - 2*ring
	if w <= 0 || !h.wide {
		return fyne.Size{}
	}
	return fyne.NewSize(0, h.details.height(w)+kit.Gap+recentLeast+2*ring)
}

func (h *Home) minCards([]fyne.CanvasObject) fyne.Size {
	w := h.scroll.Size().Width - 2*kit.Margin
	if w <= 0 || h.wide {
		return fyne.Size{}
	}
	return fyne.NewSize(0, h.details.height(w)+h.ready.height(w)+recentHeight+4*kit.Gap)
}

// scrollInside lets a card scroll what it holds, or be as high as that.
func scrollInside(card *surface.Card, body fyne.CanvasObject, on bool) {
	card.Tight = on
	if !on {
		card.SetContent(body)
		return
	}
	// The room around what the card holds is within the scroll: rings around
	// fields would be cut off at its edge.
	card.SetContent(container.NewVScroll(kit.Padded(surface.CardPadding-1, surface.CardPadding-1, body)))
}

// cardHeight is what a card needs around what it holds.
func cardHeight(content fyne.CanvasObject, width float32) float32 {
	const head = 32
	if content.Size().Width != width-2*surface.CardPadding {
		content.Resize(fyne.NewSize(width-2*surface.CardPadding, content.MinSize().Height))
	}
	return content.MinSize().Height + 2*surface.CardPadding + head
}

// beside puts two objects beside each other, each as high as it needs to be; below
// each other where there is little room or stacked says so.
func beside(between float32, stacked func() bool, first, second fyne.CanvasObject) *fyne.Container {
	width := float32(0)
	below := kit.Column(14, first, second)
	both := func() bool {
		return first.Visible() && second.Visible() && width >= besideWidth && !stacked()
	}
	return kit.Arrange(func(_ []fyne.CanvasObject, s fyne.Size) {
		width = s.Width
		if !both() {
			below.Layout.Layout(below.Objects, s)
			return
		}
		half := (s.Width - between) / 2
		kit.FitHeight(first, half)
		first.Move(fyne.NewPos(0, 0))
		kit.FitHeight(second, half)
		second.Move(fyne.NewPos(half+between, 0))
	}, func([]fyne.CanvasObject) fyne.Size {
		if !both() {
			return below.Layout.MinSize(below.Objects)
		}
		a, b := first.MinSize(), second.MinSize()
		return fyne.NewSize(0, max(a.Height, b.Height))
	}, first, second)
}
