package home

import (
	"cmp"
	"context"
	"errors"

	"cuelight/app"
	"cuelight/app/config"
	"cuelight/app/desktop/kit"
	"cuelight/app/destination"
	"cuelight/app/state"
	"cuelight/app/task"
	"cuelight/app/words"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/layer"
	"cuelight/widgets/paint"
	"cuelight/widgets/status"
)

// Engine is what the screen needs of the core. What takes no context is quick; it
// may be called on the window's goroutine.
type Engine interface {
	Draft(change providers.Patch)
	Discard()
	kit.Settler
	Apply(ctx context.Context, tell task.Progress) error
	Preflight(ctx context.Context) []state.Preflight
	KeepIngest(ctx context.Context, ingest providers.Ingest) error
	SetUp(ctx context.Context, tell task.Progress) (app.SetUpResult, error)
	Start(ctx context.Context, how app.GoLive, tell task.Progress) error
	Stop(ctx context.Context, tell task.Progress) error
	RestoreFrom(ctx context.Context, origin destination.Origin, overwrite bool, tell task.Progress) error
	Configure(change func(*config.Config))
	// RetryOBS tries to reach OBS at once.
	RetryOBS()
}

// Broadcaster does what leads to being on air and ends it, with the questions that
// belong to it. The big button, the checklist, the tray and the keyboard all go
// through it.
type Broadcaster struct {
	ui     *kit.UI
	engine Engine
	checks *precheck
	// withdraw takes the message about fields changed elsewhere back; nil while there
	// is none.
	withdraw func()
	// editTitle leads to the title of the broadcast.
	editTitle func()
}

func newBroadcaster(ui *kit.UI, engine Engine, editTitle func()) *Broadcaster {
	return &Broadcaster{ui: ui, engine: engine, checks: newPrecheck(ui, engine), editTitle: editTitle}
}

// ApplyDraft sends the draft, a moment after the press: some input methods put the
// last syllable into the field only then.
func (b *Broadcaster) ApplyDraft() {
	ui := b.ui
	ui.Clock().After(kit.InputDelay, func() {
		now := ui.Latest().Broadcast
		if now.Draft.Empty() || len(now.Problems) > 0 {
			return
		}
		ui.Run(kit.CallTimeout, func(ctx context.Context) error { return b.engine.Apply(ctx, nil) }, func(err error) {
			b.withdrawConflicts()
			switch {
			case kit.ChangedElsewhere(err):
				b.showConflicts()
			case err != nil:
				ui.ShowError(err)
			default:
				ui.ShowSuccess(ui.Text("applied"))
			}
		})
	})
}

// showConflicts tells that nothing was sent, and leads to where the user chooses
// between the values.
func (b *Broadcaster) showConflicts() {
	ui := b.ui
	screen := kit.ScreenHome
	for id := range kit.Conflicting(ui.Latest().Broadcast) {
		if !onHome(id) {
			screen = kit.ScreenBroadcast
		}
	}
	b.withdrawConflicts()
	b.withdraw = ui.Toast(layer.Toast{
		Tone: paint.ToneWarn, Text: ui.Text("conflict.unsent"),
		Action: ui.Text("conflict.show"), OnAction: func() { ui.Actions.Open(screen) },
	})
}

// withdrawConflicts takes that message back, once it is true no more.
func (b *Broadcaster) withdrawConflicts() {
	if b.withdraw != nil {
		b.withdraw()
		b.withdraw = nil
	}
}

// onHome reports whether the home screen shows a field.
func onHome(id providers.FieldID) bool {
	return id == providers.FieldTitle || id == providers.FieldCategory || id == providers.FieldHashtags
}

// WatchURL is where the broadcast on air can be watched; empty where it is not
// on air, or the platform does not tell.
func WatchURL(s state.State) string {
	if !s.Live.Known || !s.Live.OnAir {
		return ""
	}
	return s.Live.WatchURL
}

// Step is what the big button does now.
type Step struct {
	// ID tells steps apart, also where they say the same.
	ID   string
	Text string
	Kind control.Kind
	// Press is nil where there is nothing to do but wait.
	Press func()
}

// NextStep is what the big button does now.
func (b *Broadcaster) NextStep(s state.State) Step {
	ui := b.ui
	running := func(t state.Task) bool { return s.Tasks[t].Running }
	step := func(key string, press func()) Step {
		return Step{ID: key, Text: ui.Text(key), Kind: control.Primary, Press: press}
	}
	switch {
	case running(state.TaskStop) || s.OBS.Stream == state.StreamStopping:
		return Step{ID: "stop.running", Text: ui.Text("stop.running"), Kind: control.OutlineDanger}
	case s.OBS.Stream.Running():
		return Step{ID: "stop", Text: ui.Text("stop"), Kind: control.OutlineDanger, Press: b.Stop}
	case !s.OBS.LostOnAir.IsZero():
		return step("alarm.waiting", nil)
	case running(state.TaskStart):
		return step("start.running", nil)
	case running(state.TaskSetUp):
		return step("setup.running", nil)
	case running(state.TaskRestore):
		return step("restore.running", nil)
	case s.Account.Name == "":
		return step("action.add_account", ui.Actions.AddAccount)
	case s.Account.SignedIn == state.SignedOut:
		return step("action.sign_in", ui.Actions.SignIn)
	case kit.ChannelMissing(s):
		return step("channel.choose.do", ui.Actions.ChooseChannel)
	case s.OBS.Link == state.LinkPassword:
		return step("action.obs_password", ui.Actions.AskOBSPassword)
	case s.OBS.Link == state.LinkUnprotected:
		return step("action.obs_unprotected", ui.Actions.AskUnprotected)
	case s.OBS.Link == state.LinkKicked:
		return step("action.obs_retry", b.engine.RetryOBS)
	case s.OBS.Link != state.LinkUp || s.Account.SignedIn != state.SignedIn:
		return Step{Text: ui.Text("setup"), Kind: control.Primary}
	case s.OBS.Matches != state.MatchYes && s.Account.Has.Ingest:
		return step("setup", b.SetUp)
	}
	return step("start", b.GoLive)
}

// SetUp points OBS at the account.
func (b *Broadcaster) SetUp() {
	ui := b.ui
	var result app.SetUpResult
	ui.Run(kit.CallTimeout, func(ctx context.Context) (err error) {
		result, err = b.engine.SetUp(ctx, nil)
		return err
	}, func(err error) {
		switch {
		case kit.KeyNotGiven(err):
			b.AskIngest(b.SetUp)
		case kit.CreatorNotChosen(err):
			ui.Actions.AskCreator(b.SetUp)
		case err != nil:
			ui.ShowError(err)
		case result.Kept:
			ui.Toast(layer.Toast{
				Tone: paint.ToneGood, Text: kit.JoinSentences(ui.Text("setup.done_kept"), b.whose(result)),
				Action: ui.Text("setup.undo"), OnAction: b.Restore,
			})
		default:
			ui.ShowSuccess(kit.JoinSentences(ui.Text("setup.done"), b.whose(result)))
		}
	})
}

// whose says whose stream key OBS holds now.
func (b *Broadcaster) whose(done app.SetUpResult) string {
	account := b.ui.State().Account
	return b.ui.Words().Say("setup.whose", words.Args{
		"Platform": b.ui.Platform(account), "Who": cmp.Or(done.User.String(), account.Name),
	})
}

// GoLive goes live. Changes that have not been sent are asked about first.
func (b *Broadcaster) GoLive() {
	ui := b.ui
	n := kit.ChangeCount(ui.State().Broadcast.Draft)
	if n == 0 {
		b.send(false)
		return
	}
	choices := []kit.Choice{
		{Text: ui.Text("cancel"), Kind: control.Plain, Then: nil},
		{Text: ui.Text("start.without"), Kind: control.Plain, Then: func() { b.send(false) }},
	}
	if len(ui.State().Broadcast.Problems) == 0 {
		choices = append(choices, kit.Choice{Text: ui.Text("start.with"), Kind: control.Primary, Then: func() { b.send(true) }})
	}
	ui.Confirm(ui.Count("start.unsent", n), ui.Text("start.unsent.more"), choices...)
}

func (b *Broadcaster) send(apply bool) {
	ui := b.ui
	b.checks.request.Cancel() // going live makes the checks itself
	ui.Run(kit.StreamTimeout, func(ctx context.Context) error {
		if apply {
			if err := b.engine.Apply(ctx, nil); err != nil {
				return err
			}
		}
		return b.engine.Start(ctx, app.GoLive{Ask: true}, nil)
	}, b.report)
}

// start goes live after the checks were shown.
func (b *Broadcaster) start(how app.GoLive) {
	b.ui.Run(kit.StreamTimeout, func(ctx context.Context) error { return b.engine.Start(ctx, how, nil) }, b.report)
}

// report tells how going live came out. Checks that stand in the way are shown, and
// can be overridden.
func (b *Broadcaster) report(err error) {
	ui := b.ui
	var blocked *state.PreflightError
	var warned *state.WarnedError
	switch {
	case err == nil:
		ui.ShowSuccess(ui.Text("start.done"))
	case kit.KeyNotGiven(err):
		b.AskIngest(b.GoLive)
	case kit.CreatorNotChosen(err):
		ui.Actions.AskCreator(b.GoLive)
	case kit.ChangedElsewhere(err):
		b.showConflicts()
	case errors.As(err, &blocked):
		b.showBlocked(blocked)
	case errors.As(err, &warned):
		b.askWarned(warned.Checks)
	default:
		ui.ShowError(err)
	}
}

func (b *Broadcaster) showBlocked(blocked *state.PreflightError) {
	ui := b.ui
	list := status.NewChecklist(ui.Clock())
	rows := make([]status.CheckRow, len(blocked.Checks))
	for i, c := range blocked.Checks {
		rows[i] = preflightRow(ui, c)
	}
	list.SetRows(rows...)
	ui.ConfirmWith(ui.Count("start.blocked", len(rows)), "", list,
		kit.Choice{Text: ui.Text("start.anyway"), Kind: control.Plain, Then: func() { b.start(app.GoLive{Anyway: true, Checked: true}) }},
		kit.Choice{Text: ui.Text("start.mend"), Kind: control.Primary, Then: nil})
}
