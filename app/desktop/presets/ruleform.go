package presets

import (
	"context"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit"
	"cuelight/app/foreground"
	"cuelight/app/state"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
	"cuelight/widgets/layouts"
)

// The kinds of what a rule waits for.
const (
	kindScene      = "scene"
	kindCollection = "collection"
	kindProgram    = "program"
)

// scenesOffered is how many of OBS's scenes are offered to be pressed.
const scenesOffered = 12

// ruleForm adds a rule for the preset chosen.
type ruleForm struct {
	screen  *Screen
	kind    string
	kinds   *control.Tiles
	name    *input.TextField
	scenes  *fyne.Container
	propose *control.Switch
	save    *control.Button
	failure *kit.Message
	request kit.LatestRequest
	listing kit.LatestRequest
}

func newRuleForm(s *Screen) *ruleForm {
	ui := s.ui
	f := &ruleForm{screen: s, kind: kindScene, failure: kit.NewMessage(), request: kit.NewRequest(ui), listing: kit.NewRequest(ui)}
	tiles := []control.Tile{{ID: kindScene, Title: ui.Text("rules.kind.scene")}, {ID: kindCollection, Title: ui.Text("rules.kind.collection")}}
	if foreground.Available {
		tiles = append(tiles, control.Tile{ID: kindProgram, Title: ui.Text("rules.kind.program")})
	}
	f.kinds = control.NewTiles(f.choose, tiles...)
	f.kinds.SetChosen(f.kind)
	f.name = input.NewTextField(ui.Text("rules.name"), ui.Text("rules.placeholder.scene"), 0, nil, ui.Clock())
	f.name.OnChanged = func(string) { f.check() }
	f.name.OnEnter = func(string) { f.send() }
	f.scenes = flow()
	f.propose = control.NewSwitch(ui.Text("rules.propose"), ui.Text("rules.propose.more"), nil)
	f.save = control.NewButton(ui.Text("rules.add"), nil, control.Primary, func() { ui.Clock().After(kit.InputDelay, f.send) })
	f.check()
	return f
}

// flow puts objects beside each other, in as many rows as they need.
func flow(objects ...fyne.CanvasObject) *fyne.Container {
	const gap = 6
	width := float32(0)
	return kit.Arrange(func(objects []fyne.CanvasObject, s fyne.Size) {
		width = s.Width
		items, _ := layouts.Flow(objects, s.Width, gap, gap, false)
		for _, item := range items {
			kit.Place(item.Object, item.Position.X, item.Position.Y, item.Size.Width, item.Size.Height)
		}
	}, func(objects []fyne.CanvasObject) fyne.Size {
		_, h := layouts.Flow(objects, max(width, 1), gap, gap, false)
		return fyne.NewSize(0, h)
	}, objects...)
}

func (f *ruleForm) open() {
	ui := f.screen.ui
	cancel := control.NewButton(ui.Text("cancel"), nil, control.Plain, func() { ui.CloseSheet() })
	ui.OpenSheet(kit.Column(kit.Gap, kit.Heading(ui.Text("rules.add")), kit.Paragraph(ui.Text("rules.add.more", kit.Arg("Name", f.screen.chosen))),
		f.kinds, f.name, f.scenes, f.propose, f.failure.Object, kit.Trailing(cancel, f.save)), nil, func() {
		f.request.Cancel()
		f.listing.Cancel()
	})
	f.name.Focus()
	kit.Send(&f.listing, kit.QuickTimeout, f.screen.engine.Core.Scenes, func(names []string, err error) {
		if err != nil {
			return // the name can be typed
		}
		for _, name := range names[:min(len(names), scenesOffered)] {
			f.scenes.Objects = append(f.scenes.Objects, control.NewChip(name, func() {
				f.name.SetText(name)
				f.check()
			}, nil))
		}
		f.scenes.Refresh()
		ui.ResizeSheet()
	})
}

func (f *ruleForm) choose(kind string) {
	f.kind = kind
	f.name.SetPlaceholder(f.screen.ui.Text("rules.placeholder." + kind))
	f.scenes.Hidden = kind != kindScene
	f.screen.ui.ResizeSheet()
}

func (f *ruleForm) check() { kit.Enable(f.save, f.name.Text() != "") }

func (f *ruleForm) send() {
	s, name := f.screen, f.name.Text()
	if name == "" {
		return
	}
	added := state.Rule{Preset: s.chosen, Propose: f.propose.On()}
	switch f.kind {
	case kindScene:
		added.Scene = name
	case kindCollection:
		added.Collection = name
	default:
		added.Program = name
	}
	sendSheet(s.ui, &f.request, f.failure, func(ctx context.Context) (string, error) {
		_, err := s.engine.Rules.Add(ctx, added)
		return "", err
	}, func(string) {})
}
