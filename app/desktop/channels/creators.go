package channels

import (
	"context"

	"cuelight/app/desktop/kit"
	"cuelight/providers"
	"cuelight/widgets/control"
)

// CreatorEngine is what the choice of a creator needs of the core.
type CreatorEngine interface {
	Creators(ctx context.Context) ([]providers.Creator, error)
	UseCreator(ctx context.Context, name string) error
}

// CreatorSheet asks whose stream key is used, where several people may broadcast
// on a channel.
type CreatorSheet struct {
	ui     *kit.UI
	engine CreatorEngine
}

// NewCreatorSheet makes it.
func NewCreatorSheet(ui *kit.UI, engine CreatorEngine) *CreatorSheet {
	return &CreatorSheet{ui: ui, engine: engine}
}

// Ask asks, and goes on with what the answer is needed for.
func (c *CreatorSheet) Ask(then func()) {
	ui := c.ui
	var all []providers.Creator
	ui.Run(kit.CallTimeout, func(ctx context.Context) (err error) {
		all, err = c.engine.Creators(ctx)
		return err
	}, func(err error) {
		if err != nil {
			ui.ShowError(err)
			return
		}
		c.show(all, then)
	})
}

// show offers the creators; each has a button of its own, as there are three at
// most.
func (c *CreatorSheet) show(all []providers.Creator, then func()) {
	ui := c.ui
	choices := []kit.Choice{{Text: ui.Text("cancel")}}
	for _, one := range all {
		if !one.HasKey {
			continue
		}
		kind := control.Plain
		if one.Chosen {
			kind = control.Primary
		}
		choices = append(choices, kit.Choice{Text: one.Name, Kind: kind, Then: func() { c.use(one, then) }})
	}
	if len(choices) == 1 {
		ui.Confirm(ui.Text("creator.ask"), ui.Text("creator.none"), choices...)
		return
	}
	ui.Confirm(ui.Text("creator.ask"), ui.Text("creator.more"), choices...)
}

func (c *CreatorSheet) use(one providers.Creator, then func()) {
	ui := c.ui
	ui.Run(kit.CallTimeout, func(ctx context.Context) error { return c.engine.UseCreator(ctx, one.Key) }, func(err error) {
		if err != nil {
			ui.ShowError(err)
			return
		}
		then()
	})
}
