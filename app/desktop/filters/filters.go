package filters

import (
	"context"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/catalog"
	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/look"
	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
	"cuelight/widgets/label"
	"cuelight/widgets/rowlist"
	"cuelight/widgets/status"
)

// Engine is what the screen needs of the core.
type Engine interface {
	// FilterKinds is quick; it may be called on the window's goroutine.
	FilterKinds() []string
	Filters(ctx context.Context, kind string) ([]providers.Filter, error)
	PutFilter(ctx context.Context, kind, value, reason string) error
	RemoveFilter(ctx context.Context, kind, value string) error
}

// Filters is the screen of what is kept out of the platform's lists.
type Filters struct {
	ui         *kit.UI
	engine     Engine
	categories *catalog.Categories
	object     *fyne.Container
	kinds      *control.Tiles
	tabs       *fyne.Container
	add        *control.Button
	info       *label.Line
	search     *input.SearchField
	list       *rowlist.List
	pane       *kit.Pane
	request    kit.LatestRequest

	names   []string // the kinds that kinds shows
	kind    string
	all     []providers.Filter
	found   []int
	err     error
	account string
	visible bool // between Update and Leave
}

// New makes the screen.
func New(ui *kit.UI, engine Engine, categories *catalog.Categories) *Filters {
	s := &Filters{ui: ui, engine: engine, categories: categories, request: kit.NewRequest(ui)}
	s.tabs = kit.Column(0)
	s.add = control.NewButton("", look.IconPlus.Resource(), control.Primary, func() { newFilterForm(s, nil).open() })
	s.info = label.NewFillingLine("", label.Caption())
	s.search = input.NewSearchField(ui.Text("filters.search"), func(string) { s.applySearch() })
	s.list = rowlist.New(func() int { return len(s.found) }, s.row)
	s.pane = kit.NewPane(ui, s.list, status.NewSkeleton(6, fyne.Size{}), true)
	refresh := control.NewIconButton(look.IconRefresh.Resource(), ui.Text("discover.again"), s.Reload)
	line := kit.Row(kit.GapSmall, kit.Stretch(s.info), s.info, refresh)
	inner := kit.Arrange(s.place, func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 200) },
		s.tabs, s.search, s.add, line, s.pane.Object)
	s.object = kit.FullCard(inner)
	return s
}

func (s *Filters) Body() fyne.CanvasObject { return s.object }

func (s *Filters) place(o []fyne.CanvasObject, size fyne.Size) {
	const between = 10
	add := s.add.MinSize()
	tabs := float32(0)
	for _, name := range s.names {
		tabs += kit.TilesWidth(s.ui.Text("filters."+name)) + between
	}
	kit.Place(s.add, size.Width-add.Width, 1, add.Width, add.Height)
	y := float32(0)
	if size.Width >= tabs+add.Width+220 {
		kit.Place(s.tabs, 0, 1, tabs, add.Height)
		kit.Place(s.search, tabs+between, 0, size.Width-tabs-add.Width-2*between, 42)
		y = 42 + 6
	} else {
		kit.Place(s.tabs, 0, 1, size.Width-add.Width-between, add.Height)
		kit.Place(s.search, 0, 42+kit.GapSmall, size.Width, 42)
		y = 2*42 + kit.GapSmall + 6
	}
	kit.Place(o[3], 0, y, size.Width, 30)
	y += 34
	kit.Place(o[4], 0, y, size.Width, max(0, size.Height-y))
}

func (s *Filters) Update(now state.State) {
	if s.account != now.Account.Name {
		s.Leave()
		s.account, s.names, s.kind, s.all, s.found = now.Account.Name, nil, "", nil, nil
	}
	if s.visible || now.Account.SignedIn == state.SignInUnknown {
		return
	}
	s.visible = true
	s.makeTabs()
	s.categories.Load(s.list.Reload)
	s.Reload()
}

// makeTabs puts the kinds that the platform has on the tabs.
func (s *Filters) makeTabs() {
	ui := s.ui
	if s.names != nil {
		return
	}
	s.names = s.engine.FilterKinds()
	tiles := make([]control.Tile, len(s.names))
	for i, name := range s.names {
		tiles[i] = control.Tile{ID: name, Title: ui.Text("filters." + name)}
	}
	s.kinds = control.NewTiles(s.choose, tiles...)
	s.tabs.Objects = []fyne.CanvasObject{s.kinds}
	if len(s.names) > 0 {
		s.kinds.SetChosen(s.names[0])
		s.kind = s.names[0]
	}
	s.object.Refresh()
}

func (s *Filters) choose(kind string) {
	s.kind, s.all = kind, nil
	s.applySearch()
	s.Reload()
}

// Reload asks for the entries of the kind chosen.
func (s *Filters) Reload() {
	ui, kind := s.ui, s.kind
	if kind == "" {
		return
	}
	s.err = nil
	s.add.Set(ui.Text("filters.add."+kind), control.Primary)
	kit.Send(&s.request, kit.CallTimeout, func(ctx context.Context) ([]providers.Filter, error) {
		return s.engine.Filters(ctx, kind)
	}, func(all []providers.Filter, err error) {
		if s.err = err; err == nil {
			s.all = all
		}
		s.applySearch()
	})
	s.show()
	s.object.Refresh()
}

func (s *Filters) Leave() {
	s.request.Cancel()
	s.visible = false
}

// FocusSearch gives the search the keyboard.
func (s *Filters) FocusSearch() { s.search.Focus() }

// applySearch keeps what the search finds.
func (s *Filters) applySearch() {
	query := kit.Fold(s.search.Text())
	s.found = s.found[:0]
	for i, one := range s.all {
		if query == "" || containsAny(query, one.Value, s.nameOf(one), one.Reason) {
			s.found = append(s.found, i)
		}
	}
	s.show()
	s.list.Reload()
}

func (s *Filters) show() {
	ui := s.ui
	switch {
	case len(s.found) > 0:
		s.pane.ShowContent()
	case len(s.all) > 0:
		s.pane.ShowEmpty(look.IconSearch, ui.Text("filters.none_found"), ui.Text("filters.none_found.more"), "", nil)
	case s.err != nil:
		s.pane.ShowError(s.err, s.Reload)
	case s.request.Running():
		s.pane.ShowLoading()
	default:
		s.pane.ShowEmpty(look.IconFilters, ui.Text("filters.none."+s.kind), ui.Text("filters.none.more."+s.kind),
			ui.Text("filters.add."+s.kind), func() { newFilterForm(s, nil).open() })
	}
	text := ""
	switch {
	case s.err != nil && len(s.all) > 0:
		text = ui.Explain(s.err).Line()
	case len(s.all) > 0:
		text = kit.JoinDots(ui.Count("filters.count", len(s.all)), ui.Text("filters.more."+s.kind))
	}
	s.info.SetText(text)
}

// nameOf is what an entry is called, where it is not its value.
func (s *Filters) nameOf(one providers.Filter) string {
	if one.Name != "" || s.kind != filterCategory {
		return one.Name
	}
	return s.categories.Name(one.Value)
}

// row is an entry as the list shows it; the platform's own have a lock and can
// be neither changed nor removed.
func (s *Filters) row(i int) rowlist.Row {
	ui, one := s.ui, s.all[s.found[i]]
	name := s.nameOf(one)
	data := rowlist.Row{ID: s.kind + "/" + one.Value, Title: one.Value, Caption: one.Reason}
	if name != "" {
		data.Title = name
		data.Caption = kit.JoinDots(one.Value, one.Reason)
	}
	if !one.Removable {
		data.Badges = []rowlist.Badge{
			{Text: ui.Text("filters.platforms", kit.Arg("Platform", ui.Platform(ui.State().Account))), Tooltip: ui.Text("filters.locked")},
			{Icon: look.IconLock.Resource(), Tooltip: ui.Text("filters.locked")},
		}
		return data
	}
	data.Actions = []rowlist.Action{
		{Icon: look.IconEdit.Resource(), Tooltip: ui.Text("filters.edit"), Do: func() { newFilterForm(s, &one).open() }},
		{Icon: look.IconTrash.Resource(), Tooltip: ui.Text("filters.remove"), Do: func() { s.remove(one, data.Title) }},
	}
	return data
}

// remove asks, then removes.
func (s *Filters) remove(one providers.Filter, title string) {
	ui, kind := s.ui, s.kind
	ui.Confirm(ui.Text("filters.remove.ask", words.Args{"Value": title}), ui.Text("filters.remove.more."+kind),
		kit.Choice{Text: ui.Text("cancel"), Kind: control.Plain, Then: nil},
		kit.Choice{Text: ui.Text("filters.remove.do"), Kind: control.Danger, Then: func() {
			ui.Run(kit.CallTimeout, func(ctx context.Context) error { return s.engine.RemoveFilter(ctx, kind, one.Value) }, func(err error) {
				if err != nil {
					ui.ShowError(err)
					return
				}
				ui.ShowSuccess(ui.Text("filters.removed", words.Args{"Value": title}))
				if s.visible {
					s.Reload()
				}
			})
		}})
}
