package channels

import (
	"context"
	"image"
	"time"

	"fyne.io/fyne/v2"

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
	Channels(ctx context.Context, q providers.ChannelQuery) (providers.ChannelPage, error)
	UseChannel(ctx context.Context, key string) error
}

// Channels is the screen of the channels or rooms of an account, where one is
// chosen to work on.
type Channels struct {
	engine  Engine
	ui      *kit.UI
	object  *fyne.Container
	search  *input.SearchField
	info    *label.Line
	more    *control.Button
	list    *rowlist.List
	pane    *kit.Pane
	request kit.LatestRequest
	using   kit.LatestRequest

	rows    []providers.Channel
	seen    map[string]bool // keys in rows
	query   providers.ChannelQuery
	next    string
	total   int
	err     error
	chosen  string
	account string
	visible bool   // between Update and Leave
	stop    func() // the wait for the rest of what is typed
}

// typingDelay is how long a search that asks the platform waits for the next key.
const typingDelay = 350 * time.Millisecond

// New makes the screen.
func New(ui *kit.UI, engine Engine) *Channels {
	c := &Channels{ui: ui, engine: engine, request: kit.NewRequest(ui), using: kit.NewRequest(ui), seen: make(map[string]bool), total: -1}
	c.search = input.NewSearchField(ui.Text("channels.search"), c.find)
	c.info = label.NewFillingLine("", label.Caption())
	c.more = control.NewButton(ui.Text("retry"), nil, control.LinkLike, c.loadNext)
	c.more.Hide()
	c.list = rowlist.New(func() int { return len(c.rows) }, c.row)
	c.list.Picture = c.picture
	c.list.OnChosen = func(i int, _ fyne.Position) { c.choose(c.rows[i]) }
	c.list.OnEnd = func() {
		if c.err == nil {
			c.loadNext()
		}
	}
	c.pane = kit.NewPane(ui, c.list, status.NewSkeleton(6, rowlist.Thumbnail), true)
	refresh := control.NewIconButton(look.IconRefresh.Resource(), ui.Text("discover.again"), c.Reload)
	line := kit.Row(kit.GapSmall, kit.Stretch(c.info), c.info, c.more, refresh)
	inner := kit.Arrange(func(o []fyne.CanvasObject, s fyne.Size) {
		const field, tools = 42, 30
		kit.Place(o[0], 0, 0, s.Width, field)
		kit.Place(o[1], 0, field+6, s.Width, tools)
		kit.Place(o[2], 0, field+tools+10, s.Width, max(0, s.Height-field-tools-10))
	}, func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 200) }, c.search, line, c.pane.Object)
	c.object = kit.FullCard(inner)
	return c
}

func (c *Channels) Body() fyne.CanvasObject { return c.object }

func (c *Channels) Update(s state.State) {
	if c.account != s.Account.Name {
		c.Leave()
		c.account = s.Account.Name
		c.search.SetPlaceholder(c.ui.Text("channels.search"))
		c.reset()
	}
	if chosen := kit.Channel(s); chosen != c.chosen {
		c.chosen = chosen
		c.list.Reload()
	}
	if c.visible || s.Account.SignedIn == state.SignInUnknown {
		return
	}
	c.visible = true
	c.Reload()
}

func (c *Channels) reset() {
	c.rows, c.next, c.total, c.err = nil, "", -1, nil
	clear(c.seen)
	c.list.Release()
}

func (c *Channels) Leave() {
	c.request.Cancel()
	c.list.Release()
	if c.stop != nil {
		c.stop()
		c.stop = nil
	}
	c.visible = false
}

// FocusSearch gives the search the keyboard.
func (c *Channels) FocusSearch() { c.search.Focus() }

// find asks the platform once the typing pauses.
func (c *Channels) find(string) {
	if c.stop != nil {
		c.stop()
	}
	c.stop = c.ui.Clock().After(typingDelay, func() {
		c.stop = nil
		c.reset()
		c.list.Reload()
		c.Reload()
	})
}

// Reload asks for the list from its beginning.
func (c *Channels) Reload() { c.requestPage(providers.ChannelQuery{Search: c.search.Text(), Page: 1}) }

// loadNext asks for the next page, where there is one and none is on its way.
func (c *Channels) loadNext() {
	if c.next != "" && !c.request.Running() {
		q := c.query
		q.Page, q.Cursor = q.Page+1, c.next
		c.requestPage(q)
	}
}

func (c *Channels) requestPage(q providers.ChannelQuery) {
	c.err = nil
	kit.Send(&c.request, kit.CallTimeout, func(ctx context.Context) (providers.ChannelPage, error) {
		return c.engine.Channels(ctx, q)
	}, func(answer providers.ChannelPage, err error) {
		if c.err = err; err == nil {
			c.addPage(q, answer)
		}
		c.show()
		c.list.Reload()
	})
	c.show()
}

func (c *Channels) addPage(q providers.ChannelQuery, answer providers.ChannelPage) {
	if q.Page == 1 {
		c.reset()
	}
	added := 0
	for _, one := range answer.Channels {
		if !c.seen[one.Key] {
			c.seen[one.Key] = true
			one.Facts, one.Categories = nil, nil // not shown here
			c.rows = append(c.rows, one)
			added++
		}
	}
	c.query, c.next, c.total = q, answer.Next, answer.Total
	if added == 0 {
		c.next = "" // a page of nothing new would be followed by itself
	}
}

func (c *Channels) show() {
	ui := c.ui
	switch {
	case len(c.rows) > 0:
		c.pane.ShowContent()
	case c.err != nil:
		c.pane.ShowError(c.err, c.Reload)
	case c.request.Running():
		c.pane.ShowLoading()
	case c.search.Text() != "":
		c.pane.ShowEmpty(look.IconSearch, ui.Text("channels.none_found"), ui.Text("channels.none_found.more"), "", nil)
	default:
		c.pane.ShowEmpty(look.IconChannels, ui.Text("channels.none"),
			ui.Text("channels.none.more", kit.Arg("Platform", ui.Platform(ui.State().Account))), ui.Text("discover.again"), c.Reload)
	}
	text := ""
	switch n := len(c.rows); {
	case n == 0:
	case c.err != nil:
		text = ui.Explain(c.err).Line()
	case c.total > n:
		text = kit.JoinDots(ui.Count("channels.count", c.total), ui.Count("discover.loaded", n))
	case c.next != "":
		text = ui.Count("discover.loaded", n)
	default:
		text = ui.Count("channels.count", n)
	}
	c.info.SetText(text)
	if seen := c.err != nil && len(c.rows) > 0; c.more.Visible() != seen {
		c.more.Hidden = !seen
	}
	c.object.Refresh()
}

// row is a channel as the list shows it.
func (c *Channels) row(i int) rowlist.Row {
	ui, one := c.ui, c.rows[i]
	data := rowlist.Row{ID: one.Key, Title: kit.Either(one.Title != "", one.Title, one.Key), Caption: one.Owner, Own: one.Key == c.chosen}
	if one.Title != "" && one.Key != one.Title {
		data.Caption = kit.JoinDots(one.Owner, one.Key)
	}
	if data.Own {
		data.Badges = append(data.Badges, rowlist.Badge{Text: ui.Text("channels.chosen"), Tone: paint.ToneAccent})
	}
	if one.Shared {
		data.Badges = append(data.Badges, rowlist.Badge{Text: ui.Text("channels.shared")})
	}
	if one.OnAir {
		data.Badges = append(data.Badges, rowlist.Badge{Text: ui.Text("air.on"), Tone: paint.ToneBad})
		if !one.Started.IsZero() {
			data.Note = ui.Lasting(ui.Clock().Now().Sub(one.Started))
		}
	}
	if one.Viewers > 0 || (one.Viewers == 0 && one.OnAir) { // some platforms tell viewers and not who is on air
		data.Number = kit.Thousands(one.Viewers)
	}
	return data
}

func (c *Channels) picture(i int, ready func(image.Image)) (image.Image, func()) {
	return c.ui.RowThumbnail(c.rows[i].CoverURL, ready)
}

// choose works on a channel from now on. While OBS sends, that is asked first:
// what is set and shown then belongs to another channel than the one on air.
func (c *Channels) choose(one providers.Channel) {
	ui := c.ui
	if one.Key == c.chosen {
		return
	}
	name := words.Args{"Name": kit.Either(one.Title != "", one.Title, one.Key)}
	if ui.State().OBS.Stream.Running() {
		ui.Confirm(ui.Text("channels.ask", name), ui.Text("channels.ask.more"),
			kit.Choice{Text: ui.Text("cancel"), Kind: control.Plain, Then: nil},
			kit.Choice{Text: ui.Text("channels.do"), Kind: control.Primary, Then: func() { c.use(one.Key, name) }})
		return
	}
	c.use(one.Key, name)
}

func (c *Channels) use(key string, name words.Args) {
	ui := c.ui
	kit.Send(&c.using, kit.CallTimeout, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, c.engine.UseChannel(ctx, key)
	}, func(_ struct{}, err error) {
		if err != nil {
			ui.ShowError(err)
			return
		}
		ui.ShowSuccess(ui.Text("channels.used", name))
		ui.Refresh()
		ui.Render()
	})
}
