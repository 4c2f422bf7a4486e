package settings

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"cuelight/app/config"
	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/look"
	"cuelight/app/obshosts"
	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
	"cuelight/widgets/label"
	"cuelight/widgets/paint"
	"cuelight/widgets/surface"
)

// OBSHosts are the OBSes that are remembered. All of it may wait.
type OBSHosts interface {
	Add(ctx context.Context, name, address string, password secret.Text) (config.OBSHost, error)
	// Use makes one the OBS in use; an empty name means the OBS on this machine.
	Use(ctx context.Context, name string) (config.OBSHost, error)
	Remove(ctx context.Context, name string) error
}

// obsCard is how OBS is reached: on this machine, or on one of those remembered.
type obsCard struct {
	ui     *kit.UI
	engine Engine
	hosts  OBSHosts
	object *surface.Card

	found *label.Paragraph
	// choice holds the tiles of the OBSes that there are, made of shown and inUse.
	choice *fyne.Container
	tiles  *control.Tiles
	shown  []config.OBSHost
	inUse  string
	plain  *kit.Message
	// remove forgets the OBS in use; its row is gone where that has no name.
	remove    *control.Button
	removeRow *fyne.Container
	name      *input.TextField
	address   *input.TextField
	save      *control.Button
}

// The IDs of the tiles that stand for no remembered OBS; a name begins otherwise.
const (
	hereTile    = "\x00here"
	unnamedTile = "\x00unnamed"
)

func newOBSCard(ui *kit.UI, engine Engine, hosts OBSHosts, sheets *OBSSheets) *obsCard {
	c := &obsCard{ui: ui, engine: engine, hosts: hosts, found: label.NewParagraph("", label.Caption()), choice: kit.Column(0), plain: kit.NewMessage()}
	c.remove = control.NewButton(ui.Text("settings.obs.remove"), nil, control.Quiet, c.removeHost)
	c.removeRow = kit.Left(c.remove)
	c.name = input.NewTextField(ui.Text("settings.obs.name"), ui.Text("settings.obs.name.placeholder"), obshosts.MaxName,
		func(over int) string { return ui.Count("title.too_long", over) }, ui.Clock())
	c.address = input.NewTextField(ui.Text("settings.obs.address"), ui.Text("settings.obs.placeholder"), 0, nil, ui.Clock())
	c.save = control.NewButton(ui.Text("save"), nil, control.Plain, c.saveHost)
	kit.EnterPresses(c.save, c.name)
	kit.EnterPresses(c.save, c.address)
	typed := func(string) {
		kit.Enable(c.save, true)
		c.showAddressHint(c.address.Text())
	}
	c.name.OnChanged, c.address.OnChanged = typed, typed
	c.save.Disable()
	c.object = surface.NewCard("OBS", "", kit.Column(14, c.found, c.practice(),
		kit.Column(6, label.NewLine(ui.Text("settings.obs.choose"), label.Caption()), c.choice, c.plain.Object),
		c.name, kit.Beside(c.address, c.save), kit.Row(4, nil,
			control.NewButton(ui.Text("action.obs_password"), look.IconKey.Resource(), control.LinkLike, ui.Actions.AskOBSPassword),
			control.NewButton(ui.Text("settings.obs.forget"), nil, control.Quiet, sheets.ForgetPassword),
			control.NewButton(ui.Text("action.obs_help"), nil, control.Quiet, ui.Actions.HelpOBS)), c.removeRow))
	c.rebuild()
	return c
}

// practice is the choice of an OBS in the sandbox.
func (c *obsCard) practice() fyne.CanvasObject {
	ui := c.ui
	kind := control.NewTiles(func(id string) {
		c.engine.Configure(func(to *config.Config) { to.OBS.Real = id == "real" })
		c.engine.RetryOBS()
	}, control.Tile{ID: "simulated", Title: ui.Text("pill.practice_obs")}, control.Tile{ID: "real", Title: ui.Text("settings.obs.real")})
	kind.SetChosen("simulated")
	if c.engine.Config().OBS.Real {
		kind.SetChosen("real")
	}
	which := kit.Column(6, label.NewLine(ui.Text("settings.obs.which"), label.Caption()), kind,
		label.NewParagraph(ui.Text("settings.obs.which.hint"), label.Caption()))
	which.Hidden = !ui.State().Sandbox
	return which
}

// update shows how OBS stands, and the OBSes that another process has added.
func (c *obsCard) update(now state.State) {
	_, text, detail := c.ui.DescribeOBS(now)
	c.found.SetText(kit.JoinDots(text, detail))
	if present := c.engine.Config(); present.OBS.Address != c.inUse || !slices.Equal(present.OBSHosts, c.shown) {
		c.rebuild()
	}
}

// rebuild makes the tiles, and fills the form with the OBS in use.
func (c *obsCard) rebuild() {
	present := c.engine.Config()
	c.shown, c.inUse = slices.Clone(present.OBSHosts), present.OBS.Address
	host, named := present.OBSHostInUse()
	chosen := hereTile
	tiles := []control.Tile{{ID: hereTile, Title: c.ui.Text("settings.obs.here")}}
	for _, one := range c.shown {
		tiles = append(tiles, control.Tile{ID: one.Name, Title: one.Name, Hint: one.Address})
	}
	switch {
	case named:
		chosen = host.Name
	case c.inUse != "":
		chosen = unnamedTile
		tiles = append(tiles, control.Tile{ID: unnamedTile, Title: c.inUse})
	}
	c.tiles = control.NewTiles(func(id string) { c.choose(id, chosen) }, tiles...)
	c.tiles.SetChosen(chosen)
	c.choice.Objects = []fyne.CanvasObject{c.tiles}
	c.choice.Refresh()
	c.name.SetText(host.Name)
	c.address.SetText(c.inUse)
	c.save.Disable()
	warning := ""
	if !obshosts.Encrypted(c.inUse) {
		warning = c.ui.Words().Say("obs.unencrypted")
	}
	c.plain.Set(paint.ToneWarn, warning)
	c.showAddressHint("")
	c.removeRow.Hidden = !named
	c.object.Refresh()
}

// choose uses another OBS; while the one in use streams, it asks first.
func (c *obsCard) choose(id, before string) {
	if id == unnamedTile {
		return
	}
	name := id
	if id == hereTile {
		name = ""
	}
	use := func() {
		c.run(func(ctx context.Context) error {
			_, err := c.hosts.Use(ctx, name)
			return err
		}, c.ui.Text("settings.obs.used", kit.Arg("Name", kit.Either(name != "", name, c.ui.Text("settings.obs.here")))))
	}
	c.asking(use, func() { c.tiles.SetChosen(before) })
}

// asking does something that leaves the OBS in use, after a question where that one
// streams.
func (c *obsCard) asking(do, instead func()) {
	ui := c.ui
	if now := ui.Latest(); !now.OBS.Stream.Running() && !now.OBS.OutOfSight() {
		do()
		return
	}
	instead()
	ui.Confirm(ui.Text("settings.obs.switch.ask"), ui.Text("settings.obs.switch.more"),
		kit.Choice{Text: ui.Text("cancel"), Kind: control.Plain},
		kit.Choice{Text: ui.Text("settings.obs.switch.do"), Kind: control.Danger, Then: do})
}

// run does something with the remembered OBSes, and shows what there is then.
func (c *obsCard) run(do func(context.Context) error, done string) {
	c.ui.Run(kit.QuickTimeout, do, func(err error) {
		c.rebuild()
		if err != nil {
			c.ui.ShowError(err)
			return
		}
		c.ui.ShowSuccess(done)
	})
}

// saveHost remembers the OBS that was typed, after the input method has settled, and
// uses it. No address means the OBS on this machine; no name, that of the address.
func (c *obsCard) saveHost() {
	c.ui.Clock().After(kit.InputDelay, func() {
		address := strings.TrimSpace(c.address.Text())
		if problem := c.addressProblem(address); problem != "" {
			c.address.SetProblem(problem)
			return
		}
		if c.name.Over() > 0 {
			return
		}
		name := kit.Either(c.name.Text() != "", c.name.Text(), address)
		c.asking(func() {
			c.run(func(ctx context.Context) error {
				if address == "" {
					_, err := c.hosts.Use(ctx, "")
					return err
				}
				host, err := c.hosts.Add(ctx, name, address, secret.Text{})
				if err == nil {
					_, err = c.hosts.Use(ctx, host.Name)
				}
				return err
			}, c.ui.Text("saved"))
		}, func() {})
	})
}

// removeHost forgets the OBS in use and its password.
func (c *obsCard) removeHost() {
	host, ok := c.engine.Config().OBSHostInUse()
	if !ok {
		return
	}
	c.asking(func() {
		c.run(func(ctx context.Context) error { return c.hosts.Remove(ctx, host.Name) },
			c.ui.Text("settings.obs.removed", kit.Arg("Name", host.Name)))
	}, func() {})
}

// addressProblem says what is wrong with an address of OBS. None is right, too: then
// OBS is searched for.
func (c *obsCard) addressProblem(address string) string {
	if address == "" {
		return ""
	}
	if _, err := obs.ParseEndpoint(address); err != nil || strings.HasPrefix(address, ":") {
		return c.ui.Text("settings.obs.wrong")
	}
	return ""
}

// showAddressHint warns where the connection would be one that others can read.
func (c *obsCard) showAddressHint(address string) {
	hint := c.ui.Text("settings.obs.hint")
	if at, err := obs.ParseEndpoint(address); err == nil && !at.Local() {
		hint = c.ui.Words().Say("obs.unencrypted")
	}
	c.address.SetHint(hint)
}
