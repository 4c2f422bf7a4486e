package discover

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/look"
	"cuelight/app/words"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/paint"
)

// Reload asks for the list from its beginning; what is there stays until the
// answer comes.
func (d *Discover) Reload() {
	d.requestPage(1)
	d.rank.reload()
}

// restart drops the rows and asks for another list.
func (d *Discover) restart() {
	d.rows.reset()
	d.list.Release()
	d.list.Reload()
	d.total, d.next, d.err = 0, 0, nil
	d.requestPage(1)
}

// loadNext asks for the next page, where there is one and none is on its way.
func (d *Discover) loadNext() {
	if d.next > 0 && !d.pages.Running() {
		d.requestPage(d.next)
	}
}

// requestPage asks for a page. The answer of an older request is dropped.
func (d *Discover) requestPage(page int) {
	q := d.query
	q.Page, d.err = page, nil
	kit.Send(&d.pages, kit.CallTimeout, func(ctx context.Context) (providers.DirectoryPage, error) {
		return d.engine.Directory(ctx, q)
	}, func(answer providers.DirectoryPage, err error) { d.addPage(page, answer, err) })
	d.show()
}

func (d *Discover) addPage(page int, answer providers.DirectoryPage, err error) {
	if d.err = err; err != nil {
		d.show()
		return
	}
	if page == 1 {
		d.rows.reset()
		d.loaded = d.ui.Clock().Now()
	}
	d.rows.add(answer.Entries)
	d.total, d.next = answer.Total, page+1
	// An empty page is the end whatever the total says: broadcasts come and go.
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
func (d *Discover) show() {
	ui := d.ui
	n, searching := d.rows.len(), d.rows.query != ""
	switch {
	case n > 0:
		d.pane.ShowContent()
	case searching && len(d.rows.all) > 0:
		d.pane.ShowEmpty(look.IconSearch, ui.Text("discover.none_found"), ui.Text("discover.none_found.more"), "", nil)
	case d.err != nil:
		d.pane.ShowError(d.err, d.Reload)
	case d.pages.Running():
		d.pane.ShowLoading()
	default:
		d.pane.ShowEmpty(look.IconDiscover, ui.Text("discover.none"), ui.Text("discover.none.more"), ui.Text("discover.again"), d.Reload)
	}
	failed := ""
	if d.err != nil && len(d.rows.all) > 0 {
		failed = ui.Explain(d.err).Line()
	}
	d.failed.Set(paint.ToneBad, failed)
	d.describe()
	d.object.Refresh()
}

// describe says in one line how much of what is shown, how fresh it is, and where
// the streamer's own broadcast ranks.
func (d *Discover) describe() {
	ui := d.ui
	n, all := d.rows.len(), len(d.rows.all)
	text := ""
	switch {
	case all == 0 && d.pages.Running():
		text = ui.Text("discover.loading")
	case all == 0:
	case d.rows.query != "":
		text = kit.JoinDots(ui.Words().Count("desktop.discover.found", n, words.Args{"Number": kit.Thousands(n), "All": kit.Thousands(all)}), d.rank.text())
	default:
		loaded := ""
		if all < d.total {
			loaded = ui.Count("discover.loaded", all)
		}
		text = kit.JoinDots(ui.Count("discover.total", max(d.total, all)), loaded, ui.Text("discover.fresh", kit.Arg("When", ui.Ago(ui.Clock().Now().Sub(d.loaded)))), d.rank.text())
	}
	d.info.SetText(text)
	caption := ui.Text("discover.more")
	switch {
	case d.err != nil:
		caption = ui.Text("retry")
	case d.pages.Running():
		caption = ui.Text("discover.loading")
	}
	d.more.Set(caption, control.LinkLike)
	kit.Enable(d.more, !d.pages.Running())
	visible := d.next > 0 && all > 0 && (d.rows.query != "" || d.err != nil)
	if d.more.Visible() != visible {
		d.more.Hidden = !visible
		d.object.Refresh()
	}
}

// menu offers what can be done with a broadcast.
func (d *Discover) menu(i int, at fyne.Position) {
	if items := d.offers(i); len(items) > 0 {
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), d.ui.Window().Canvas(), at)
	}
}

// offers are what can be done with a broadcast: its addresses opened or copied.
func (d *Discover) offers(i int) []*fyne.MenuItem {
	ui, r := d.ui, d.rows.at(i)
	watch, embed := r.watch, r.embed
	var items []*fyne.MenuItem
	offer := func(key string, icon look.Icon, do func()) {
		item := fyne.NewMenuItem(ui.Text(key), do)
		item.Icon = icon.Resource()
		items = append(items, item)
	}
	if watch != "" {
		offer("discover.watch", look.IconLink, func() { ui.Browse(watch) })
		offer("discover.copy_watch", look.IconCopy, func() { ui.CopyText(watch) })
	}
	if embed != "" {
		offer("discover.copy_embed", look.IconCopy, func() { ui.CopyText(embed) })
	}
	return items
}
