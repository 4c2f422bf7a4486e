package desktop

import (
	"image"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

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

// discover is the screen of who is live now.
type discover struct {
	face   *face
	object *fyne.Container

	search *input.SearchField
	scope  *input.Picker
	order  *control.Tiles
	info   *label.Line
	more   *control.Button
	failed *inset
	list   *rowlist.List
	pane   *pane

	languages *languageNames
	rows      *liveRows
	pages     asking
	standing  standing

	// query is what is asked for; next is the page after the last one loaded,
	// 0 where there are no more.
	query  providers.DirectoryQuery
	next   int
	total  int
	err    error
	loaded time.Time

	account string
	seen    bool
}

// discoverFresh is how long the list is shown again as it was, when one comes
// back to the screen.
const discoverFresh = time.Minute

func newDiscover(f *face) screen {
	d := &discover{
		face: f, rows: newLiveRows(), pages: asking{face: f}, standing: standing{face: f, asking: asking{face: f}},
		languages: newLanguageNames(f), failed: newInset(), query: providers.DirectoryQuery{Order: providers.OrderViewers},
	}
	d.standing.heard = d.tell
	d.search = input.NewSearchField(f.say("discover.search"), d.find)
	d.scope = input.NewPicker(input.PickerWords{
		Placeholder: f.say("discover.all"), Change: f.say("category.change"),
		Search: f.say("discover.scope"), None: f.say("category.none"),
	}, d.scopes, f.opt.Clock)
	d.scope.OnPicked = d.choose
	d.order = control.NewTiles(d.sort, control.Tile{ID: providers.OrderViewers, Title: f.say("discover.by_viewers")},
		control.Tile{ID: providers.OrderNewest, Title: f.say("discover.by_newest")})
	d.order.SetChosen(providers.OrderViewers)
	d.info = label.NewFillingLine("", label.Caption())
	d.more = control.NewButton(f.say("discover.more"), nil, control.LinkLike, d.another)
	d.more.Hide()
	d.list = rowlist.New(d.rows.len, d.row)
	d.list.Picture = d.picture
	d.list.OnChosen = d.menu
	d.list.OnEnd = func() {
		if d.rows.query == "" && d.err == nil {
			d.another()
		}
	}
	d.pane = newPane(f, d.list, status.NewSkeleton(8, rowlist.Thumbnail), true)
	refresh := control.NewIconButton(look.IconRefresh.Resource(), f.say("discover.again"), d.again)
	line := row(gapSmall, only(d.info), d.info, d.more, refresh)
	inner := arrange(d.place, func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 200) },
		d.search, d.scope, d.order, line, d.failed.object, d.pane.object)
	d.object = fullCard(inner)
	return d
}

func (d *discover) body() fyne.CanvasObject { return d.object }

// place puts the controls over the list, in one line where they fit.
func (d *discover) place(objects []fyne.CanvasObject, s fyne.Size) {
	const between, height, scopeWide = 10, 42, 220
	orderWide := tilesWidth(d.face.say("discover.by_viewers"), d.face.say("discover.by_newest"))
	y := float32(0)
	if s.Width >= scopeWide+orderWide+280 {
		put(d.search, 0, 0, s.Width-scopeWide-orderWide-2*between, height)
		put(d.scope, s.Width-scopeWide-orderWide-between, 0, scopeWide, height)
	} else {
		put(d.search, 0, 0, s.Width, height)
		y = height + gapSmall
		put(d.scope, 0, y, s.Width-orderWide-between, height)
	}
	put(d.order, s.Width-orderWide, y+1, orderWide, height)
	y += height + 6
	put(objects[3], 0, y, s.Width, 30)
	y += 30 + 4
	if d.failed.object.Visible() {
		h := tall(d.failed.object, s.Width)
		d.failed.object.Move(fyne.NewPos(0, y))
		y += h + 4
	}
	put(objects[5], 0, y, s.Width, max(0, s.Height-y))
}

// tilesWidth is what tiles with these titles need in one line.
func tilesWidth(titles ...string) float32 {
	const pad, between = 16, 10
	w := float32(-between)
	for _, title := range titles {
		w += fyne.MeasureText(title, theme.TextSize(), fyne.TextStyle{Bold: true}).Width + 2*pad + between
	}
	return w + 2
}

func (d *discover) update(s state.State) {
	f := d.face
	if d.account != s.Account.Name {
		d.forget()
		d.account = s.Account.Name
	}
	if s.Account.SignedIn == state.SignInUnknown && len(d.rows.all) == 0 {
		return // it may yet turn out to be signed in
	}
	d.standing.update(s)
	if d.seen {
		return
	}
	d.seen = true
	f.catalog.load(func() {
		d.list.Reload()
		d.tell()
	})
	d.languages.load(func() {})
	if len(d.rows.all) == 0 || f.opt.Clock.Now().Sub(d.loaded) > discoverFresh {
		d.again()
		return
	}
	d.list.Reload()
	d.tell()
}

// forget drops what belongs to another account.
func (d *discover) forget() {
	d.leave()
	d.rows.reset()
	d.query, d.total, d.next, d.err = providers.DirectoryQuery{Order: d.query.Order}, 0, 0, nil
	d.scope.SetPicked(input.PickItem{})
	d.standing.forget()
}

// leave gives up requests and the pictures on their way; the rows stay for the
// way back.
func (d *discover) leave() {
	d.pages.drop()
	d.standing.asking.drop()
	d.list.Release()
	d.seen = false
}

// focusSearch gives the search the keyboard.
func (d *discover) focusSearch() { d.search.Focus() }

func (d *discover) find(query string) {
	d.rows.search(query)
	d.list.Reload()
	d.list.Top()
	d.show()
}

func (d *discover) sort(order string) {
	d.query.Order = order
	d.start()
}

// The kinds of scope in a scope's ID.
const (
	scopeAll      = "all"
	scopeLanguage = "language/"
	scopeCategory = "category/"
)

// scopes are what the list can be bounded to: nothing, a language, a category.
func (d *discover) scopes(query string) []input.PickItem {
	f := d.face
	f.catalog.load(d.scope.Refresh)
	d.languages.load(d.scope.Refresh)
	var items []input.PickItem
	if all := f.say("discover.all"); strings.Contains(folded(all), folded(query)) {
		items = append(items, input.PickItem{ID: scopeAll, Name: all})
	}
	if query == "" {
		for _, item := range f.catalog.known() {
			item.ID = scopeCategory + item.ID
			items = append(items, item)
		}
	}
	for _, item := range d.languages.search(query, nil) {
		item.ID, item.Detail = scopeLanguage+item.ID, f.say("language")
		if query == "" {
			item.Section, item.Detail = f.say("language"), ""
		}
		items = append(items, item)
	}
	found := f.catalog.all
	if query != "" {
		found = f.catalog.search(query)
	}
	for _, item := range found {
		item.ID = scopeCategory + item.ID
		if query == "" && item.Section == "" {
			item.Section = f.say("category")
		}
		items = append(items, item)
	}
	return items
}

func (d *discover) choose(item input.PickItem) {
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
	d.start()
}

// row is a broadcast as the list shows it.
func (d *discover) row(i int) rowlist.Row {
	f, r := d.face, d.rows.at(i)
	data := rowlist.Row{
		ID: r.id, Title: r.title, Caption: dotted(r.nick, f.catalog.names[r.category]), Number: thousands(r.viewers),
		Own: d.standing.mine(r),
	}
	if since := r.since(); !since.IsZero() {
		data.Note = f.lasting(f.opt.Clock.Now().Sub(since))
		data.More = f.say("discover.since", words.Args{"Time": since.Local().Format("01-02 15:04")})
	}
	if data.Own {
		data.Badges = append(data.Badges, rowlist.Badge{Text: f.say("discover.mine"), Tone: paint.ToneAccent})
	}
	if r.password {
		data.Badges = append(data.Badges, rowlist.Badge{Icon: look.IconLock.Resource(), Tooltip: f.say("discover.locked")})
	}
	if r.paid {
		data.Badges = append(data.Badges, rowlist.Badge{Text: f.say("discover.paid"), Tooltip: f.say("paid")})
	}
	if r.age > 0 {
		data.Badges = append(data.Badges, rowlist.Badge{Text: thousands(int(r.age)), Tone: paint.ToneBad, Tooltip: f.grade(int(r.age))})
	}
	return data
}

// pictureScale is how many pixels are kept for one of the toolkit's scaled
// ones: enough for dense screens.
const pictureScale = 2

func (d *discover) picture(i int, ready func(image.Image)) (image.Image, func()) {
	return d.face.pictures.get(d.rows.at(i).thumb, int(rowlist.Thumbnail.Width)*pictureScale, int(rowlist.Thumbnail.Height)*pictureScale, ready)
}
