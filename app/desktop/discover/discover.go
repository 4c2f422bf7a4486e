package discover

import (
	"cmp"
	"context"
	"image"
	"strings"
	"time"

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
	"cuelight/widgets/paint"
	"cuelight/widgets/rowlist"
	"cuelight/widgets/status"
)

// Engine is what the screen needs of the core.
type Engine interface {
	Directory(ctx context.Context, q providers.DirectoryQuery) (providers.DirectoryPage, error)
}

// Discover is the screen of who is live now.
type Discover struct {
	ui         *kit.UI
	engine     Engine
	categories *catalog.Categories
	object     *fyne.Container

	search *input.SearchField
	scope  *input.Picker
	order  *control.Tiles
	info   *label.Line
	more   *control.Button
	failed *kit.Message
	list   *rowlist.List
	pane   *kit.Pane

	languages *catalog.Languages
	rows      *liveRows
	pages     kit.LatestRequest
	rank      *rank

	// query is what is asked for; next is the page after the last one loaded,
	// 0 where there are no more.
	query  providers.DirectoryQuery
	next   int
	total  int
	err    error
	loaded time.Time

	account string
	visible bool // between Update and Leave
}

// freshTime is how long the list is shown again as it was when the user comes back to
// the screen.
const freshTime = time.Minute

// New makes the screen.
func New(ui *kit.UI, engine Engine, categories *catalog.Categories, languages *catalog.Languages) *Discover {
	d := &Discover{
		ui: ui, engine: engine, categories: categories, languages: languages,
		rows: newLiveRows(), pages: kit.NewRequest(ui), failed: kit.NewMessage(), query: providers.DirectoryQuery{Order: providers.OrderViewers},
	}
	d.rank = newRank(ui, engine, categories, d.describe)
	d.search = input.NewSearchField(ui.Text("discover.search"), d.find)
	d.scope = input.NewPicker(input.PickerWords{
		Placeholder: ui.Text("discover.all"), Change: ui.Text("category.change"),
		Search: ui.Text("discover.scope"), None: ui.Text("category.none"),
	}, d.scopes, ui.Clock())
	d.scope.OnPicked = d.choose
	d.order = control.NewTiles(d.sort, control.Tile{ID: providers.OrderViewers, Title: ui.Text("discover.by_viewers")},
		control.Tile{ID: providers.OrderNewest, Title: ui.Text("discover.by_newest")})
	d.order.SetChosen(providers.OrderViewers)
	d.info = label.NewFillingLine("", label.Caption())
	d.more = control.NewButton(ui.Text("discover.more"), nil, control.LinkLike, d.loadNext)
	d.more.Hide()
	d.list = rowlist.New(d.rows.len, d.row)
	d.list.Picture = d.picture
	d.list.OnChosen = d.menu
	d.list.OnEnd = func() {
		if d.rows.query == "" && d.err == nil {
			d.loadNext()
		}
	}
	d.pane = kit.NewPane(ui, d.list, status.NewSkeleton(8, rowlist.Thumbnail), true)
	refresh := control.NewIconButton(look.IconRefresh.Resource(), ui.Text("discover.again"), d.Reload)
	line := kit.Row(kit.GapSmall, kit.Stretch(d.info), d.info, d.more, refresh)
	inner := kit.Arrange(d.place, func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 200) },
		d.search, d.scope, d.order, line, d.failed.Object, d.pane.Object)
	d.object = kit.FullCard(inner)
	return d
}

func (d *Discover) Body() fyne.CanvasObject { return d.object }

// place puts the controls over the list, in one line where they fit.
func (d *Discover) place(objects []fyne.CanvasObject, s fyne.Size) {
	const between, height, scopeWide = 10, 42, 220
	if has := d.ui.State().Account.Has; !has.DirectoryScopes && !has.DirectoryOrders {
		kit.Place(d.search, 0, 0, s.Width, height)
		d.placeList(objects, s, height+6)
		return
	}
	orderWide := kit.TilesWidth(d.ui.Text("discover.by_viewers"), d.ui.Text("discover.by_newest"))
	y := float32(0)
	if s.Width >= scopeWide+orderWide+280 {
		kit.Place(d.search, 0, 0, s.Width-scopeWide-orderWide-2*between, height)
		kit.Place(d.scope, s.Width-scopeWide-orderWide-between, 0, scopeWide, height)
	} else {
		kit.Place(d.search, 0, 0, s.Width, height)
		y = height + kit.GapSmall
		kit.Place(d.scope, 0, y, s.Width-orderWide-between, height)
	}
	kit.Place(d.order, s.Width-orderWide, y+1, orderWide, height)
	d.placeList(objects, s, y+height+6)
}

// placeList puts the line about the list, what has failed and the list itself below
// the controls.
func (d *Discover) placeList(objects []fyne.CanvasObject, s fyne.Size, y float32) {
	kit.Place(objects[3], 0, y, s.Width, 30)
	y += 30 + 4
	if d.failed.Object.Visible() {
		h := kit.FitHeight(d.failed.Object, s.Width)
		d.failed.Object.Move(fyne.NewPos(0, y))
		y += h + 4
	}
	kit.Place(objects[5], 0, y, s.Width, max(0, s.Height-y))
}

func (d *Discover) Update(s state.State) {
	ui := d.ui
	if d.account != s.Account.Name {
		d.forget()
		d.account = s.Account.Name
	}
	if s.Account.SignedIn == state.SignInUnknown && len(d.rows.all) == 0 {
		return // it may yet turn out to be signed in
	}
	d.scope.Hidden, d.order.Hidden = !s.Account.Has.DirectoryScopes, !s.Account.Has.DirectoryOrders
	if s.Account.Has.DirectoryScopes {
		d.rank.update(s)
	}
	if d.visible {
		return
	}
	d.visible = true
	d.categories.Load(func() {
		d.list.Reload()
		d.describe()
	})
	d.languages.Load(func() {})
	if len(d.rows.all) == 0 || ui.Clock().Now().Sub(d.loaded) > freshTime {
		d.Reload()
		return
	}
	d.list.Reload()
	d.describe()
}

// forget drops what belongs to another account.
func (d *Discover) forget() {
	d.Leave()
	d.rows.reset()
	d.query, d.total, d.next, d.err = providers.DirectoryQuery{Order: d.query.Order}, 0, 0, nil
	d.scope.SetPicked(input.PickItem{})
	d.rank.forget()
}

// Leave gives up requests and the pictures on their way; the rows stay for the
// way back.
func (d *Discover) Leave() {
	d.pages.Cancel()
	d.rank.request.Cancel()
	d.list.Release()
	d.visible = false
}

// FocusSearch gives the search the keyboard.
func (d *Discover) FocusSearch() { d.search.Focus() }

func (d *Discover) find(query string) {
	d.rows.search(query)
	d.list.Reload()
	d.list.Top()
	d.show()
}

func (d *Discover) sort(order string) {
	d.query.Order = order
	d.restart()
}

// The kinds of scope in a scope's ID.
const (
	scopeAll      = "all"
	scopeLanguage = "language/"
	scopeCategory = "category/"
)

// scopes are what the list can be bounded to: nothing, a language, a category.
func (d *Discover) scopes(query string) []input.PickItem {
	ui := d.ui
	d.categories.Load(d.scope.Refresh)
	d.languages.Load(d.scope.Refresh)
	var items []input.PickItem
	if all := ui.Text("discover.all"); strings.Contains(kit.Fold(all), kit.Fold(query)) {
		items = append(items, input.PickItem{ID: scopeAll, Name: all})
	}
	if query == "" {
		for _, item := range d.categories.Known() {
			item.ID = scopeCategory + item.ID
			items = append(items, item)
		}
	}
	for _, item := range d.languages.Search(query, nil) {
		item.ID, item.Detail = scopeLanguage+item.ID, ui.Text("language")
		if query == "" {
			item.Section, item.Detail = ui.Text("language"), ""
		}
		items = append(items, item)
	}
	found := d.categories.All()
	if query != "" {
		found = d.categories.Search(query)
	}
	for _, item := range found {
		item.ID = scopeCategory + item.ID
		if query == "" && item.Section == "" {
			item.Section = ui.Text("category")
		}
		items = append(items, item)
	}
	return items
}

func (d *Discover) choose(item input.PickItem) {
	language, isLanguage := strings.CutPrefix(item.ID, scopeLanguage)
	category, isCategory := strings.CutPrefix(item.ID, scopeCategory)
	d.query.Language, d.query.Category = "", ""
	switch {
	case isLanguage:
		d.query.Language = language
	case isCategory:
		d.query.Category = category
	default:
		d.scope.SetPicked(input.PickItem{})
	}
	d.restart()
}

// row is a broadcast as the list shows it.
func (d *Discover) row(i int) rowlist.Row {
	ui, r := d.ui, d.rows.at(i)
	data := rowlist.Row{
		ID: r.id, Title: r.title, Caption: kit.JoinDots(r.nick, cmp.Or(d.rows.categories[r.category], d.categories.Name(r.category))), Number: kit.Thousands(r.viewers),
		Own: d.rank.isOwn(r),
	}
	if since := r.since(); !since.IsZero() {
		data.Note = ui.Lasting(ui.Clock().Now().Sub(since))
		data.More = ui.Text("discover.since", words.Args{"Time": ui.MomentOfYear(since)})
	}
	if data.Own {
		data.Badges = append(data.Badges, rowlist.Badge{Text: ui.Text("discover.mine"), Tone: paint.ToneAccent})
	}
	if r.password {
		data.Badges = append(data.Badges, rowlist.Badge{Icon: look.IconLock.Resource(), Tooltip: ui.Text("discover.locked")})
	}
	if r.paid {
		data.Badges = append(data.Badges, rowlist.Badge{Text: ui.Text("discover.paid"), Tooltip: ui.Text("discover.paid.more")})
	}
	if r.age > 0 {
		data.Badges = append(data.Badges, rowlist.Badge{Text: kit.Thousands(int(r.age)), Tone: paint.ToneBad, Tooltip: ui.AgeGrade(int(r.age))})
	}
	return data
}

func (d *Discover) picture(i int, ready func(image.Image)) (image.Image, func()) {
	return d.ui.RowThumbnail(d.rows.at(i).thumb, ready)
}
