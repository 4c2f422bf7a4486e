package desktop

import (
	"context"
	"errors"
	"strings"

	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
	"cuelight/widgets/paint"
	"cuelight/widgets/status"
)

// channelOf is the channel or room worked on; empty where none is chosen or
// the platform has none.
func channelOf(s state.State) string {
	for _, account := range s.Accounts {
		if account.Name == s.Account.Name {
			return account.Channel
		}
	}
	return ""
}

// channelMissing: the platform has several channels or rooms in one account,
// and none is chosen yet.
func channelMissing(s state.State) bool {
	return s.Account.SignedIn == state.SignedIn && s.Account.Has.Channels && channelOf(s) == ""
}

// chooseChannel leads to where a channel or room is chosen.
func (f *face) chooseChannel() { f.shell.open("channels") }

// channelRow asks for a channel.
func (f *face) channelRow() status.CheckRow {
	return status.CheckRow{
		State: status.CheckWarn, Title: f.say("channel.choose"), Detail: f.say("channel.choose.more"),
		Action: f.say("channel.choose.do"), OnAction: f.chooseChannel,
	}
}

// noKey tells whether a failure means that the platform does not give the
// stream key, so that the user has to bring it once.
func noKey(err error) bool {
	var platform *providers.Error
	return errors.As(err, &platform) && platform.Reason == "channel.no_key"
}

// askIngest asks for server and stream key of the channel, once; then does what
// was to be done.
func (f *face) askIngest(then func()) {
	server := input.NewTextField(f.say("ingest.server"), "rtmp://", 0, nil, f.opt.Clock)
	server.SetHint(f.say("ingest.server.hint"))
	key := input.NewConcealedField(f.say("ingest.key"), f.opt.Clock)
	key.SetHint(f.say("ingest.key.hint"))
	failure := newInset()
	var keep *control.Button
	send := func() {
		ingest := providers.Ingest{Server: strings.TrimSpace(server.Text()), Key: secret.New(strings.TrimSpace(key.Text()))}
		key.SetProblem("")
		server.SetProblem("")
		switch {
		case !strings.HasPrefix(ingest.Server, "rtmp://") && !strings.HasPrefix(ingest.Server, "rtmps://"):
			server.SetProblem(f.say("ingest.server.wrong"))
		case ingest.Key.Empty():
			key.SetProblem(f.say("ingest.key.empty"))
		default:
			keep.Disable()
			f.run(patienceCall, func(ctx context.Context) error { return f.engine.KeepIngest(ctx, ingest) }, func(err error) {
				keep.Enable()
				if err != nil {
					failure.set(paint.ToneBad, f.explain(err).Line())
					f.grown()
					return
				}
				f.closeSheet()
				then()
			})
		}
		f.grown()
	}
	keep = control.NewButton(f.say("ingest.do"), nil, control.Primary, func() { f.opt.Clock.After(settle, send) })
	f.openSheet(column(gap, f.heading(f.say("ingest.title")), f.paragraph(f.say("ingest.more", args("Platform", f.state.Account.PlatformName))),
		server, key, failure.object,
		trailing(control.NewButton(f.say("cancel"), nil, control.Plain, func() { f.closeSheet() }), keep)),
		nil, func() { key.SetText("") })
	server.Focus()
}
