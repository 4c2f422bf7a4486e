package desktop

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"cuelight/app/desktop/look"
	"cuelight/app/words"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/paint"
)

// again asks for the list from its beginning; what is there stays until the
// answer comes.
func (d *discover) again() {
	d.ask(1)
	d.standing.again()
}

// start asks for another list: what is there belongs to the one before.
func (d *discover) start() {
	d.rows.reset()
	d.list.Release()
	d.list.Reload()
	d.total, d.next, d.err = 0, 0, nil
	d.ask(1)
}

// another asks for the next page, where there is one and none is on its way.
func (d *discover) another() {
	if d.next > 0 && !d.pages.running() {
		d.ask(d.next)
	}
}

// ask asks for a page. The answer of an older question is not heard.
func (d *discover) ask(page int) {
	f, q := d.face, d.query
	q.Page, d.err = page, nil
	question(&d.pages, patienceCall, func(ctx context.Context) (providers.DirectoryPage, error) {
		return f.engine.Directory(ctx, q)
	}, func(answer providers.DirectoryPage, err error) { d.take(page, answer, err) })
	d.show()
}

func (d *discover) take(page int, answer providers.DirectoryPage, err error) {
	if d.err = err; err != nil {
		d.show()
		return
	}
	if page == 1 {
		d.rows.reset()
		d.loaded = d.face.opt.Clock.Now()
	}
	d.rows.add(answer.Entries)
	d.total, d.next = answer.Total, page+1
	// Past the last page there is nothing; the total counts what comes and goes.
	if len(answer.Entries) == 0 || answer.Total > 0 && page*max(answer.PerPage, len(answer.Entries)) >= answer.Total {
		d.next = 0
	}
	d.rows.search(d.rows.query)
	d.show()
	d.list.Reload()
	if page == 1 {
		d.list.Top()
	}
}

// show shows the list, or why there is none.
func (d *discover) show() {
	f := d.face
	n, searching := d.rows.len(), d.rows.query != ""
	switch {
	case n > 0:
		d.pane.show()
	case searching && len(d.rows.all) > 0:
		d.pane.say(look.IconSearch, f.say("discover.none_found"), f.say("discover.none_found.more"), "", nil)
	case d.err != nil:
		d.pane.fail(d.err, d.again)
	case d.pages.running():
		d.pane.wait()
	default:
		d.pane.say(look.IconDiscover, f.say("discover.none"), f.say("discover.none.more"), f.say("discover.again"), d.again)
	}
	failed := ""
	if d.err != nil && len(d.rows.all) > 0 {
		failed = f.explain(d.err).Line()
	}
	d.failed.set(paint.ToneBad, failed)
	d.tell()
	d.object.Refresh()
}

// tell says in one line how much of what is shown, how fresh it is, and where
// the streamer's own broadcast stands.
func (d *discover) tell() {
	f := d.face
	n, all := d.rows.len(), len(d.rows.all)
	text := ""
	switch {
	case all == 0 && d.pages.running():
		text = f.say("discover.loading")
	case all == 0:
	case d.rows.query != "":
		text = dotted(f.words.Count("desktop.discover.found", n, words.Args{"Number": thousands(n), "All": thousands(all)}), d.standing.says())
	default:
		loaded := ""
		if all < d.total {
			loaded = f.count("discover.loaded", all)
		}
		text = dotted(f.count("discover.total", max(d.total, all)), loaded, f.say("discover.fresh", args("When", f.ago(f.opt.Clock.Now().Sub(d.loaded)))), d.standing.says())
	}
	d.info.SetText(text)
	label := f.say("discover.more")
	switch {
	case d.err != nil:
		label = f.say("retry")
	case d.pages.running():
		label = f.say("discover.loading")
	}
	d.more.Set(label, control.LinkLike)
	enable(d.more, !d.pages.running())
	seen := d.next > 0 && all > 0 && (d.rows.query != "" || d.err != nil)
	if d.more.Visible() != seen {
		d.more.Hidden = !seen
		d.object.Refresh()
	}
}

// menu offers what can be done with a broadcast.
func (d *discover) menu(i int, at fyne.Position) {
	if items := d.offers(i); len(items) > 0 {
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), d.face.win.Canvas(), at)
	}
}

// offers are what can be done with a broadcast: its addresses opened or copied.
func (d *discover) offers(i int) []*fyne.MenuItem {
	f, r := d.face, d.rows.at(i)
	watch, embed := r.watch, r.embed
	var items []*fyne.MenuItem
	offer := func(key string, icon look.Icon, do func()) {
		item := fyne.NewMenuItem(f.say(key), do)
		item.Icon = icon.Resource()
		items = append(items, item)
	}
	if watch != "" {
		offer("discover.watch", look.IconLink, func() { f.browse(watch) })
		offer("discover.copy_watch", look.IconCopy, func() { f.copyText(watch) })
	}
	if embed != "" {
		offer("discover.copy_embed", look.IconCopy, func() { f.copyText(embed) })
	}
	return items
}
