package home

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit"
	"cuelight/app/destination"
	"cuelight/app/words"
	"cuelight/internal/text"
	"cuelight/widgets/control"
)

// Restore puts OBS's earlier stream settings back. Where OBS was set to something
// else since, nothing is written before the user has said so.
func (b *Broadcaster) Restore() { b.restore(destination.Origin{}, false) }

func (b *Broadcaster) restore(origin destination.Origin, overwrite bool) {
	ui := b.ui
	ui.Run(kit.CallTimeout, func(ctx context.Context) error { return b.engine.RestoreFrom(ctx, origin, overwrite, nil) }, func(err error) {
		var changed *destination.ChangedError
		var moved *destination.MovedError
		switch {
		case errors.As(err, &changed):
			b.askOverwrite(origin, changed)
		case errors.As(err, &moved):
			b.askOrigin(moved.Origins)
		case err != nil:
			ui.ShowError(err)
		default:
			ui.ShowSuccess(ui.Text("restore.done"))
		}
	})
}

// askOverwrite shows where OBS sends now and where it would send after, never a key.
func (b *Broadcaster) askOverwrite(origin destination.Origin, changed *destination.ChangedError) {
	ui, place := b.ui, b.place
	ui.ConfirmWith(ui.Text("restore.ask"), ui.Text("restore.ask.more"),
		kit.Column(6,
			kit.Paragraph(ui.Text("restore.ask.now", words.Args{"Place": place(changed.Place())})),
			kit.Paragraph(ui.Text("restore.ask.earlier", words.Args{"Place": place(changed.Earlier)}))),
		kit.Choice{Text: ui.Text("restore.no"), Kind: control.Plain, Then: nil},
		kit.Choice{Text: ui.Text("restore.over"), Kind: control.Danger, Then: func() { b.restore(origin, true) }})
}

func (b *Broadcaster) place(of string) string {
	return kit.Either(of != "", of, b.ui.Text("restore.nowhere"))
}

// originsOffered bounds the places that are offered, and originLength the name of one,
// in characters: as many as fit into the smallest window.
const originsOffered, originLength = 5, 40

// askOrigin lets the user say which of the places that earlier settings are kept of
// the profile in use was.
func (b *Broadcaster) askOrigin(origins []destination.Origin) {
	ui := b.ui
	var offered []fyne.CanvasObject
	for _, o := range origins[:min(len(origins), originsOffered)] {
		args := words.Args{"Profile": text.Shorten(o.Profile, originLength), "OBS": o.OBS, "Place": text.Shorten(b.place(o.Earlier), originLength)}
		key := kit.Either(o.OBS == origins[0].OBS, "restore.moved.profile", "restore.moved.profile.obs")
		choose := control.NewButton(ui.Text(key, args), nil, control.Plain, func() {
			ui.CloseSheet()
			b.restore(o, false)
		})
		choose.HoldOff(ui.Clock())
		offered = append(offered, choose)
	}
	ui.ConfirmWith(ui.Text("restore.moved"), ui.Text("restore.moved.more"), kit.Column(8, offered...),
		kit.Choice{Text: ui.Text("cancel"), Kind: control.Plain, Then: nil})
}
