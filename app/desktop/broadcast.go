package desktop

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"cuelight/app/desktop/look"
	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/label"
	"cuelight/widgets/paint"
	"cuelight/widgets/surface"
)

// broadcast is the screen of everything that can be set of a broadcast, of the
// stream key and of the station. What is not sent yet is counted along the
// lower edge, always in reach.
type broadcast struct {
	face   *face
	object *fyne.Container
	scroll *container.Scroll
	pages  *fyne.Container

	slots []*slot
	cards []settingsCard
	pane  *pane
	head  *surface.Card // in place of the cards while they cannot be shown
	key   *keyCard
	home  *stationCard
	stats *statsCard
	foot  *applyBar
	// left and right hold the cards beside each other where there is room.
	left, right *fyne.Container
	account     string
}

// settingsCard is one group of fields; it is gone where the platform has none
// of them.
type settingsCard struct {
	object *surface.Card
	slots  []*slot
}

func newBroadcast(f *face) screen {
	b := &broadcast{face: f}
	category, _ := f.categorySlot()
	b.group("details", f.titleSlot(), category, f.languageSlot(), f.hashtagsSlot(), f.coverSlot(), f.activitySlot())
	b.group("broadcast.entry", f.viewersSlot(), f.gradeSlot(), f.hiddenSlot(), f.passwordSlot())
	b.group("broadcast.end", f.endingSlot(), f.standbySlot())
	b.group("broadcast.marks", f.watermarkSlot(), f.explorationSlot(), f.paidSlot())
	b.key, b.home, b.stats = newKeyCard(f), newStationCard(f), newStatsCard(f)
	b.foot = newApplyBar(f)
	b.pane = newPane(f, label.NewLine("", label.Caption()), newSkeleton(42, 42, 42, 42), false)
	b.head = surface.NewCard(f.say("details"), "", b.pane.object)
	b.left = column(gap, b.head, b.cards[0].object, b.cards[1].object, b.stats.card)
	b.right = column(gap, b.home.card, b.key.card, b.cards[2].object, b.cards[3].object)
	b.pages = arrange(b.placePages, b.leastPages, b.left, b.right)
	b.scroll = container.NewVScroll(b.pages)
	b.object = arrange(b.place, func([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }, b.scroll, b.foot.object)
	return b
}

func (b *broadcast) group(key string, slots ...*slot) {
	objects := make([]fyne.CanvasObject, len(slots))
	for i, s := range slots {
		objects[i] = s.object
	}
	card := surface.NewCard(b.face.say(key), "", column(gap, objects...))
	b.cards = append(b.cards, settingsCard{card, slots})
	b.slots = append(b.slots, slots...)
}

func (b *broadcast) body() fyne.CanvasObject { return b.object }

// place keeps the bar of unsent changes along the lower edge.
func (b *broadcast) place(_ []fyne.CanvasObject, s fyne.Size) {
	lower := float32(0)
	if b.foot.object.Visible() {
		lower = tall(b.foot.object, s.Width)
		b.foot.object.Move(fyne.NewPos(0, s.Height-lower))
	}
	put(b.scroll, 0, 0, s.Width, max(0, s.Height-lower))
}

func (b *broadcast) placePages(_ []fyne.CanvasObject, s fyne.Size) {
	if s.Width >= homeWide {
		w := (s.Width - 2*edge - gap) / 2
		put(b.left, edge, gap, w, tall(b.left, w))
		put(b.right, edge+w+gap, gap, w, tall(b.right, w))
		return
	}
	w := s.Width - 2*edge
	h := tall(b.left, w)
	put(b.left, edge, gap, w, h)
	put(b.right, edge, gap+h+gap, w, tall(b.right, w))
}

func (b *broadcast) leastPages([]fyne.CanvasObject) fyne.Size {
	width := b.scroll.Size().Width
	switch {
	case width <= 0:
		return fyne.Size{}
	case width >= homeWide:
		w := (width - 2*edge - gap) / 2
		return fyne.NewSize(0, max(tall(b.left, w), tall(b.right, w))+2*gap)
	}
	w := width - 2*edge
	return fyne.NewSize(0, tall(b.left, w)+tall(b.right, w)+3*gap)
}

func (b *broadcast) update(s state.State) {
	if b.account != s.Account.Name {
		b.leave()
		b.account = s.Account.Name
	}
	b.key.update(s)
	b.home.update(s)
	changed := b.stats.update(s)
	changed = b.fill(s) || changed
	if b.foot.update(s) || changed {
		b.pages.Refresh()
		b.object.Refresh()
	}
}

// fill shows the settings, or why there are none; it tells whether anything
// came or went.
func (b *broadcast) fill(s state.State) bool {
	f := b.face
	known := false
	switch {
	case s.Account.Name == "":
		b.pane.say(look.IconAccounts, f.say("accounts.none"), f.say("details.no_account"), f.say("action.add_account"), f.addAccount)
	case s.Account.SignedIn == state.SignedOut && !s.Broadcast.Known:
		b.pane.say(look.IconBroadcast, f.say("pill.signed_out"), f.say("details.signed_out"), f.say("action.sign_in"), f.signIn)
	case channelMissing(s):
		b.pane.say(look.IconChannels, f.say("channel.choose"), f.say("channel.choose.more"), f.say("channel.choose.do"), f.chooseChannel)
	case !s.Broadcast.Known && s.Broadcast.Err != nil:
		b.pane.fail(s.Broadcast.Err, f.refresh)
	case len(s.Broadcast.Limits) == 0 && s.Account.SignedIn == state.SignedIn:
		b.pane.say(look.IconBroadcast, f.say("details"), f.say("details.none", words.Args{"Platform": s.Account.PlatformName}), "", nil)
	case !s.Broadcast.Known:
		b.pane.wait()
	default:
		known = true
	}
	changed := b.head.Visible() == known
	b.head.Hidden = known
	shown, conflicts := s.Broadcast.Shown(), make(map[providers.FieldID]bool)
	for _, id := range s.Broadcast.Conflicts {
		if id == "standby_minutes" {
			id = providers.FieldStandby
		}
		conflicts[id] = true
	}
	for _, card := range b.cards {
		seen := known && slices.ContainsFunc(card.slots, func(one *slot) bool {
			_, has := s.Broadcast.Limits[one.id]
			return has
		})
		if card.object.Visible() != seen {
			card.object.Hidden, changed = !seen, true
		}
		if !seen {
			continue
		}
		for _, one := range card.slots {
			changed = one.update(s.Broadcast, shown, conflicts) || changed
		}
	}
	return changed
}

// again asks for everything on the screen anew.
func (b *broadcast) again() {
	b.face.refresh()
	b.key.again()
	b.home.again()
	b.stats.again()
}

// leave gives up requests, and the key with them.
func (b *broadcast) leave() {
	b.key.leave()
	b.home.leave()
	b.stats.leave()
}

// applyBar is what is not sent yet, and what to do about it.
type applyBar struct {
	face    *face
	object  *fyne.Container
	says    *label.Line
	failure *inset
	apply   *control.Button
	discard *control.Button
	undo    *control.Button
	failed  string
}

func newApplyBar(f *face) *applyBar {
	a := &applyBar{face: f, failure: newInset()}
	a.says = label.NewFillingLine("", label.Style{Color: theme.ColorNamePlaceHolder})
	a.undo = control.NewButton(f.say("undo"), look.IconUndo.Resource(), control.Quiet, f.undo)
	a.discard = control.NewButton(f.say("revert"), nil, control.Plain, f.engine.Discard)
	a.apply = control.NewButton(f.say("apply"), nil, control.Primary, f.apply)
	line := row(10, only(a.says), a.says, a.undo, a.discard, a.apply)
	a.object = over(newGround(theme.ColorNameOverlayBackground, true, false),
		inside(edge, 12, column(10, a.failure.object, line)))
	return a
}

// update tells whether the bar's height may have changed.
func (a *applyBar) update(s state.State) bool {
	f, b := a.face, s.Broadcast
	n, task := changes(b.Draft), s.Tasks[state.TaskApply]
	seen := b.Known && len(b.Limits) > 0
	changed := a.object.Visible() != seen
	a.object.Hidden = !seen
	switch {
	case n > 0 && len(b.Problems) > 0:
		a.says.SetText(f.count("unsent.problems", n))
	case n > 0:
		a.says.SetText(f.count("unsent", n))
	default:
		a.says.SetText(f.say("unsent.none"))
	}
	text := f.say("apply")
	if task.Running {
		text = f.say("apply.running")
	}
	a.apply.Set(text, control.Primary)
	enable(a.apply, n > 0 && len(b.Problems) == 0 && !task.Running)
	enable(a.discard, n > 0 && !task.Running)
	if undo := n == 0 && !b.Undo.Empty() && !task.Running; a.undo.Visible() != undo {
		a.undo.Hidden = !undo
		changed = true
	}
	failed := ""
	switch {
	case n > 0 && !task.Running && task.Err != nil:
		failed = f.explain(task.Err).Line()
	case b.Err != nil:
		failed = f.explain(b.Err).Line()
	}
	a.failure.set(paint.ToneBad, failed)
	if a.failed != failed {
		a.failed, changed = failed, true
	}
	return changed
}

// corner is what messages keep off.
func (a *applyBar) corner() fyne.Size {
	if !a.object.Visible() {
		return fyne.Size{}
	}
	return a.object.Size()
}

// undo sends what the last applied change replaced.
func (f *face) undo() {
	f.act(patienceCall, func(ctx context.Context) error { return f.engine.Undo(ctx, nil) }, f.say("undone"))
}

// relay places the screen that is seen anew: something in it has another height.
func (f *face) relay() {
	if f.shell != nil && f.shell.made[f.shell.at] != nil {
		f.shell.made[f.shell.at].body().Refresh()
	}
}
