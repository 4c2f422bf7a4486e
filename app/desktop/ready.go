package desktop

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2"

	"cuelight/app"
	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/widgets/control"
	"cuelight/widgets/layer"
	"cuelight/widgets/paint"
	"cuelight/widgets/status"
	"cuelight/widgets/surface"
)

// readiness is the card of the way to being on air, and the one big button.
type readiness struct {
	face    *face
	card    *surface.Card
	body    *fyne.Container
	health  *health
	checks  *precheck
	list    *status.Checklist
	restore *control.Button
	big     *control.Button
	press   func()
}

func newReadiness(f *face) *readiness {
	r := &readiness{face: f, list: status.NewChecklist(f.opt.Clock), health: newHealth(f), checks: newPrecheck(f)}
	r.restore = control.NewButton(f.say("restore"), nil, control.Quiet, f.restore)
	r.restore.Hide()
	r.body = column(gap, r.health.object, r.list, left(r.restore))
	r.card = surface.NewCard(f.say("ready"), "", r.body)
	r.big = control.NewBigButton(f.say("setup"), control.Primary, func() {
		if r.press != nil {
			r.press()
		}
	})
	return r
}

func (r *readiness) height(width float32) float32 { return cardHeight(r.body, width) }

func (r *readiness) update(s state.State) {
	f := r.face
	running := s.OBS.Stream.Running()
	r.checks.update(s)
	if r.health.update(s) {
		r.card.Refresh()
	}
	r.list.SetRows(r.rows(s)...)
	title, note := f.say("ready"), ""
	if running {
		title = f.say("sending")
		if s.Live.Known && s.Live.OnAir && s.Live.Viewers >= 0 {
			note = f.count("viewers", s.Live.Viewers)
		}
	}
	r.card.SetTitle(title)
	r.card.SetNote(note)
	if can := s.OBS.CanRestore && !running; r.restore.Visible() != can {
		r.restore.Hidden = !can
		r.body.Refresh()
	}
	enable(r.restore, !s.Tasks[state.TaskRestore].Running && s.OBS.Link == state.LinkUp)
	text, kind, press := f.nextStep(s)
	r.press = press
	r.big.Set(text, kind)
	enable(r.big, press != nil)
}

// rows are the way to being on air with everything that is worth a look: before
// the last two steps while those are still to come; on air, what is wrong first.
func (r *readiness) rows(s state.State) []status.CheckRow {
	f := r.face
	running := s.OBS.Stream.Running()
	var way, last []status.CheckRow
	for _, c := range state.Checklist(s) {
		step := f.checkRow(c)
		if c.ID == "onair" && watchPage(s) != "" {
			step.Action, step.OnAction = f.say("discover.copy_watch"), func() { f.copyText(watchPage(f.state)) }
		}
		switch {
		case c.ID == "send" || c.ID == "onair":
			last = append(last, step)
			continue
		case running && c.State == state.StepDone:
			continue // what was done on the way there is no news any more
		case channelMissing(s) && c.ID == "details":
			continue // there is nothing to have details before a channel is chosen
		case channelMissing(s) && c.ID == "service":
			step = f.channelRow()
		case c.ID == "service" && noKey(c.Err):
			step.Action, step.OnAction = f.say("ingest.ask"), func() { f.askIngest(f.setUp) }
		case c.ID == "service" && running:
			// OBS takes no other settings while it streams.
			step.Action, step.OnAction = "", nil
			step.Detail = join(step.Detail, f.say("elsewhere.later"))
		}
		way = append(way, step)
	}
	found := append(f.token.rows(), r.checks.rows(s)...)
	if running {
		return slices.Concat(f.healthRows(s), way, last, found)
	}
	return slices.Concat(way, found, last)
}

// watchPage is where the broadcast on air can be watched; empty where it is not
// on air, or the platform does not tell.
func watchPage(s state.State) string {
	if !s.Live.Known || !s.Live.OnAir {
		return ""
	}
	return s.Live.WatchURL
}

// nextStep is what the big button does now; nothing to press means wait.
func (f *face) nextStep(s state.State) (string, control.Kind, func()) {
	running := func(t state.Task) bool { return s.Tasks[t].Running }
	switch {
	case running(state.TaskStop) || s.OBS.Stream == state.StreamStopping:
		return f.say("stop.running"), control.OutlineDanger, nil
	case s.OBS.Stream.Running():
		return f.say("stop"), control.OutlineDanger, f.stop
	case running(state.TaskStart):
		return f.say("start.running"), control.Primary, nil
	case running(state.TaskSetUp):
		return f.say("setup.running"), control.Primary, nil
	case running(state.TaskRestore):
		return f.say("restore.running"), control.Primary, nil
	case s.Account.Name == "":
		return f.say("action.add_account"), control.Primary, f.addAccount
	case s.Account.SignedIn == state.SignedOut:
		return f.say("action.sign_in"), control.Primary, f.signIn
	case channelMissing(s):
		return f.say("channel.choose.do"), control.Primary, f.chooseChannel
	case s.OBS.Link == state.LinkPassword:
		return f.say("action.obs_password"), control.Primary, f.askOBSPassword
	case s.OBS.Link == state.LinkKicked:
		return f.say("action.obs_retry"), control.Primary, f.engine.RetryOBS
	case s.OBS.Link != state.LinkUp || s.Account.SignedIn != state.SignedIn:
		return f.say("setup"), control.Primary, nil
	case s.OBS.Matches != state.MatchYes && s.Account.Has.Ingest:
		return f.say("setup"), control.Primary, f.setUp
	}
	return f.say("start"), control.Primary, f.start
}

// setUp points OBS at the account.
func (f *face) setUp() {
	var result app.SetUpResult
	f.run(patienceCall, func(ctx context.Context) (err error) {
		result, err = f.engine.SetUp(ctx, nil)
		return err
	}, func(err error) {
		switch {
		case noKey(err):
			f.askIngest(f.setUp)
		case err != nil:
			f.fail(err)
		case result.Kept:
			f.layer.Toast(layer.Toast{
				Tone: paint.ToneGood, Text: f.say("setup.done_kept"),
				Action: f.say("setup.undo"), OnAction: f.restore,
			})
		default:
			f.good(f.say("setup.done"))
		}
	})
}

// restore puts OBS's earlier stream settings back.
func (f *face) restore() {
	f.act(patienceCall, func(ctx context.Context) error { return f.engine.Restore(ctx, false, nil) }, f.say("restore.done"))
}

// start goes live. Changes that have not been sent are asked about first.
func (f *face) start() {
	n := changes(f.state.Broadcast.Draft)
	if n == 0 {
		f.goLive(false)
		return
	}
	choices := []choice{{f.say("start.without"), control.Plain, func() { f.goLive(false) }}}
	if len(f.state.Broadcast.Problems) == 0 {
		choices = append(choices, choice{f.say("start.with"), control.Primary, func() { f.goLive(true) }})
	}
	f.ask(f.count("start.unsent", n), f.say("start.unsent.more"), choices...)
}

func (f *face) goLive(apply bool) {
	f.shell.home.ready.checks.asking.drop() // going live makes the checks itself
	f.run(patienceStream, func(ctx context.Context) error {
		if apply {
			if err := f.engine.Apply(ctx, nil); err != nil {
				return err
			}
		}
		return f.engine.Start(ctx, app.GoLive{}, nil)
	}, f.wentLive)
}

// wentLive tells how going live came out. What the checks found in the way is
// shown, and may be gone past by whoever knows better.
func (f *face) wentLive(err error) {
	var blocked *state.PreflightError
	switch {
	case err == nil:
		f.good(f.say("start.done"))
	case noKey(err):
		f.askIngest(f.start)
	case errors.As(err, &blocked):
		f.showBlocked(blocked)
	default:
		f.fail(err)
	}
}

func (f *face) showBlocked(blocked *state.PreflightError) {
	list := status.NewChecklist(f.opt.Clock)
	rows := make([]status.CheckRow, len(blocked.Checks))
	for i, c := range blocked.Checks {
		x := f.words.ExplainCheck(c)
		rows[i] = status.CheckRow{State: checkStates[c.State], Title: x.What, Detail: join(x.Why, x.Said, x.Do)}
	}
	list.SetRows(rows...)
	anyway := control.NewButton(f.say("start.anyway"), nil, control.Plain, func() {
		f.closeSheet()
		f.run(patienceStream, func(ctx context.Context) error {
			return f.engine.Start(ctx, app.GoLive{Anyway: true, Checked: true}, nil)
		}, f.wentLive)
	})
	f.openSheet(column(gap, f.heading(f.count("start.blocked", len(rows))), list,
		trailing(anyway, control.NewButton(f.say("start.mend"), nil, control.Primary, func() { f.closeSheet() }))), nil, nil)
}

// stop ends the broadcast, after asking in words that say what happens.
func (f *face) stop() {
	f.ask(f.say("stop.ask"), f.say("stop.ask.more", words.Args{"Platform": f.state.Account.PlatformName}),
		choice{f.say("stop.no"), control.Plain, nil},
		choice{f.say("stop"), control.Danger, func() {
			f.act(patienceStream, func(ctx context.Context) error { return f.engine.Stop(ctx, nil) }, f.say("stop.done"))
		}})
}
