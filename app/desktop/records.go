package desktop

import (
	"context"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/look"
	"cuelight/app/state"
	"cuelight/widgets/control"
	"cuelight/widgets/label"
	"cuelight/widgets/paint"
	"cuelight/widgets/rowlist"
	"cuelight/widgets/status"
	"cuelight/widgets/surface"
)

// records is the screen of what has been: broadcasts, each with what happened
// in it, and the program's own log. It is reached from the settings.
type records struct {
	face   *face
	object *fyne.Container
	back   *control.Button
	head   *fyne.Container
	tabs   *control.Tiles
	slot   *fyne.Container

	past   *pastList
	detail *pastDetail
	log    *logView
	// running was whether a broadcast runs, whose end adds to the list.
	running bool
}

// The two halves of the screen.
const (
	recordsPast = "past"
	recordsLog  = "log"
)

func newRecords(f *face) screen {
	r := &records{face: f}
	r.past = newPastList(f, r.openPast)
	r.detail = newPastDetail(f)
	r.log = newLogView(f)
	r.back = control.NewButton(f.say("screen.settings"), look.IconBack.Resource(), control.Quiet, r.goBack)
	title := label.NewFillingLine(f.say("records"), label.Heading())
	bundle := control.NewButton(f.say("bundle"), nil, control.Plain, f.askBundle)
	r.tabs = control.NewTiles(r.turn,
		control.Tile{ID: recordsPast, Title: f.say("records.past")}, control.Tile{ID: recordsLog, Title: f.say("records.log")})
	r.tabs.SetChosen(recordsPast)
	r.slot = arrange(fill, func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 200) }, r.past.object)
	card := surface.NewCard("", "", r.slot)
	r.head = row(gap, only(title), title, bundle)
	r.object = arrange(func(objects []fyne.CanvasObject, s fyne.Size) {
		y := float32(gapSmall)
		for _, o := range objects[:3] {
			if !o.Visible() {
				continue
			}
			w := s.Width - 2*edge
			if o == r.back {
				w = min(w, o.MinSize().Width)
			}
			o.Resize(fyne.NewSize(w, o.MinSize().Height))
			o.Move(fyne.NewPos(edge, y))
			y += o.MinSize().Height + gapSmall
		}
		put(objects[3], edge, y+4, s.Width-2*edge, max(0, s.Height-y-4-gap))
	}, func([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }, r.back, r.head, r.tabs, card)
	r.past.load()
	return r
}

func (r *records) body() fyne.CanvasObject { return r.object }

func (r *records) update(s state.State) {
	running := s.OBS.Stream.Running()
	if r.running != running {
		r.running = running
		r.past.load()
	}
}

// leave gives up what is being read; coming back reads it anew.
func (r *records) leave() {
	r.past.asking.drop()
	r.detail.asking.drop()
	r.log.asking.drop()
	r.running = !r.face.state.OBS.Stream.Running()
}

// turn shows one of the halves.
func (r *records) turn(id string) {
	if id == recordsLog {
		r.log.load()
		r.seen(r.log.object)
		return
	}
	r.past.load()
	r.seen(r.past.object)
}

// seen shows one thing. A single broadcast has the room of the heading, too.
func (r *records) seen(o fyne.CanvasObject) {
	single := o == r.detail.object
	r.head.Hidden, r.tabs.Hidden = single, single
	to := "screen.settings"
	if single {
		to = "records.past"
	}
	r.back.Set(r.face.say(to), control.Quiet)
	r.object.Refresh()
	r.slot.Objects = []fyne.CanvasObject{o}
	r.slot.Refresh()
}

func (r *records) openPast(p pastBroadcast) {
	r.detail.show(p)
	r.seen(r.detail.object)
}

// goBack leaves a single broadcast for the list, and the screen for the
// settings.
func (r *records) goBack() {
	if r.head.Hidden {
		r.seen(r.past.object)
		return
	}
	r.face.shell.open(screenSettings)
}

// pastList is the list of broadcasts kept, newest first.
type pastList struct {
	face   *face
	object fyne.CanvasObject
	pane   *pane
	list   *rowlist.List
	all    []pastBroadcast
	asking asking
	chosen func(pastBroadcast)
}

func newPastList(f *face, chosen func(pastBroadcast)) *pastList {
	l := &pastList{face: f, asking: asking{face: f}, chosen: chosen}
	l.list = rowlist.New(func() int { return len(l.all) }, l.row)
	l.list.OnChosen = func(i int, _ fyne.Position) { l.chosen(l.all[i]) }
	l.pane = newPane(f, l.list, status.NewSkeleton(6, fyne.Size{}), true)
	l.object = l.pane.object
	return l
}

// load reads the logs beside the window.
func (l *pastList) load() {
	f := l.face
	question(&l.asking, patienceQuick, func(context.Context) ([]pastBroadcast, error) {
		var all []pastBroadcast
		for _, name := range f.engine.Sessions() {
			entries, err := f.engine.Session(name)
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
			l.pane.fail(err, l.load)
		case len(all) == 0:
			l.pane.say(look.IconLive, f.say("records.none"), f.say("records.none.more"), "", nil)
		default:
			l.all = all
			l.pane.show()
			l.list.Reload()
		}
	})
}

func (l *pastList) row(i int) rowlist.Row {
	p, f := l.all[i], l.face
	title := p.title
	if title == "" {
		title = f.say("records.untitled")
	}
	data := rowlist.Row{
		ID: p.name, Title: title, Caption: dotted(f.moment(p.began), f.viewersMost(p)), Number: clockTime(p.lasted), Note: f.ago(f.opt.Clock.Now().Sub(p.began)), More: p.category,
	}
	if p.running {
		data.Badges = []rowlist.Badge{{Text: f.say("records.running"), Tone: paint.ToneBad}}
	}
	if p.troubles > 0 {
		data.Badges = append(data.Badges, rowlist.Badge{Text: f.count("records.troubles", p.troubles), Tone: paint.ToneWarn})
	}
	return data
}

// viewersMost is how many watched at most, where that is known.
func (f *face) viewersMost(p pastBroadcast) string {
	if p.viewers == 0 {
		return ""
	}
	return f.count("records.viewers", p.viewers)
}
