package presets

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/look"
	"cuelight/app/desktop/shortcuts"
	"cuelight/app/state"
	"cuelight/widgets/control"
	"cuelight/widgets/label"
	"cuelight/widgets/rowlist"
	"cuelight/widgets/surface"
)

// proposalStay is how long the question of a rule stays.
const proposalStay = 5 * time.Minute

// Screen is the screen of presets: all of them at the left, the one chosen at the
// right.
type Screen struct {
	ui      *kit.UI
	engine  Engine
	actions *Actions
	object  *fyne.Container
	list    *rowlist.List
	pane    *kit.Pane
	left    *surface.Card
	detail  *detail
	scroll  *container.Scroll
	right   *surface.Card
	checked kit.LatestRequest

	presets []state.Preset
	offered []state.Preset
	gone    map[string]bool
	chosen  string
	visible bool // between Update and Leave
}

// New makes the screen.
func New(ui *kit.UI, engine Engine, actions *Actions) *Screen {
	s := &Screen{ui: ui, engine: engine, actions: actions, checked: kit.NewRequest(ui)}
	s.list = rowlist.New(func() int { return len(s.presets) }, s.row)
	s.list.OnChosen = func(i int, _ fyne.Position) { s.choose(s.presets[i].Name) }
	s.list.OnMoved = func(from, to int) { s.move(s.presets[from].Name, to) }
	s.pane = kit.NewPane(ui, s.list, kit.Column(0), true)
	save := control.NewButton(ui.Text("presets.save"), look.IconPlus.Resource(), control.Plain, func() { s.save(state.Preset{}) })
	title := label.NewFillingLine(ui.Text("screen.presets"), label.Title())
	head := kit.Row(0, kit.Stretch(title), title,
		control.NewButton(ui.Text("presets.import"), nil, control.Quiet, s.importFile),
		control.NewButton(ui.Text("presets.export"), nil, control.Quiet, s.exportFile))
	s.left = surface.NewCard("", "", kit.Arrange(func(o []fyne.CanvasObject, size fyne.Size) {
		top := o[0].MinSize()
		kit.Place(o[0], 0, 0, size.Width, top.Height)
		h := o[2].MinSize().Height
		kit.Place(o[1], 0, top.Height+kit.GapSmall, size.Width, max(0, size.Height-top.Height-h-2*kit.GapSmall))
		kit.Place(o[2], 0, size.Height-h, size.Width, h)
	}, func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 200) }, head, s.pane.Object, save))
	s.detail = newDetail(s)
	s.scroll = container.NewVScroll(kit.Padded(surface.CardPadding-1, surface.CardPadding-1, s.detail.object))
	s.right = surface.NewCard("", "", s.scroll)
	s.right.Tight = true
	s.object = kit.Arrange(s.place, func([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }, s.left, s.right)
	return s
}

func (s *Screen) place(o []fyne.CanvasObject, size fyne.Size) {
	w := min(360, max(250, size.Width*0.32))
	kit.Place(o[0], kit.Margin, kit.Gap, w, size.Height-2*kit.Gap)
	x := kit.Margin + w + 14
	kit.Place(o[1], x, kit.Gap, size.Width-x-kit.Margin, size.Height-2*kit.Gap)
}

func (s *Screen) Body() fyne.CanvasObject { return s.object }

func (s *Screen) Update(now state.State) {
	if !s.visible || !slices.EqualFunc(s.presets, now.Presets, same) {
		s.presets, s.offered = now.Presets, Offered(now)
		s.checkCategories()
	}
	s.visible = true
	if i := s.index(s.chosen); i < 0 {
		s.chosen = ""
		if len(s.presets) > 0 {
			s.chosen = s.presets[0].Name
		}
	}
	if len(s.presets) > 0 {
		s.pane.ShowContent()
	} else {
		s.pane.ShowEmpty(look.IconStar, s.ui.Text("presets.none"), s.ui.Text("presets.none.more"), "", nil)
	}
	s.list.Reload()
	s.detail.update(now)
}

func same(a, b state.Preset) bool { return a == b }

// Leave is called when another screen is opened.
func (s *Screen) Leave() {
	s.checked.Cancel()
	s.visible = false
}

// checkCategories asks which presets have a category that does not exist any more.
func (s *Screen) checkCategories() {
	list := s.offered
	kit.Send(&s.checked, kit.CallTimeout, func(ctx context.Context) (map[string]bool, error) {
		return s.engine.Presets.Gone(ctx, list)
	}, func(gone map[string]bool, err error) {
		if err == nil {
			s.gone = gone
			s.list.Reload()
		}
	})
}

func (s *Screen) index(name string) int {
	return slices.IndexFunc(s.presets, func(p state.Preset) bool { return p.Name == name })
}

// preset is the one chosen.
func (s *Screen) preset() (state.Preset, bool) {
	i := s.index(s.chosen)
	if i < 0 {
		return state.Preset{}, false
	}
	return s.presets[i], true
}

func (s *Screen) choose(name string) {
	s.chosen = name
	s.list.Reload()
	s.detail.update(s.ui.State())
	s.scroll.ScrollToTop()
}

// save asks for what is kept as a preset: a new one, or in place of one.
func (s *Screen) save(before state.Preset) {
	newSaveForm(s.ui, s.engine, before, func(name string) { s.chosen = name }).open()
}

// row is a preset as the list shows it.
func (s *Screen) row(i int) rowlist.Row {
	p := s.presets[i]
	data := rowlist.Row{ID: p.Name, Title: p.Name, Caption: s.ui.Words().PresetSummary(p.Settings), Own: p.Name == s.chosen}
	n := slices.IndexFunc(s.offered, func(o state.Preset) bool { return o.Name == p.Name })
	switch {
	case n < 0:
		data.Badges = append(data.Badges, rowlist.Badge{Text: p.Platform, Tooltip: s.ui.Text("presets.other_platform")})
	case n < Shortcuts:
		data.Note = shortcut(n)
	}
	if s.gone[p.Name] {
		data.Caption = "! " + s.ui.Text("presets.gone")
	}
	return data
}

// shortcut names the number key of a preset, counted from 0.
func shortcut(i int) string { return shortcuts.Alt(shortcuts.Number(i)).String() }

// moveBy moves the chosen preset in the order.
func (s *Screen) moveBy(by int) {
	i := s.index(s.chosen)
	if i < 0 || i+by < 0 || i+by >= len(s.presets) {
		return
	}
	s.move(s.chosen, i+by)
}

// move puts a preset at a place in the order, counted from 0.
func (s *Screen) move(name string, to int) {
	s.ui.Act(kit.QuickTimeout, func(ctx context.Context) error { return s.engine.Presets.Move(ctx, name, to) }, "")
}

// BindKeys lets Alt with an arrow move the chosen preset, while the screen is seen.
func (s *Screen) BindKeys(c fyne.Canvas) {
	for key, by := range map[fyne.KeyName]int{fyne.KeyUp: -1, fyne.KeyDown: 1} {
		c.AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierAlt}, func(fyne.Shortcut) {
			if s.visible && s.ui.Sheet() == nil {
				s.moveBy(by)
			}
		})
	}
}
