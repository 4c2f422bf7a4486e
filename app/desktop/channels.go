package desktop

import (
	"context"
	"image"
	"time"

	"fyne.io/fyne/v2"

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

// channels is the screen of the channels or rooms of an account, where one is
// chosen to work on.
type channels struct {
	face   *face
	object *fyne.Container
	search *input.SearchField
	info   *label.Line
	more   *control.Button
	list   *rowlist.List
	pane   *pane
	asking asking
	using  asking

	rows    []providers.Channel
	seen    map[string]bool // keys in rows
	query   providers.ChannelQuery
	next    string
	total   int
	err     error
	chosen  string
	account string
	shown   bool
	stop    func() // the wait for the rest of what is typed
}

// typingPause is how long a search that asks the platform waits for the next
// key.
const typingPause = 350 * time.Millisecond

func newChannels(f *face) screen {
	c := &channels{face: f, asking: asking{face: f}, using: asking{face: f}, seen: make(map[string]bool), total: -1}
	c.search = input.NewSearchField(f.say("channels.search"), c.find)
	c.info = label.NewFillingLine("", label.Caption())
	c.more = control.NewButton(f.say("retry"), nil, control.LinkLike, c.another)
	c.more.Hide()
	c.list = rowlist.New(func() int { return len(c.rows) }, c.row)
	c.list.Picture = c.picture
	c.list.OnChosen = func(i int, _ fyne.Position) { c.choose(c.rows[i]) }
	c.list.OnEnd = func() {
		if c.err == nil {
			c.another()
		}
	}
	c.pane = newPane(f, c.list, status.NewSkeleton(6, rowlist.Thumbnail), true)
	refresh := control.NewIconButton(look.IconRefresh.Resource(), f.say("discover.again"), c.again)
	line := row(gapSmall, only(c.info), c.info, c.more, refresh)
	inner := arrange(func(o []fyne.CanvasObject, s fyne.Size) {
		const field, tools = 42, 30
		put(o[0], 0, 0, s.Width, field)
		put(o[1], 0, field+6, s.Width, tools)
		put(o[2], 0, field+tools+10, s.Width, max(0, s.Height-field-tools-10))
	}, func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 200) }, c.search, line, c.pane.object)
	c.object = fullCard(inner)
	return c
}

func (c *channels) body() fyne.CanvasObject { return c.object }

func (c *channels) update(s state.State) {
	if c.account != s.Account.Name {
		c.leave()
		c.account = s.Account.Name
		c.search.SetPlaceholder(c.face.say("channels.search"))
		c.reset()
	}
	if chosen := channelOf(s); chosen != c.chosen {
		c.chosen = chosen
		c.list.Reload()
	}
	if c.shown || s.Account.SignedIn == state.SignInUnknown {
		return
	}
	c.shown = true
	c.again()
}

func (c *channels) reset() {
	c.rows, c.next, c.total, c.err = nil, "", -1, nil
	clear(c.seen)
	c.list.Release()
}

func (c *channels) leave() {
	c.asking.drop()
	c.list.Release()
	if c.stop != nil {
		c.stop()
		c.stop = nil
	}
	c.shown = false
}

// focusSearch gives the search the keyboard.
func (c *channels) focusSearch() { c.search.Focus() }

// find asks the platform once the typing pauses.
func (c *channels) find(string) {
	if c.stop != nil {
		c.stop()
	}
	c.stop = c.face.opt.Clock.After(typingPause, func() {
		c.stop = nil
		c.reset()
		c.list.Reload()
		c.again()
	})
}

// again asks for the list from its beginning.
func (c *channels) again() { c.ask(providers.ChannelQuery{Search: c.search.Text(), Page: 1}) }

// another asks for the next page, where there is one and none is on its way.
func (c *channels) another() {
	if c.next != "" && !c.asking.running() {
		q := c.query
		q.Page, q.Cursor = q.Page+1, c.next
		c.ask(q)
	}
}

func (c *channels) ask(q providers.ChannelQuery) {
	f := c.face
	c.err = nil
	question(&c.asking, patienceCall, func(ctx context.Context) (providers.ChannelPage, error) {
		return f.engine.Channels(ctx, q)
	}, func(answer providers.ChannelPage, err error) {
		if c.err = err; err == nil {
			c.take(q, answer)
		}
		c.show()
		c.list.Reload()
	})
	c.show()
}

func (c *channels) take(q providers.ChannelQuery, answer providers.ChannelPage) {
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

func (c *channels) show() {
	f := c.face
	switch {
	case len(c.rows) > 0:
		c.pane.show()
	case c.err != nil:
		c.pane.fail(c.err, c.again)
	case c.asking.running():
		c.pane.wait()
	case c.search.Text() != "":
		c.pane.say(look.IconSearch, f.say("channels.none_found"), f.say("channels.none_found.more"), "", nil)
	default:
		c.pane.say(look.IconChannels, f.say("channels.none"),
			f.say("channels.none.more", args("Platform", f.state.Account.PlatformName)), f.say("discover.again"), c.again)
	}
	text := ""
	switch n := len(c.rows); {
	case n == 0:
	case c.err != nil:
		text = f.explain(c.err).Line()
	case c.total > n:
		text = dotted(f.count("channels.count", c.total), f.count("discover.loaded", n))
	case c.next != "":
		text = f.count("discover.loaded", n)
	default:
		text = f.count("channels.count", n)
	}
	c.info.SetText(text)
	if seen := c.err != nil && len(c.rows) > 0; c.more.Visible() != seen {
		c.more.Hidden = !seen
	}
	c.object.Refresh()
}

// row is a channel as the list shows it.
func (c *channels) row(i int) rowlist.Row {
	f, one := c.face, c.rows[i]
	data := rowlist.Row{ID: one.Key, Title: either(one.Title != "", one.Title, one.Key), Caption: one.Owner, Own: one.Key == c.chosen}
	if one.Title != "" && one.Key != one.Title {
		data.Caption = dotted(one.Owner, one.Key)
	}
	if data.Own {
		data.Badges = append(data.Badges, rowlist.Badge{Text: f.say("channels.chosen"), Tone: paint.ToneAccent})
	}
	if one.Shared {
		data.Badges = append(data.Badges, rowlist.Badge{Text: f.say("channels.shared")})
	}
	if one.OnAir {
		data.Badges = append(data.Badges, rowlist.Badge{Text: f.say("air.on"), Tone: paint.ToneBad})
		if !one.Started.IsZero() {
			data.Note = f.lasting(f.opt.Clock.Now().Sub(one.Started))
		}
	}
	if one.Viewers > 0 || (one.Viewers == 0 && one.OnAir) { // some platforms tell viewers and not who is on air
		data.Number = thousands(one.Viewers)
	}
	return data
}

func (c *channels) picture(i int, ready func(image.Image)) (image.Image, func()) {
	return c.face.pictures.get(c.rows[i].CoverURL, int(rowlist.Thumbnail.Width)*pictureScale, int(rowlist.Thumbnail.Height)*pictureScale, ready)
}

// choose works on a channel from now on. While OBS sends, that is asked first:
// what is set and shown then belongs to another channel than the one on air.
func (c *channels) choose(one providers.Channel) {
	f := c.face
	if one.Key == c.chosen {
		return
	}
	name := words.Args{"Name": either(one.Title != "", one.Title, one.Key)}
	if f.state.OBS.Stream.Running() {
		f.ask(f.say("channels.ask", name), f.say("channels.ask.more"),
			choice{f.say("cancel"), control.Plain, nil},
			choice{f.say("channels.do"), control.Primary, func() { c.use(one.Key, name) }})
		return
	}
	c.use(one.Key, name)
}

func (c *channels) use(key string, name words.Args) {
	f := c.face
	question(&c.using, patienceCall, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, f.engine.UseChannel(ctx, key)
	}, func(_ struct{}, err error) {
		if err != nil {
			f.fail(err)
			return
		}
		f.good(f.say("channels.used", name))
		f.refresh()
		f.render()
	})
}
