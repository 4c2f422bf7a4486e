package home

import (
	"slices"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit"
	"cuelight/app/state"
	"cuelight/widgets/control"
	"cuelight/widgets/status"
	"cuelight/widgets/surface"
)

// readiness is the card of the way to being on air, and the one big button.
type readiness struct {
	ui      *kit.UI
	actions *Broadcaster
	card    *surface.Card
	body    *fyne.Container
	health  *health
	checks  *precheck
	list    *status.Checklist
	restore *control.Button
	big     *control.Button
	press   func()
	// warnings are rows from elsewhere that belong into the list.
	warnings func() []status.CheckRow
}

func newReadiness(ui *kit.UI, actions *Broadcaster, warnings func() []status.CheckRow) *readiness {
	r := &readiness{ui: ui, actions: actions, warnings: warnings, list: status.NewChecklist(ui.Clock()), health: newHealth(ui), checks: actions.checks}
	r.restore = control.NewButton(ui.Text("restore"), nil, control.Quiet, actions.Restore)
	r.restore.Hide()
	r.body = kit.Column(kit.Gap, r.health.object, r.list, kit.Left(r.restore))
	r.card = surface.NewCard(ui.Text("ready"), "", r.body)
	r.big = control.NewBigButton(ui.Text("setup"), control.Primary, func() {
		if r.press != nil {
			r.press()
		}
	})
	return r
}

func (r *readiness) height(width float32) float32 { return cardHeight(r.body, width) }

func (r *readiness) update(s state.State) {
	ui := r.ui
	running := s.OBS.Stream.Running() || s.OBS.OutOfSight()
	r.checks.update(s)
	if r.health.update(s) {
		r.card.Refresh()
	}
	r.list.SetRows(r.rows(s)...)
	title, note := ui.Text("ready"), ""
	if running {
		title = ui.Text("sending")
		if s.Live.Known && s.Live.OnAir && s.Live.Viewers >= 0 {
			note = ui.Count("viewers", s.Live.Viewers)
		}
	}
	r.card.SetTitle(title)
	r.card.SetNote(note)
	if can := s.OBS.CanRestore && !running; r.restore.Visible() != can {
		r.restore.Hidden = !can
		r.body.Refresh()
	}
	kit.Enable(r.restore, !s.Tasks[state.TaskRestore].Running && s.OBS.Link == state.LinkUp)
	next := r.actions.NextStep(s)
	r.press = next.Press
	r.big.Set(next.Text, next.Kind)
	r.big.SetAction(next.ID, ui.Clock())
	kit.Enable(r.big, next.Press != nil)
}

// rows are the way to being on air with everything that is worth a look: warnings
// stand before the last two steps while those are still to come, and first of all on
// air.
func (r *readiness) rows(s state.State) []status.CheckRow {
	ui := r.ui
	running := s.OBS.Stream.Running() || s.OBS.OutOfSight()
	var way, last []status.CheckRow
	for _, c := range state.Checklist(s) {
		step := r.actions.checkRow(c)
		if c.ID == "onair" && WatchURL(s) != "" {
			step.Action, step.OnAction = ui.Text("discover.copy_watch"), func() { ui.CopyText(WatchURL(ui.State())) }
		}
		switch {
		case c.ID == "send" || c.ID == "onair":
			last = append(last, step)
			continue
		case running && c.State == state.StepPending:
			continue // nothing can be told of what OBS is set to while it is gone
		case running && c.State == state.StepDone:
			continue // what was done on the way there is no news any more
		case kit.ChannelMissing(s) && c.ID == "details":
			continue // there is nothing to have details before a channel is chosen
		case kit.ChannelMissing(s) && c.ID == "service":
			step = channelRow(ui)
		case c.ID == "service" && kit.KeyNotGiven(c.Err):
			step.Action, step.OnAction = ui.Text("ingest.ask"), func() { ui.Actions.AskIngest(ui.Actions.SetUp) }
		case c.ID == "service" && kit.CreatorNotChosen(c.Err):
			step.Action, step.OnAction = ui.Text("creator.choose"), func() { ui.Actions.AskCreator(ui.Actions.SetUp) }
		case c.ID == "service" && running:
			// OBS takes no other settings while it streams.
			step.Action, step.OnAction = "", nil
			step.Detail = kit.JoinSentences(step.Detail, ui.Text("elsewhere.later"))
		}
		way = append(way, step)
	}
	found := append(r.warnings(), r.checks.rows(s)...)
	if running {
		return slices.Concat(healthRows(ui, s), way, last, found)
	}
	return slices.Concat(way, found, last)
}
