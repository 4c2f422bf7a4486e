package desktop

import (
	"context"

	"fyne.io/fyne/v2"

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

// filters is the screen of what is kept out of the platform's lists.
type filters struct {
	face   *face
	object *fyne.Container
	kinds  *control.Tiles
	tabs   *fyne.Container
	add    *control.Button
	info   *label.Line
	search *input.SearchField
	list   *rowlist.List
	pane   *pane
	asking asking

	names   []string // the kinds that kinds shows
	kind    string
	all     []providers.Filter
	found   []int
	err     error
	account string
	seen    bool
}

func newFilters(f *face) screen {
	s := &filters{face: f, asking: asking{face: f}}
	s.tabs = column(0)
	s.add = control.NewButton("", look.IconPlus.Resource(), control.Primary, func() { newFilterForm(s, nil).open() })
	s.info = label.NewFillingLine("", label.Caption())
	s.search = input.NewSearchField(f.say("filters.search"), func(string) { s.sift() })
	s.list = rowlist.New(func() int { return len(s.found) }, s.row)
	s.pane = newPane(f, s.list, status.NewSkeleton(6, fyne.Size{}), true)
	refresh := control.NewIconButton(look.IconRefresh.Resource(), f.say("discover.again"), s.again)
	line := row(gapSmall, only(s.info), s.info, refresh)
	inner := arrange(s.place, func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 200) },
		s.tabs, s.search, s.add, line, s.pane.object)
	s.object = fullCard(inner)
	return s
}

func (s *filters) body() fyne.CanvasObject { return s.object }

func (s *filters) place(o []fyne.CanvasObject, size fyne.Size) {
	const between = 10
	add := s.add.MinSize()
	tabs := float32(0)
	for _, name := range s.names {
		tabs += tilesWidth(s.face.say("filters."+name)) + between
	}
	put(s.add, size.Width-add.Width, 1, add.Width, add.Height)
	y := float32(0)
	if size.Width >= tabs+add.Width+220 {
		put(s.tabs, 0, 1, tabs, add.Height)
		put(s.search, tabs+between, 0, size.Width-tabs-add.Width-2*between, 42)
		y = 42 + 6
	} else {
		put(s.tabs, 0, 1, size.Width-add.Width-between, add.Height)
		put(s.search, 0, 42+gapSmall, size.Width, 42)
		y = 2*42 + gapSmall + 6
	}
	put(o[3], 0, y, size.Width, 30)
	y += 34
	put(o[4], 0, y, size.Width, max(0, size.Height-y))
}

func (s *filters) update(now state.State) {
	if s.account != now.Account.Name {
		s.leave()
		s.account, s.names, s.kind, s.all, s.found = now.Account.Name, nil, "", nil, nil
	}
	if s.seen || now.Account.SignedIn == state.SignInUnknown {
		return
	}
	s.seen = true
	s.offer()
	s.face.catalog.load(s.list.Reload)
	s.again()
}

// offer puts the kinds that the platform has on the tabs.
func (s *filters) offer() {
	f := s.face
	if s.names != nil {
		return
	}
	s.names = f.engine.FilterKinds()
	tiles := make([]control.Tile, len(s.names))
	for i, name := range s.names {
		tiles[i] = control.Tile{ID: name, Title: f.say("filters." + name)}
	}
	s.kinds = control.NewTiles(s.choose, tiles...)
	s.tabs.Objects = []fyne.CanvasObject{s.kinds}
	if len(s.names) > 0 {
		s.kinds.SetChosen(s.names[0])
		s.kind = s.names[0]
	}
	s.object.Refresh()
}

func (s *filters) choose(kind string) {
	s.kind, s.all = kind, nil
	s.sift()
	s.again()
}

// again asks for the entries of the kind chosen.
func (s *filters) again() {
	f, kind := s.face, s.kind
	if kind == "" {
		return
	}
	s.err = nil
	s.add.Set(f.say("filters.add."+kind), control.Primary)
	question(&s.asking, patienceCall, func(ctx context.Context) ([]providers.Filter, error) {
		return f.engine.Filters(ctx, kind)
	}, func(all []providers.Filter, err error) {
		if s.err = err; err == nil {
			s.all = all
		}
		s.sift()
	})
	s.show()
	s.object.Refresh()
}

func (s *filters) leave() {
	s.asking.drop()
	s.seen = false
}

// focusSearch gives the search the keyboard.
func (s *filters) focusSearch() { s.search.Focus() }

// sift keeps what the search finds.
func (s *filters) sift() {
	query := folded(s.search.Text())
	s.found = s.found[:0]
	for i, one := range s.all {
		if query == "" || holds(query, one.Value, s.nameOf(one), one.Reason) {
			s.found = append(s.found, i)
		}
	}
	s.show()
	s.list.Reload()
}

func (s *filters) show() {
	f := s.face
	switch {
	case len(s.found) > 0:
		s.pane.show()
	case len(s.all) > 0:
		s.pane.say(look.IconSearch, f.say("filters.none_found"), f.say("filters.none_found.more"), "", nil)
	case s.err != nil:
		s.pane.fail(s.err, s.again)
	case s.asking.running():
		s.pane.wait()
	default:
		s.pane.say(look.IconFilters, f.say("filters.none."+s.kind), f.say("filters.none.more."+s.kind),
			f.say("filters.add."+s.kind), func() { newFilterForm(s, nil).open() })
	}
	text := ""
	switch {
	case s.err != nil && len(s.all) > 0:
		text = f.explain(s.err).Line()
	case len(s.all) > 0:
		text = dotted(f.count("filters.count", len(s.all)), f.say("filters.more."+s.kind))
	}
	s.info.SetText(text)
}

// nameOf is what an entry is called, where it is not its value.
func (s *filters) nameOf(one providers.Filter) string {
	if one.Name != "" || s.kind != filterCategory {
		return one.Name
	}
	return s.face.catalog.names[one.Value]
}

// row is an entry as the list shows it; the platform's own have a lock and can
// be neither changed nor removed.
func (s *filters) row(i int) rowlist.Row {
	f, one := s.face, s.all[s.found[i]]
	name := s.nameOf(one)
	data := rowlist.Row{ID: s.kind + "/" + one.Value, Title: one.Value, Caption: one.Reason}
	if name != "" {
		data.Title = name
		data.Caption = dotted(one.Value, one.Reason)
	}
	if !one.Removable {
		data.Badges = []rowlist.Badge{
			{Text: f.say("filters.platforms", args("Platform", f.state.Account.PlatformName)), Tooltip: f.say("filters.locked")},
			{Icon: look.IconLock.Resource(), Tooltip: f.say("filters.locked")},
		}
		return data
	}
	data.Actions = []rowlist.Action{
		{Icon: look.IconEdit.Resource(), Tooltip: f.say("filters.edit"), Do: func() { newFilterForm(s, &one).open() }},
		{Icon: look.IconTrash.Resource(), Tooltip: f.say("filters.remove"), Do: func() { s.remove(one, data.Title) }},
	}
	return data
}

// remove asks, then removes.
func (s *filters) remove(one providers.Filter, title string) {
	f, kind := s.face, s.kind
	f.ask(f.say("filters.remove.ask", words.Args{"Value": title}), f.say("filters.remove.more."+kind),
		choice{f.say("cancel"), control.Plain, nil},
		choice{f.say("filters.remove.do"), control.Danger, func() {
			f.run(patienceCall, func(ctx context.Context) error { return f.engine.RemoveFilter(ctx, kind, one.Value) }, func(err error) {
				if err != nil {
					f.fail(err)
					return
				}
				f.good(f.say("filters.removed", words.Args{"Value": title}))
				if s.seen {
					s.again()
				}
			})
		}})
}
