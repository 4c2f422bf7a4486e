package overlays

import (
	"context"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/look"
	"cuelight/app/features"
	"cuelight/app/words"
	"cuelight/internal/secret"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
	"cuelight/widgets/paint"
	"cuelight/widgets/surface"
)

// overlayCard is one overlay: its address, hidden like a password, and the buttons to
// preview and add it.
type overlayCard struct {
	screen  *Overlays
	kind    string
	card    *surface.Card
	pane    *kit.Pane
	request kit.LatestRequest
	// address is held while the screen is seen.
	address secret.Text

	field   *input.SecretField
	preview *control.Button
	add     *control.Button
	result  *kit.Message
	adding  kit.LatestRequest
}

func newOverlayCard(o *Overlays, kind string) *overlayCard {
	ui := o.ui
	c := &overlayCard{screen: o, kind: kind, request: kit.NewRequest(ui), adding: kit.NewRequest(ui), result: kit.NewMessage()}
	c.field = input.NewSecretField(input.SecretWords{
		Label: ui.Text("overlays.address"), Hold: ui.Text("key.hold"), Copy: ui.Text("copy"), Absent: ui.Text("overlays.none"),
	}, func() string { return c.address.Reveal() }, ui.Clipboard(), ui.Clock())
	c.field.OnCopied = func() { ui.ShowSuccess(ui.Text("overlays.copied")) }
	c.preview = control.NewButton(ui.Text("overlays.preview"), look.IconLink.Resource(), control.Plain, func() {
		if !c.address.Empty() {
			ui.Browse(c.address.Reveal())
		}
	})
	c.add = control.NewButton(ui.Text("overlays.add"), nil, control.Primary, c.place)
	c.pane = kit.NewPane(ui, kit.Column(12, c.field, c.result.Object, kit.Row(10, nil, c.add, c.preview)), kit.NewFieldSkeleton(42), false)
	c.card = surface.NewCard(ui.Text("overlays."+kind), ui.Text("overlays."+kind+".note"), c.pane.Object)
	return c
}

func (c *overlayCard) update() {
	ui := c.screen.ui
	busy := c.adding.Running()
	kit.Enable(c.add, c.screen.linked && !busy && !c.address.Empty())
	c.add.Set(kit.Either(busy, ui.Text("overlays.adding"), ui.Text("overlays.add")), control.Primary)
}

// ask asks for the overlay's address.
func (c *overlayCard) ask() {
	kind, device := c.kind, c.screen.device.Chosen()
	c.forget()
	c.pane.ShowLoading()
	kit.Send(&c.request, kit.CallTimeout, func(ctx context.Context) (secret.Text, error) {
		return c.screen.engine.Overlay(ctx, kind, device)
	}, func(address secret.Text, err error) {
		if err != nil {
			c.pane.ShowError(err, c.ask)
		} else {
			c.address = address
			c.field.Refresh()
			c.pane.ShowContent()
		}
		c.update()
		c.screen.object.Refresh()
	})
}

func (c *overlayCard) forget() {
	c.request.Cancel()
	c.address = secret.Text{}
	c.field.Refresh()
	c.result.Set(paint.ToneNeutral, "")
}

// place puts the overlay into the scene chosen, or updates the one there. It
// goes on when the screen is left: OBS may have taken half of it.
func (c *overlayCard) place() {
	ui, kind, device := c.screen.ui, c.kind, c.screen.device.Chosen()
	scene := c.screen.scene.Picked().ID
	source := ui.Words().Say("overlay.source."+kind, words.Args{"Platform": ui.Platform(ui.State().Account)})
	kit.Send(&c.adding, kit.StreamTimeout, func(ctx context.Context) (features.OverlayPlaced, error) {
		return c.screen.engine.AddOverlay(ctx, kind, device, scene, source, nil)
	}, func(placed features.OverlayPlaced, err error) {
		where := words.Args{"Source": placed.Source, "Scene": scene}
		switch {
		case err != nil:
			c.result.Set(paint.ToneBad, ui.Explain(err).Line())
		case placed.Added && scene == "":
			c.result.Set(paint.ToneGood, ui.Text("overlays.added.current", where))
		case placed.Added:
			c.result.Set(paint.ToneGood, ui.Text("overlays.added", where))
		default:
			c.result.Set(paint.ToneGood, ui.Text("overlays.updated", where))
		}
		c.update()
		c.screen.object.Refresh()
	})
	c.result.Set(paint.ToneNeutral, "")
	c.update()
	c.screen.object.Refresh()
}
