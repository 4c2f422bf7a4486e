package desktop

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cuelight/app/state"
	"cuelight/widgets/surface"
)

// home is the screen for going live: what viewers see at the left, how far the
// way to being on air is at the right, and the one big button.
type home struct {
	details *details
	ready   *readiness
	object  *fyne.Container
	cards   *fyne.Container
	// scroll holds both cards where they stand below each other. Beside each
	// other, each scrolls what it holds by itself.
	scroll *container.Scroll
	wide   bool
	// corner is where the button is, which messages keep clear of.
	corner fyne.Size
}

// From this width on, the cards stand beside each other.
const homeWide = 820

// bigButton is the height of the one big button.
const bigButton = 56

func newHome(f *face) *home {
	h := &home{details: newDetails(f), ready: newReadiness(f)}
	h.cards = arrange(h.placeCards, h.leastCards, h.details.card, h.ready.card)
	h.scroll = container.NewVScroll(h.cards)
	h.object = arrange(h.place, func([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }, h.scroll, h.ready.big)
	h.widen(windowSize.Width >= homeWide) // as the window opens
	return h
}

func (h *home) body() fyne.CanvasObject { return h.object }

func (h *home) update(s state.State) {
	h.details.update(s)
	h.ready.update(s)
}

// place puts the button under the right card, or along the lower edge where the
// cards stand below each other: always in reach, and never elsewhere because a
// card has more to say.
func (h *home) place(_ []fyne.CanvasObject, s fyne.Size) {
	if wide := s.Width >= homeWide; wide != h.wide {
		h.widen(wide)
	}
	if !h.wide {
		lower := float32(bigButton + 2*12)
		put(h.scroll, 0, 0, s.Width, s.Height-lower)
		put(h.ready.big, edge, s.Height-12-bigButton, s.Width-2*edge, bigButton)
		h.corner = fyne.NewSize(s.Width, bigButton+12)
		return
	}
	put(h.scroll, 0, 0, s.Width, s.Height)
	x, w := rightColumn(s.Width)
	put(h.ready.big, x, s.Height-gap-bigButton, w, bigButton)
	h.corner = fyne.NewSize(w+edge, bigButton+gap)
}

// widen puts the cards beside each other, or below each other again.
func (h *home) widen(on bool) {
	h.wide = on
	scrollInside(h.details.card, h.details.body, on)
	scrollInside(h.ready.card, h.ready.body, on)
}

func rightColumn(width float32) (x, w float32) {
	inner := width - 2*edge - gap
	w = max(320, inner*0.36)
	return width - edge - w, w
}

func (h *home) placeCards(_ []fyne.CanvasObject, s fyne.Size) {
	if h.wide {
		x, w := rightColumn(s.Width)
		put(h.details.card, edge, gap, x-gap-edge, s.Height-2*gap)
		put(h.ready.card, x, gap, w, s.Height-3*gap-bigButton)
		return
	}
	w := s.Width - 2*edge
	first := h.details.height(w)
	put(h.details.card, edge, gap, w, first)
	put(h.ready.card, edge, gap+first+gap, w, h.ready.height(w))
}

func (h *home) leastCards([]fyne.CanvasObject) fyne.Size {
	w := h.scroll.Size().Width - 2*edge
	if w <= 0 || h.wide {
		return fyne.Size{}
	}
	return fyne.NewSize(0, h.details.height(w)+h.ready.height(w)+3*gap)
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
	card.SetContent(container.NewVScroll(padded(surface.CardPadding-1, surface.CardPadding-1, body)))
}

// cardHeight is what a card needs around what it holds.
func cardHeight(content fyne.CanvasObject, width float32) float32 {
	const head = 32
	if content.Size().Width != width-2*surface.CardPadding {
		content.Resize(fyne.NewSize(width-2*surface.CardPadding, content.MinSize().Height))
	}
	return content.MinSize().Height + 2*surface.CardPadding + head
}
