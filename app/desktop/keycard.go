package desktop

import (
	"context"

	"cuelight/app"
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
	face   *face
	card   *surface.Card
	pane   *pane
	asking asking
	ingest providers.Ingest
	known  bool
	err    error

	server *label.Line
	key    *input.SecretField
	reset  *control.Button
	waits  *inset
}

func newKeyCard(f *face) *keyCard {
	k := &keyCard{face: f, asking: asking{face: f}, waits: newInset()}
	k.server = label.NewFillingLine("", label.Style{})
	k.key = input.NewSecretField(input.SecretWords{
		Label: f.say("key"), Hold: f.say("key.hold"), Copy: f.say("copy"), Absent: f.say("key.none"),
	}, func() string { return k.ingest.Key.Reveal() }, f.app.Clipboard(), f.opt.Clock)
	k.key.OnCopied = func() { f.good(f.say("key.copied")) }
	k.reset = control.NewButton(f.say("key.reset"), look.IconRefresh.Resource(), control.Quiet, k.ask)
	server := row(gapSmall, only(k.server), k.server,
		control.NewIconButton(look.IconCopy.Resource(), f.say("copy"), func() { f.copyText(k.server.Text()) }))
	form := column(12, column(4, label.NewLine(f.say("key.server"), label.Caption()), server), k.key,
		label.NewParagraph(f.say("key.more"), label.Caption()), k.waits.object, left(k.reset))
	k.pane = newPane(f, form, newSkeleton(24, 42), false)
	k.card = surface.NewCard(f.say("key.title"), "", k.pane.object)
	return k
}

func (k *keyCard) update(s state.State) {
	f := k.face
	k.card.Hidden = !s.Account.Has.Ingest || channelMissing(s) || s.Account.SignedIn == state.SignedOut || s.Account.SignedIn == state.SigningIn
	k.reset.Hidden = !s.Account.Has.KeyReset
	if k.card.Hidden {
		return
	}
	if !k.known && k.err == nil && !k.asking.running() && s.Account.SignedIn == state.SignedIn {
		k.again()
	}
	waits := ""
	if s.OBS.WriteQueued {
		waits = f.say("key.waits")
	}
	k.waits.set(paint.ToneWarn, waits)
	running := s.Tasks[state.TaskResetKey].Running
	enable(k.reset, !running)
	text := f.say("key.reset")
	if running {
		text = f.say("key.reset.running")
	}
	k.reset.Set(text, control.Quiet)
	switch {
	case k.known:
		k.pane.show()
	case noKey(k.err):
		x := f.explain(k.err)
		k.pane.say(look.IconKey, x.What, join(x.Why, x.Do), f.say("ingest.ask"), func() { f.askIngest(k.again) })
	case k.err != nil:
		k.pane.fail(k.err, k.again)
	default:
		k.pane.wait()
	}
}

// again asks for server and key.
func (k *keyCard) again() {
	f := k.face
	k.err = nil
	question(&k.asking, patienceCall, func(ctx context.Context) (providers.Ingest, error) {
		return f.engine.Ingest(ctx)
	}, func(ingest providers.Ingest, err error) {
		k.err = err
		if err == nil {
			k.take(ingest)
		}
		f.render()
	})
}

func (k *keyCard) take(ingest providers.Ingest) {
	k.ingest, k.known = ingest, true
	k.server.SetText(ingest.Server)
	k.key.Refresh()
}

// leave forgets the key.
func (k *keyCard) leave() {
	k.asking.drop()
	k.ingest, k.known, k.err = providers.Ingest{}, false, nil
	k.key.Refresh()
}

// ask says what a reset would do now before it is done.
func (k *keyCard) ask() {
	f := k.face
	means := app.KeyResetMeans(f.state)
	f.ask(f.say("key.reset.ask"), join(f.words.Say("key.reset."+means), f.say("key.reset.more")),
		choice{f.say("cancel"), control.Plain, nil},
		choice{f.say("key.reset.do." + means), control.Danger, k.renew})
}

func (k *keyCard) renew() {
	f := k.face
	var result app.KeyReset
	f.run(patienceStream, func(ctx context.Context) (err error) {
		result, err = f.engine.ResetKey(ctx, nil)
		return err
	}, func(err error) {
		if err != nil {
			f.fail(err)
			return
		}
		if k.known {
			k.take(providers.Ingest{Server: k.ingest.Server, Key: result.Key})
		}
		said := "key.reset.only"
		switch {
		case result.Written:
			said = "key.reset.written"
		case f.engine.State().OBS.WriteQueued:
			said = "key.reset.waits"
		}
		f.good(f.say(said))
		f.render()
	})
}
