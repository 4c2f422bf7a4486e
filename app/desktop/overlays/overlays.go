package overlays

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"cuelight/app/desktop/kit"
	"cuelight/app/features"
	"cuelight/app/state"
	"cuelight/app/task"
	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
	"cuelight/widgets/label"
	"cuelight/widgets/surface"
)

// Engine is what the screen needs of the core.
type Engine interface {
	// Overlay is the address of an overlay; it holds a secret.
	Overlay(ctx context.Context, kind, device string) (secret.Text, error)
	AddOverlay(ctx context.Context, kind, device, scene, source string, tell task.Progress) (features.OverlayPlaced, error)
	Scenes(ctx context.Context) ([]string, error)
}

// Overlays is the screen of what lies over the picture: chat, notices and goals
// as browser sources for OBS.
type Overlays struct {
	engine Engine
	ui     *kit.UI
	object fyne.CanvasObject
	device *control.Tiles
	scene  *input.Picker
	hint   *label.Paragraph
	cards  []*overlayCard

	scenes  []string
	request kit.LatestRequest
	linked  bool
	account string
	visible bool // between Update and Leave
}

// The devices that overlays are made for.
const (
	devicePC     = "pc"
	deviceMobile = "mobile"
)

// New makes the screen.
func New(ui *kit.UI, engine Engine) *Overlays {
	o := &Overlays{ui: ui, engine: engine, request: kit.NewRequest(ui)}
	o.device = control.NewTiles(func(string) { o.start() },
		control.Tile{ID: devicePC, Title: ui.Text("overlays.pc")}, control.Tile{ID: deviceMobile, Title: ui.Text("overlays.mobile")})
	o.device.SetChosen(devicePC)
	o.scene = input.NewPicker(input.PickerWords{
		Label: ui.Text("overlays.scene"), Placeholder: ui.Text("overlays.scene.current"), Change: ui.Text("category.change"),
		Search: ui.Text("overlays.scene.search"), None: ui.Text("overlays.scene.none"),
	}, o.search, ui.Clock())
	o.scene.OnPicked = func(item input.PickItem) {
		if item.ID == "" {
			o.scene.SetPicked(input.PickItem{})
		}
	}
	o.hint = label.NewParagraph("", label.Caption())
	where := surface.NewCard(ui.Text("overlays"), ui.Text("overlays.note"), kit.Column(kit.Gap,
		kit.Paragraph(ui.Text("overlays.more")),
		kit.Column(6, label.NewLine(ui.Text("overlays.device"), label.Caption()), o.device), o.scene, o.hint))
	objects := []fyne.CanvasObject{where}
	for _, kind := range providers.OverlayKinds {
		card := newOverlayCard(o, kind)
		o.cards = append(o.cards, card)
		objects = append(objects, card.card)
	}
	o.object = container.NewVScroll(kit.Page(kit.PageWidth, kit.Column(kit.Gap, objects...)))
	return o
}

func (o *Overlays) Body() fyne.CanvasObject { return o.object }

func (o *Overlays) Update(s state.State) {
	if o.account != s.Account.Name {
		o.Leave()
		o.account = s.Account.Name
		o.scene.SetPicked(input.PickItem{})
	}
	if s.Account.SignedIn == state.SignInUnknown {
		return
	}
	linked := s.OBS.Link == state.LinkUp
	if !o.visible || linked != o.linked {
		o.linked = linked
		o.askScenes()
	}
	if !o.visible {
		o.visible = true
		o.start()
	}
	text := kit.Either(linked, "", o.ui.Text("overlays.no_obs"))
	o.hint.SetText(text)
	o.hint.Hidden = linked
	for _, card := range o.cards {
		card.update()
	}
}

// start asks for the addresses of all overlays for the device chosen.
func (o *Overlays) start() {
	for _, card := range o.cards {
		card.ask()
	}
}

// Reload asks again for everything on the screen.
func (o *Overlays) Reload() {
	o.start()
	o.askScenes()
}

// Leave gives up requests, and the addresses with them.
func (o *Overlays) Leave() {
	o.request.Cancel()
	for _, card := range o.cards {
		card.forget()
	}
	o.visible = false
}

// askScenes asks OBS for its scenes, where it is there.
func (o *Overlays) askScenes() {
	o.scenes = nil
	o.request.Cancel()
	if !o.linked {
		o.scene.Disable()
		return
	}
	o.scene.Enable()
	kit.Send(&o.request, kit.QuickTimeout, func(ctx context.Context) ([]string, error) {
		return o.engine.Scenes(ctx)
	}, func(scenes []string, err error) {
		if err != nil {
			return // the current scene is still there to be chosen
		}
		o.scenes = scenes
		o.scene.Refresh()
	})
}

func (o *Overlays) search(query string) []input.PickItem {
	var items []input.PickItem
	if query == "" {
		items = append(items, input.PickItem{Name: o.ui.Text("overlays.scene.current")})
	}
	for _, name := range o.scenes {
		if strings.Contains(kit.Fold(name), kit.Fold(query)) {
			items = append(items, input.PickItem{ID: name, Name: name})
		}
	}
	return items
}
