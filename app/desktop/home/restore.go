package home

import (
	"context"
	"errors"

	"cuelight/app/desktop/kit"
	"cuelight/app/destination"
	"cuelight/app/words"
	"cuelight/widgets/control"
)

// Restore puts OBS's earlier stream settings back. Where OBS was set to something
// else since, nothing is written before the user has said so.
func (b *Broadcaster) Restore() { b.restore(false) }

func (b *Broadcaster) restore(overwrite bool) {
	ui := b.ui
	ui.Run(kit.CallTimeout, func(ctx context.Context) error { return b.engine.Restore(ctx, overwrite, nil) }, func(err error) {
		var changed *destination.ChangedError
		switch {
		case errors.As(err, &changed):
			b.askOverwrite(changed)
		case err != nil:
			ui.ShowError(err)
		default:
			ui.ShowSuccess(ui.Text("restore.done"))
		}
	})
}

// askOverwrite shows where OBS sends now and where it would send after, never a key.
func (b *Broadcaster) askOverwrite(changed *destination.ChangedError) {
	ui := b.ui
	place := func(of string) string { return kit.Either(of != "", of, ui.Text("restore.nowhere")) }
	ui.ConfirmWith(ui.Text("restore.ask"), ui.Text("restore.ask.more"),
		kit.Column(6,
			kit.Paragraph(ui.Text("restore.ask.now", words.Args{"Place": place(changed.Place())})),
			kit.Paragraph(ui.Text("restore.ask.earlier", words.Args{"Place": place(changed.Earlier)}))),
		kit.Choice{Text: ui.Text("restore.no"), Kind: control.Plain, Then: nil},
		kit.Choice{Text: ui.Text("restore.over"), Kind: control.Danger, Then: func() { b.restore(true) }})
}
