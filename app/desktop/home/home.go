package home

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cuelight/app/desktop/catalog"
	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/presets"
	"cuelight/app/state"
	"cuelight/widgets/status"
)

// Home is the screen for going live: what viewers see at the left, how far the
// way to being on air is at the right, and the one big button.
type Home struct {
	// Broadcaster is what leads to being on air, for whoever else offers it.
	Broadcaster *Broadcaster

	details *details
	ready   *readiness
	recent  *recent
	presets *presets.Card
	object  *fyne.Container
	cards   *fyne.Container
	// scroll holds all cards where they stand below each other. Otherwise left
	// scrolls those of the left column, and the right one what it holds.
	scroll, left *container.Scroll
	column       *fyne.Container
	// wide: there are two columns; withPresets: the left one has their card.
	wide, withPresets bool
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
	h.presets = presets.NewCard(ui)
	h.ready = newReadiness(ui, h.Broadcaster, warnings)
	h.column = kit.Arrange(h.placeColumn, h.minColumn)
	h.left = container.NewVScroll(h.column)
	h.cards = kit.Arrange(h.placeCards, h.minCards)
	h.scroll = container.NewVScroll(h.cards)
	h.object = kit.Arrange(h.place, func([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }, h.scroll, h.ready.big)
	h.arrange(true, true) // as the window opens
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
	if h.presets.Update(s) {
		h.relayout()
	}
	if len(s.Broadcast.Conflicts) == 0 {
		h.Broadcaster.withdrawConflicts()
	}
}
