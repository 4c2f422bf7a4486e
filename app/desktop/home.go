package desktop

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cuelight/app"
)

// home is the screen for going live: what viewers see at the left, how far the
// way to being on air is at the right, and the one big button.
type home struct {
	details *details
	ready   *readiness
	object  *fyne.Container
	scroll  *container.Scroll
	cards   *fyne.Container
	// reserve is the room kept free under the right card for the button.
	reserve float32
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
	return h
}

func (h *home) body() fyne.CanvasObject { return h.object }

func (h *home) update(s app.State) {
	h.details.update(s)
	h.ready.update(s)
}

// place puts the button under the right card where everything fits, and along
// the lower edge, always in reach, where the cards have to scroll.
func (h *home) place(_ []fyne.CanvasObject, s fyne.Size) {
	wide := s.Width >= homeWide
	h.reserve = 0
	if wide {
		h.reserve = bigButton + gap
	}
	if wide && h.natural(s.Width)+2*gap <= s.Height {
		put(h.scroll, 0, 0, s.Width, s.Height)
		x, w := h.rightColumn(s.Width)
		put(h.ready.big, x, s.Height-gap-bigButton, w, bigButton)
		h.corner = fyne.NewSize(w+edge, bigButton+gap)
		return
	}
	h.reserve = 0
	lower := float32(bigButton + 2*12)
	put(h.scroll, 0, 0, s.Width, s.Height-lower)
	w := s.Width - 2*edge
	put(h.ready.big, edge, s.Height-12-bigButton, w, bigButton)
	h.corner = fyne.NewSize(s.Width, bigButton+12)
}

func (h *home) rightColumn(width float32) (x, w float32) {
	inner := width - 2*edge - gap
	w = max(320, inner*0.36)
	return width - edge - w, w
}

// natural is the height that the cards need beside each other.
func (h *home) natural(width float32) float32 {
	_, right := h.rightColumn(width)
	leftHeight := h.details.height(width - 2*edge - gap - right)
	return max(leftHeight, h.ready.height(right)+h.reserve)
}

func (h *home) placeCards(_ []fyne.CanvasObject, s fyne.Size) {
	if s.Width >= homeWide {
		x, w := h.rightColumn(s.Width)
		put(h.details.card, edge, gap, x-gap-edge, s.Height-2*gap)
		put(h.ready.card, x, gap, w, s.Height-2*gap-h.reserve)
		return
	}
	// What is missing comes first where there is no room for both.
	w := s.Width - 2*edge
	first := h.details.height(w)
	put(h.details.card, edge, gap, w, first)
	put(h.ready.card, edge, gap+first+gap, w, h.ready.height(w))
}

func (h *home) leastCards([]fyne.CanvasObject) fyne.Size {
	width := h.scroll.Size().Width
	if width <= 0 {
		return fyne.Size{}
	}
	if width >= homeWide {
		return fyne.NewSize(0, h.natural(width)+2*gap)
	}
	w := width - 2*edge
	return fyne.NewSize(0, h.details.height(w)+h.ready.height(w)+3*gap)
}

// cardHeight is what a card needs around what it holds.
func cardHeight(content fyne.CanvasObject, width float32) float32 {
	const pad, head = 18, 32
	if content.Size().Width != width-2*pad {
		content.Resize(fyne.NewSize(width-2*pad, content.MinSize().Height))
	}
	return content.MinSize().Height + 2*pad + head
}
