package home

import (
	"context"
	"strings"

	"cuelight/app/desktop/kit"
	"cuelight/internal/secret"
	"cuelight/internal/text"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
	"cuelight/widgets/paint"
)

// AskIngest asks for server and stream key of the channel, once; then goes on with
// what they are needed for.
func (b *Broadcaster) AskIngest(then func()) {
	ui := b.ui
	server := input.NewTextField(ui.Text("ingest.server"), "rtmp://", 0, nil, ui.Clock())
	server.SetHint(ui.Text("ingest.server.hint"))
	key := input.NewConcealedField(ui.Text("ingest.key"), ui.Clock())
	key.SetHint(ui.Text("ingest.key.hint"))
	failure := kit.NewMessage()
	var keep *control.Button
	send := func() {
		ingest := providers.Ingest{Server: text.Trim(server.Text()), Key: secret.New(text.Trim(key.Text()))}
		key.SetProblem("")
		server.SetProblem("")
		switch {
		case !isRTMP(ingest.Server):
			server.SetProblem(ui.Text("ingest.server.wrong"))
		case ingest.Key.Empty():
			key.SetProblem(ui.Text("ingest.key.empty"))
		default:
			keep.Disable()
			ui.Run(kit.CallTimeout, func(ctx context.Context) error { return b.engine.KeepIngest(ctx, ingest) }, func(err error) {
				keep.Enable()
				if err != nil {
					failure.Set(paint.ToneBad, ui.Explain(err).Line())
					ui.ResizeSheet()
					return
				}
				ui.CloseSheet()
				then()
			})
		}
		ui.ResizeSheet()
	}
	keep = control.NewButton(ui.Text("ingest.do"), nil, control.Primary, func() { ui.Clock().After(kit.InputDelay, send) })
	kit.EnterPresses(keep, server, key)
	ui.OpenSheet(kit.Column(kit.Gap, kit.Heading(ui.Text("ingest.title")), kit.Paragraph(ui.Text("ingest.more", kit.Arg("Platform", ui.Platform(ui.State().Account)))),
		server, key, failure.Object,
		kit.Trailing(control.NewButton(ui.Text("cancel"), nil, control.Plain, func() { ui.CloseSheet() }), keep)),
		nil, func() { key.SetText("") })
	server.Focus()
}

// isRTMP reports whether an address is of RTMP, as far as its beginning tells.
func isRTMP(address string) bool {
	scheme, _, ok := strings.Cut(address, "://")
	return ok && (strings.EqualFold(scheme, "rtmp") || strings.EqualFold(scheme, "rtmps"))
}
