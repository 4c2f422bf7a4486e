package home

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cuelight/app/desktop/catalog"
	"cuelight/app/desktop/kit"
	"cuelight/app/state"
	"cuelight/widgets/status"
	"cuelight/widgets/surface"
)

// Home is the screen for going live: what viewers see at the left, how far the
// way to being on air is at the right, and the one big button.
type Home struct {
	// Broadcaster is what leads to being on air, for whoever else offers it.
	Broadcaster *Broadcaster

	details *details
	ready   *readiness
	recent  *recent
	object  *fyne.Container
	cards   *fyne.Container
	// scroll holds all cards where they stand below each other. Otherwise left
	// scrolls those of the left column, and the right one what it holds.
	scroll, left *container.Scroll
	column       *fyne.Container
	wide         bool
	// corner is where the button is, which messages keep clear of.
	corner fyne.Size
}

// New makes the screen; warnings are rows from elsewhere for its checklist.
func New(ui *kit.UI, engine Engine, titles TitleEngine, categories *catalog.Categories, warnings func() []status.CheckRow) *Home {
	h := &Home{}
	h.Broadcaster = newBroadcaster(ui, engine, func() {
		ui.Actions.Open(kit.ScreenHome)
		h.details.title.Text.Focus()
	})
	h.details = newDetails(ui, engine, titles, categories, h.relayout)
	h.recent = newRecent(ui, titles)
	h.ready = newReadiness(ui, h.Broadcaster, warnings)
	h.column = kit.Arrange(h.placeColumn, h.minColumn)
	h.left = container.NewVScroll(h.column)
	h.cards = kit.Arrange(h.placeCards, h.minCards)
	h.scroll = container.NewVScroll(h.cards)
	h.object = kit.Arrange(h.place, func([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }, h.scroll, h.ready.big)
	h.widen(kit.WindowSize.Width >= kit.TwoColumnWidth) // as the window opens
	return h
}

// relayout places the cards anew: something has another height.
func (h *Home) relayout() {
	if h.object != nil {
		h.object.Refresh()
	}
}

// Corner is where the big button is, which messages keep clear of.
func (h *Home) Corner() fyne.Size { return h.corner }

func (h *Home) Body() fyne.CanvasObject { return h.object }

func (h *Home) Update(s state.State) {
	h.details.update(s)
	h.ready.update(s)
	h.recent.update(s)
	if len(s.Broadcast.Conflicts) == 0 {
		h.Broadcaster.withdrawConflicts()
	}
}

// place puts the button under the right card, or along the lower edge where the
// cards stand below each other: always in reach, and never elsewhere because a
// card has more to say.
func (h *Home) place(_ []fyne.CanvasObject, s fyne.Size) {
	if wide := s.Width >= kit.TwoColumnWidth; wide != h.wide {
		h.widen(wide)
	}
	if !h.wide {
		lower := float32(kit.BigButtonHeight + 2*12)
		kit.Place(h.scroll, 0, 0, s.Width, s.Height-lower)
		kit.Place(h.ready.big, kit.Margin, s.Height-12-kit.BigButtonHeight, s.Width-2*kit.Margin, kit.BigButtonHeight)
		h.corner = fyne.NewSize(s.Width, kit.BigButtonHeight+12)
		return
	}
	kit.Place(h.scroll, 0, 0, s.Width, s.Height)
	x, w := rightColumn(s.Width)
	kit.Place(h.ready.big, x, s.Height-kit.Gap-kit.BigButtonHeight, w, kit.BigButtonHeight)
	h.corner = fyne.NewSize(w+kit.Margin, kit.BigButtonHeight+kit.Gap)
}

// widen puts the cards in two columns, or below each other again.
func (h *Home) widen(on bool) {
	h.wide = on
	scrollInside(h.ready.card, h.ready.body, on)
	if on {
		h.column.Objects = []fyne.CanvasObject{h.details.card, h.recent.card}
		h.cards.Objects = []fyne.CanvasObject{h.left, h.ready.card}
	} else {
		h.column.Objects = nil
		h.cards.Objects = []fyne.CanvasObject{h.details.card, h.ready.card, h.recent.card}
	}
	h.column.Refresh()
	h.cards.Refresh()
}

func rightColumn(width float32) (x, w float32) {
	inner := width - 2*kit.Margin - kit.Gap
	w = max(320, inner*0.36)
	return width - kit.Margin - w, w
}

func (h *Home) placeCards(_ []fyne.CanvasObject, s fyne.Size) {
	if h.wide {
		x, w := rightColumn(s.Width)
		kit.Place(h.left, kit.Margin-ring, kit.Gap-ring, x-kit.Gap-kit.Margin+2*ring, s.Height-2*kit.Gap+2*ring)
		kit.Place(h.ready.card, x, kit.Gap, w, s.Height-3*kit.Gap-kit.BigButtonHeight)
		return
	}
	w := s.Width - 2*kit.Margin
	first := h.details.height(w)
	kit.Place(h.details.card, kit.Margin, kit.Gap, w, first)
	second := h.ready.height(w)
	kit.Place(h.ready.card, kit.Margin, kit.Gap+first+kit.Gap, w, second)
	kit.Place(h.recent.card, kit.Margin, kit.Gap+first+kit.Gap+second+kit.Gap, w, recentHeight)
}

// ring is the room around the cards of the left column: their edges would be cut off
// at that of the scroll.
const ring = 4

// placeColumn gives the recent titles what the form above leaves.
func (h *Home) placeColumn(_ []fyne.CanvasObject, s fyne.Size) {
	w := s.Width - 2*ring
	first := h.details.height(w)
	kit.Place(h.details.card, ring, ring, w, first)
	kit.Place(h.recent.card, ring, ring+first+kit.Gap, w, max(0, s.Height-first-kit.Gap-2*ring))
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
