package broadcast

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cuelight/app"
	"cuelight/app/desktop/catalog"
	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/look"
	"cuelight/app/desktop/titlefield"
	"cuelight/app/state"
	"cuelight/app/task"
	"cuelight/app/words"
	"cuelight/providers"
	"cuelight/widgets/label"
	"cuelight/widgets/surface"
)

// Engine is what the screen needs of the core. What takes no context is quick; it
// may be called on the window's goroutine.
type Engine interface {
	titlefield.Engine
	Draft(change providers.Patch)
	Discard()
	Undo(ctx context.Context, tell task.Progress) error
	kit.Settler
	Ingest(ctx context.Context) (providers.Ingest, error)
	ResetKey(ctx context.Context, tell task.Progress) (app.KeyReset, error)
	Station(ctx context.Context) (providers.Station, error)
	Statistics(ctx context.Context) (providers.Stats, error)
}

// Broadcast is the screen of everything that can be set of a broadcast, of the
// stream key and of the station. What is not sent yet is counted along the
// lower edge, always in reach.
type Broadcast struct {
	ui     *kit.UI
	object *fyne.Container
	scroll *container.Scroll
	pages  *fyne.Container

	fields   []*formField
	cards    []settingsCard
	pane     *kit.Pane
	notice   *surface.Card // in place of the cards while they cannot be shown
	key      *keyCard
	station  *stationCard
	stats    *statsCard
	applyBar *applyBar
	// left and right hold the cards beside each other where there is room.
	left, right *fyne.Container
	account     string
}

// settingsCard is one group of fields; it is gone where the platform has none
// of them.
type settingsCard struct {
	object *surface.Card
	fields []*formField
}

// New makes the screen.
func New(ui *kit.UI, engine Engine, catalogEngine catalog.Engine, categories *catalog.Categories, languages *catalog.Languages) *Broadcast {
	b := &Broadcast{ui: ui}
	f := &fields{ui: ui, engine: engine, catalog: catalogEngine, categories: categories, languages: languages, relayout: b.relayout}
	b.group("details", f.titleField(), f.categoryField(), f.languageField(), f.hashtagsField(), f.coverField(), f.activityField())
	b.group("broadcast.entry", f.viewersField(), f.gradeField(), f.hiddenField(), f.passwordField())
	b.group("broadcast.end", f.endingField(), f.standbyField())
	b.group("broadcast.marks", f.watermarkField(), f.explorationField(), f.paidField())
	b.key, b.station, b.stats = newKeyCard(ui, engine), newStationCard(ui, engine, b.relayout), newStatsCard(ui, engine, b.relayout)
	b.applyBar = newApplyBar(ui, engine)
	b.pane = kit.NewPane(ui, label.NewLine("", label.Caption()), kit.NewFieldSkeleton(42, 42, 42, 42), false)
	b.notice = surface.NewCard(ui.Text("details"), "", b.pane.Object)
	b.left = kit.Column(kit.Gap, b.notice, b.cards[0].object, b.cards[1].object, b.stats.card)
	b.right = kit.Column(kit.Gap, b.station.card, b.key.card, b.cards[2].object, b.cards[3].object)
	b.pages = kit.Arrange(b.placePages, b.leastPages, b.left, b.right)
	b.scroll = container.NewVScroll(b.pages)
	b.object = kit.Arrange(b.place, func([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }, b.scroll, b.applyBar.object)
	return b
}

func (b *Broadcast) group(key string, fields ...*formField) {
	objects := make([]fyne.CanvasObject, len(fields))
	for i, field := range fields {
		objects[i] = field.object
	}
	card := surface.NewCard(b.ui.Text(key), "", kit.Column(kit.Gap, objects...))
	b.cards = append(b.cards, settingsCard{card, fields})
	b.fields = append(b.fields, fields...)
}

func (b *Broadcast) Body() fyne.CanvasObject { return b.object }

// place keeps the bar of unsent changes along the lower kit.Margin.
func (b *Broadcast) place(_ []fyne.CanvasObject, s fyne.Size) {
	lower := float32(0)
	if b.applyBar.object.Visible() {
		lower = kit.FitHeight(b.applyBar.object, s.Width)
		b.applyBar.object.Move(fyne.NewPos(0, s.Height-lower))
	}
	kit.Place(b.scroll, 0, 0, s.Width, max(0, s.Height-lower))
}

func (b *Broadcast) placePages(_ []fyne.CanvasObject, s fyne.Size) {
	if s.Width >= kit.TwoColumnWidth {
		w := (s.Width - 2*kit.Margin - kit.Gap) / 2
		kit.Place(b.left, kit.Margin, kit.Gap, w, kit.FitHeight(b.left, w))
		kit.Place(b.right, kit.Margin+w+kit.Gap, kit.Gap, w, kit.FitHeight(b.right, w))
		return
	}
	w := s.Width - 2*kit.Margin
	h := kit.FitHeight(b.left, w)
	kit.Place(b.left, kit.Margin, kit.Gap, w, h)
	kit.Place(b.right, kit.Margin, kit.Gap+h+kit.Gap, w, kit.FitHeight(b.right, w))
}

func (b *Broadcast) leastPages([]fyne.CanvasObject) fyne.Size {
	width := b.scroll.Size().Width
	switch {
	case width <= 0:
		return fyne.Size{}
	case width >= kit.TwoColumnWidth:
		w := (width - 2*kit.Margin - kit.Gap) / 2
		return fyne.NewSize(0, max(kit.FitHeight(b.left, w), kit.FitHeight(b.right, w))+2*kit.Gap)
	}
	w := width - 2*kit.Margin
	return fyne.NewSize(0, kit.FitHeight(b.left, w)+kit.FitHeight(b.right, w)+3*kit.Gap)
}

func (b *Broadcast) Update(s state.State) {
	if b.account != s.Account.Name {
		b.Leave()
		b.account = s.Account.Name
	}
	b.key.update(s)
	b.station.update(s)
	changed := b.stats.update(s)
	changed = b.fill(s) || changed
	if b.applyBar.update(s) || changed {
		b.pages.Refresh()
		b.object.Refresh()
	}
}

// fill shows the settings, or why there are none; it reports whether anything
// came or went.
func (b *Broadcast) fill(s state.State) bool {
	ui := b.ui
	known, ended := false, false // ended: the sign-in is over, and what was read stays
	switch {
	case s.Account.Name == "":
		b.pane.ShowEmpty(look.IconAccounts, ui.Text("accounts.none"), ui.Text("details.no_account"), ui.Text("action.add_account"), ui.Actions.AddAccount)
	case s.Account.SignedIn == state.SignedOut && s.Broadcast.Readable():
		known, ended = true, true
		b.pane.ShowEmpty(look.IconBroadcast, ui.Text("pill.signed_out"), ui.Text("signin.ended"), ui.Text("action.sign_in"), ui.Actions.SignIn)
	case s.Account.SignedIn == state.SignedOut:
		b.pane.ShowEmpty(look.IconBroadcast, ui.Text("pill.signed_out"), ui.Text("details.signed_out"), ui.Text("action.sign_in"), ui.Actions.SignIn)
	case kit.ChannelMissing(s):
		b.pane.ShowEmpty(look.IconChannels, ui.Text("channel.choose"), ui.Text("channel.choose.more"), ui.Text("channel.choose.do"), ui.Actions.ChooseChannel)
	case !s.Broadcast.Readable() && s.Broadcast.Err != nil:
		b.pane.ShowError(s.Broadcast.Err, ui.Refresh)
	case len(s.Broadcast.Limits) == 0 && s.Account.SignedIn == state.SignedIn:
		b.pane.ShowEmpty(look.IconBroadcast, ui.Text("details"), ui.Text("details.none", words.Args{"Platform": ui.Platform(s.Account)}), "", nil)
	case !s.Broadcast.Readable():
		b.pane.ShowLoading()
	default:
		known = true
	}
	told := !known || ended
	changed := b.notice.Visible() != told
	b.notice.Hidden = !told
	shown, conflicts := s.Broadcast.Shown(), kit.Conflicting(s.Broadcast)
	for _, card := range b.cards {
		visible := known && slices.ContainsFunc(card.fields, func(one *formField) bool {
			_, has := s.Broadcast.Limits[one.id]
			return has
		})
		if card.object.Visible() != visible {
			card.object.Hidden, changed = !visible, true
		}
		if !visible {
			continue
		}
		for _, one := range card.fields {
			changed = one.update(s.Broadcast, shown, conflicts) || changed
		}
	}
	return changed
}

// Reload asks again for everything on the screen.
func (b *Broadcast) Reload() {
	b.ui.Refresh()
	b.key.reload()
	b.station.reload()
	b.stats.load()
}

// Leave gives up requests, the key with them, and what was begun in a field but is
// no change yet.
func (b *Broadcast) Leave() {
	b.key.leave()
	b.station.leave()
	b.stats.leave()
	for _, one := range b.fields {
		if one.left != nil {
			one.left()
		}
	}
}

// relayout places everything anew: something has another height.
func (b *Broadcast) relayout() {
	if b.object != nil {
		b.object.Refresh()
	}
}

// Corner is what messages keep off.
func (b *Broadcast) Corner() fyne.Size { return b.applyBar.corner() }
