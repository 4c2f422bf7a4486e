package broadcast

import (
	"context"

	"fyne.io/fyne/v2"

	"cuelight/app"
	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/look"
	"cuelight/app/state"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
	"cuelight/widgets/label"
	"cuelight/widgets/paint"
	"cuelight/widgets/surface"
)

// keyCard is the stream key: hidden, shown while held, copied for half a minute,
// and replaced. It is asked for when the screen is opened and forgotten when it
// is left.
type keyCard struct {
	ui      *kit.UI
	engine  Engine
	card    *surface.Card
	pane    *kit.Pane
	request kit.LatestRequest
	ingest  providers.Ingest
	known   bool
	err     error

	server *label.Line
	key    *input.SecretField
	reset  *control.Button
	// creator changes whose key it is, where several people may broadcast.
	creator *fyne.Container
	queued  *kit.Message
}

func newKeyCard(ui *kit.UI, engine Engine) *keyCard {
	k := &keyCard{ui: ui, engine: engine, request: kit.NewRequest(ui), queued: kit.NewMessage()}
	k.server = label.NewFillingLine("", label.Style{})
	k.key = input.NewSecretField(input.SecretWords{
		Label: ui.Text("key"), Hold: ui.Text("key.hold"), Copy: ui.Text("copy"), Absent: ui.Text("key.none"),
	}, func() string { return k.ingest.Key.Reveal() }, ui.Clipboard(), ui.Clock())
	k.key.OnCopied = func() { ui.ShowSuccess(ui.Text("key.copied")) }
	k.reset = control.NewButton(ui.Text("key.reset"), look.IconRefresh.Resource(), control.Quiet, k.confirmReset)
	k.creator = kit.Left(control.NewButton(ui.Text("creator.change"), nil, control.LinkLike, func() { ui.Actions.AskCreator(k.reload) }))
	k.creator.Hide()
	server := kit.Row(kit.GapSmall, kit.Stretch(k.server), k.server,
		control.NewIconButton(look.IconCopy.Resource(), ui.Text("copy"), func() { ui.CopyText(k.ingest.Server) }))
	form := kit.Column(12, kit.Column(4, label.NewLine(ui.Text("key.server"), label.Caption()), server), k.key,
		label.NewParagraph(ui.Text("key.more"), label.Caption()), k.queued.Object, k.creator, kit.Left(k.reset))
	k.pane = kit.NewPane(ui, form, kit.NewFieldSkeleton(24, 42), false)
	k.card = surface.NewCard(ui.Text("key.title"), "", k.pane.Object)
	return k
}

func (k *keyCard) update(s state.State) {
	ui := k.ui
	k.card.Hidden = !s.Account.Has.Ingest || kit.ChannelMissing(s) || s.Account.SignedIn == state.SignedOut || s.Account.SignedIn == state.SigningIn
	k.reset.Hidden, k.creator.Hidden = !s.Account.Has.KeyReset, !s.Account.Has.Creators
	if k.card.Hidden {
		return
	}
	if !k.known && k.err == nil && !k.request.Running() && s.Account.SignedIn == state.SignedIn {
		k.reload()
	}
	queued := ""
	if s.OBS.WriteQueued {
		queued = ui.Text("key.waits")
	}
	k.queued.Set(paint.ToneWarn, queued)
	running := s.Tasks[state.TaskResetKey].Running
	kit.Enable(k.reset, !running)
	text := ui.Text("key.reset")
	if running {
		text = ui.Text("key.reset.running")
	}
	k.reset.Set(text, control.Quiet)
	switch {
	case k.known:
		k.pane.ShowContent()
	case kit.KeyNotGiven(k.err):
		x := ui.Explain(k.err)
		k.pane.ShowEmpty(look.IconKey, x.What, kit.JoinSentences(x.Why, x.Do), ui.Text("ingest.ask"), func() { ui.Actions.AskIngest(k.reload) })
	case kit.CreatorNotChosen(k.err):
		x := ui.Explain(k.err)
		k.pane.ShowEmpty(look.IconKey, x.What, kit.JoinSentences(x.Why, x.Do), ui.Text("creator.choose"), func() { ui.Actions.AskCreator(k.reload) })
	case k.err != nil:
		k.pane.ShowError(k.err, k.reload)
	default:
		k.pane.ShowLoading()
	}
}

// reload asks for server and key.
func (k *keyCard) reload() {
	ui := k.ui
	k.err = nil
	kit.Send(&k.request, kit.CallTimeout, func(ctx context.Context) (providers.Ingest, error) {
		return k.engine.Ingest(ctx)
	}, func(ingest providers.Ingest, err error) {
		k.err = err
		if err == nil {
			k.show(ingest)
		}
		ui.Render()
	})
}

func (k *keyCard) show(ingest providers.Ingest) {
	k.ingest, k.known = ingest, true
	k.server.SetText(ingest.DisplayServer())
	k.key.Refresh()
}

// leave forgets the key.
func (k *keyCard) leave() {
	k.request.Cancel()
	k.ingest, k.known, k.err = providers.Ingest{}, false, nil
	k.key.Refresh()
}

// confirmReset says what a reset would do now before it is done.
func (k *keyCard) confirmReset() {
	ui := k.ui
	effect := state.KeyResetMeans(ui.State())
	ui.Confirm(ui.Text("key.reset.ask"), kit.JoinSentences(ui.Words().Say("key.reset."+effect), ui.Text("key.reset.more")),
		kit.Choice{Text: ui.Text("cancel"), Kind: control.Plain, Then: nil},
		kit.Choice{Text: ui.Text("key.reset.do." + effect), Kind: control.Danger, Then: k.renew})
}

func (k *keyCard) renew() {
	ui := k.ui
	var result app.KeyReset
	ui.Run(kit.StreamTimeout, func(ctx context.Context) (err error) {
		result, err = k.engine.ResetKey(ctx, nil)
		return err
	}, func(err error) {
		if err != nil {
			ui.ShowError(err)
			return
		}
		if k.known {
			k.show(providers.Ingest{Server: k.ingest.Server, Key: result.Key})
		}
		said := "key.reset.only"
		switch {
		case result.Written:
			said = "key.reset.written"
		case ui.Latest().OBS.WriteQueued:
			said = "key.reset.waits"
		}
		ui.ShowSuccess(ui.Text(said))
		ui.Render()
	})
}
