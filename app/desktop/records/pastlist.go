package records

import (
	"context"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/look"
	"cuelight/widgets/paint"
	"cuelight/widgets/rowlist"
	"cuelight/widgets/status"
)

// pastList is the list of broadcasts kept, newest first.
type pastList struct {
	ui      *kit.UI
	engine  Engine
	object  fyne.CanvasObject
	pane    *kit.Pane
	list    *rowlist.List
	all     []pastBroadcast
	request kit.LatestRequest
	chosen  func(pastBroadcast)
}

func newPastList(ui *kit.UI, engine Engine, chosen func(pastBroadcast)) *pastList {
	l := &pastList{ui: ui, engine: engine, request: kit.NewRequest(ui), chosen: chosen}
	l.list = rowlist.New(func() int { return len(l.all) }, l.row)
	l.list.OnChosen = func(i int, _ fyne.Position) { l.chosen(l.all[i]) }
	l.pane = kit.NewPane(ui, l.list, status.NewSkeleton(6, fyne.Size{}), true)
	l.object = l.pane.Object
	return l
}

// load reads the logs beside the window.
func (l *pastList) load() {
	ui := l.ui
	kit.Send(&l.request, kit.QuickTimeout, func(context.Context) ([]pastBroadcast, error) {
		var all []pastBroadcast
		for _, name := range l.engine.Sessions() {
			entries, err := l.engine.Session(name)
			if err != nil {
				return nil, err
			}
			if len(entries) > 0 {
				all = append(all, summarise(name, entries))
			}
		}
		return all, nil
	}, func(all []pastBroadcast, err error) {
		switch {
		case err != nil:
			l.pane.ShowError(err, l.load)
		case len(all) == 0:
			l.pane.ShowEmpty(look.IconLive, ui.Text("records.none"), ui.Text("records.none.more"), "", nil)
		default:
			l.all = all
			l.pane.ShowContent()
			l.list.Reload()
		}
	})
}

func (l *pastList) row(i int) rowlist.Row {
	p, ui := l.all[i], l.ui
	title := kit.Either(p.title != "", p.title, ui.Text("records.untitled"))
	data := rowlist.Row{
		ID: p.name, Title: title, Caption: kit.JoinDots(ui.Moment(p.began), l.viewersText(p)), Number: kit.ClockTime(p.lasted), Note: ui.Ago(ui.Clock().Now().Sub(p.began)), More: p.category,
	}
	if p.running {
		data.Badges = []rowlist.Badge{{Text: ui.Text("records.running"), Tone: paint.ToneBad}}
	}
	if p.incidents > 0 {
		data.Badges = append(data.Badges, rowlist.Badge{Text: ui.Count("records.troubles", p.incidents), Tone: paint.ToneWarn})
	}
	return data
}

// viewersText is how many watched at most, where that is known.
func (l *pastList) viewersText(p pastBroadcast) string {
	if p.viewers == 0 {
		return ""
	}
	return l.ui.Count("records.viewers", p.viewers)
}
