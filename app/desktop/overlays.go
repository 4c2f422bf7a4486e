package desktop

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cuelight/app"
	"cuelight/app/desktop/look"
	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
	"cuelight/widgets/label"
	"cuelight/widgets/paint"
	"cuelight/widgets/surface"
)

// overlays is the screen of what lies over the picture: chat, notices and goals
// as browser sources for OBS.
type overlays struct {
	face   *face
	object fyne.CanvasObject
	device *control.Tiles
	scene  *input.Picker
	hint   *label.Paragraph
	cards  []*overlayCard

	scenes  []string
	asking  asking
	linked  bool
	account string
	seen    bool
}

// The devices that overlays are made for.
const (
	devicePC     = "pc"
	deviceMobile = "mobile"
)

func newOverlays(f *face) screen {
	o := &overlays{face: f, asking: asking{face: f}}
	o.device = control.NewTiles(func(string) { o.start() },
		control.Tile{ID: devicePC, Title: f.say("overlays.pc")}, control.Tile{ID: deviceMobile, Title: f.say("overlays.mobile")})
	o.device.SetChosen(devicePC)
	o.scene = input.NewPicker(input.PickerWords{
		Label: f.say("overlays.scene"), Placeholder: f.say("overlays.scene.current"), Change: f.say("category.change"),
		Search: f.say("overlays.scene.search"), None: f.say("overlays.scene.none"),
	}, o.search, f.opt.Clock)
	o.scene.OnPicked = func(item input.PickItem) {
		if item.ID == "" {
			o.scene.SetPicked(input.PickItem{})
		}
	}
	o.hint = label.NewParagraph("", label.Caption())
	where := surface.NewCard(f.say("overlays"), f.say("overlays.note"), column(gap,
		f.paragraph(f.say("overlays.more")),
		column(6, label.NewLine(f.say("overlays.device"), label.Caption()), o.device), o.scene, o.hint))
	objects := []fyne.CanvasObject{where}
	for _, kind := range providers.OverlayKinds {
		card := newOverlayCard(o, kind)
		o.cards = append(o.cards, card)
		objects = append(objects, card.card)
	}
	o.object = container.NewVScroll(page(pageWidth, column(gap, objects...)))
	return o
}

func (o *overlays) body() fyne.CanvasObject { return o.object }

func (o *overlays) update(s state.State) {
	if o.account != s.Account.Name {
		o.leave()
		o.account = s.Account.Name
		o.scene.SetPicked(input.PickItem{})
	}
	if s.Account.SignedIn == state.SignInUnknown {
		return
	}
	linked := s.OBS.Link == state.LinkUp
	if !o.seen || linked != o.linked {
		o.linked = linked
		o.askScenes()
	}
	if !o.seen {
		o.seen = true
		o.start()
	}
	text := either(linked, "", o.face.say("overlays.no_obs"))
	o.hint.SetText(text)
	o.hint.Hidden = linked
	for _, card := range o.cards {
		card.update(s)
	}
}

// either is a choice between two texts.
func either(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

// start asks for the addresses of all overlays for the device chosen.
func (o *overlays) start() {
	for _, card := range o.cards {
		card.ask()
	}
}

// again asks for everything on the screen anew.
func (o *overlays) again() {
	o.start()
	o.askScenes()
}

// leave gives up requests, and the addresses with them.
func (o *overlays) leave() {
	o.asking.drop()
	for _, card := range o.cards {
		card.forget()
	}
	o.seen = false
}

// askScenes asks OBS for its scenes, where it is there.
func (o *overlays) askScenes() {
	o.scenes = nil
	o.asking.drop()
	if !o.linked {
		o.scene.Disable()
		return
	}
	o.scene.Enable()
	question(&o.asking, patienceQuick, func(ctx context.Context) ([]string, error) {
		return o.face.engine.Scenes(ctx)
	}, func(scenes []string, err error) {
		if err != nil {
			return // the current scene is still there to be chosen
		}
		o.scenes = scenes
		o.scene.Refresh()
	})
}

func (o *overlays) search(query string) []input.PickItem {
	var items []input.PickItem
	if query == "" {
		items = append(items, input.PickItem{Name: o.face.say("overlays.scene.current")})
	}
	for _, name := range o.scenes {
		if strings.Contains(folded(name), folded(query)) {
			items = append(items, input.PickItem{ID: name, Name: name})
		}
	}
	return items
}

// overlayCard is one overlay: its address, hidden like a password, and what can
// be done with it.
type overlayCard struct {
	all    *overlays
	kind   string
	card   *surface.Card
	pane   *pane
	asking asking
	// address is held while the screen is seen.
	address secret.Text

	field   *input.SecretField
	preview *control.Button
	add     *control.Button
	result  *inset
	adding  asking
}

func newOverlayCard(o *overlays, kind string) *overlayCard {
	f := o.face
	c := &overlayCard{all: o, kind: kind, asking: asking{face: f}, adding: asking{face: f}, result: newInset()}
	c.field = input.NewSecretField(input.SecretWords{
		Label: f.say("overlays.address"), Hold: f.say("key.hold"), Copy: f.say("copy"), Absent: f.say("overlays.none"),
	}, func() string { return c.address.Reveal() }, f.app.Clipboard(), f.opt.Clock)
	c.field.OnCopied = func() { f.good(f.say("overlays.copied")) }
	c.preview = control.NewButton(f.say("overlays.preview"), look.IconLink.Resource(), control.Plain, func() {
		if !c.address.Empty() {
			f.browse(c.address.Reveal())
		}
	})
	c.add = control.NewButton(f.say("overlays.add"), nil, control.Primary, c.place)
	c.pane = newPane(f, column(12, c.field, c.result.object, row(10, nil, c.add, c.preview)), newSkeleton(42), false)
	c.card = surface.NewCard(f.say("overlays."+kind), f.say("overlays."+kind+".note"), c.pane.object)
	return c
}

func (c *overlayCard) update(state.State) {
	f := c.all.face
	busy := c.adding.running()
	enable(c.add, c.all.linked && !busy && !c.address.Empty())
	c.add.Set(either(busy, f.say("overlays.adding"), f.say("overlays.add")), control.Primary)
}

// ask asks for the overlay's address.
func (c *overlayCard) ask() {
	f, kind, device := c.all.face, c.kind, c.all.device.Chosen()
	c.forget()
	c.pane.wait()
	question(&c.asking, patienceCall, func(ctx context.Context) (secret.Text, error) {
		return f.engine.Overlay(ctx, kind, device)
	}, func(address secret.Text, err error) {
		if err != nil {
			c.pane.fail(err, c.ask)
		} else {
			c.address = address
			c.field.Refresh()
			c.pane.show()
		}
		c.update(f.state)
		c.all.object.Refresh()
	})
}

func (c *overlayCard) forget() {
	c.asking.drop()
	c.address = secret.Text{}
	c.field.Refresh()
	c.result.set(paint.ToneNeutral, "")
}

// place puts the overlay into the scene chosen, or updates the one there. It
// goes on when the screen is left: half an answer helps nobody.
func (c *overlayCard) place() {
	f, kind, device := c.all.face, c.kind, c.all.device.Chosen()
	scene := c.all.scene.Picked().ID
	source := f.words.Say("overlay.source."+kind, words.Args{"Platform": f.state.Account.PlatformName})
	question(&c.adding, patienceStream, func(ctx context.Context) (app.OverlayPlaced, error) {
		return f.engine.AddOverlay(ctx, kind, device, scene, source, nil)
	}, func(placed app.OverlayPlaced, err error) {
		where := words.Args{"Source": placed.Source, "Scene": either(scene == "", f.say("overlays.scene.current"), scene)}
		switch {
		case err != nil:
			c.result.set(paint.ToneBad, f.explain(err).Line())
		case placed.Added:
			c.result.set(paint.ToneGood, f.say("overlays.added", where))
		default:
			c.result.set(paint.ToneGood, f.say("overlays.updated", where))
		}
		c.update(f.state)
		c.all.object.Refresh()
	})
	c.result.set(paint.ToneNeutral, "")
	c.update(f.state)
	c.all.object.Refresh()
}
