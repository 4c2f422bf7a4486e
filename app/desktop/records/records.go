package records

import (
	"context"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/look"
	"cuelight/app/diagnostics"
	"cuelight/app/monitor"
	"cuelight/app/state"
	"cuelight/widgets/control"
	"cuelight/widgets/label"
	"cuelight/widgets/surface"
)

// Engine is what the screen needs of the core. Its methods may read files and run
// beside the window, except Dir, which is quick.
type Engine interface {
	// Dir is the folder that the program keeps its files in.
	Dir() string
	Sessions() []string
	Session(name string) ([]monitor.SessionEntry, error)
	LogTail(lines int) ([]string, error)
	Diagnose(ctx context.Context) diagnostics.Report
	WriteBundle(path string, report any, lines []string) error
	// DraftAgain puts the title and category of a past broadcast into the draft.
	DraftAgain(ctx context.Context, title, category string) error
}

// Records is the screen of what has been: broadcasts, each with what happened
// in it, and the program's own log. It is reached from the settings.
type Records struct {
	ui     *kit.UI
	object *fyne.Container
	back   *control.Button
	head   *fyne.Container
	tabs   *control.Tiles
	holder *fyne.Container // the half or the broadcast that is seen

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

// New makes the screen.
func New(ui *kit.UI, engine Engine) *Records {
	r := &Records{ui: ui}
	r.past = newPastList(ui, engine, r.openPast)
	r.detail = newPastDetail(ui, engine)
	r.log = newLogView(ui, engine)
	r.back = control.NewButton(ui.Text("screen.settings"), look.IconBack.Resource(), control.Quiet, r.goBack)
	title := label.NewFillingLine(ui.Text("records"), label.Heading())
	bundle := control.NewButton(ui.Text("bundle"), nil, control.Plain, ui.Actions.AskDiagnostics)
	r.tabs = control.NewTiles(r.openTab,
		control.Tile{ID: recordsPast, Title: ui.Text("records.past")}, control.Tile{ID: recordsLog, Title: ui.Text("records.log")})
	r.tabs.SetChosen(recordsPast)
	r.holder = kit.Arrange(kit.Fill, func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 200) }, r.past.object)
	card := surface.NewCard("", "", r.holder)
	r.head = kit.Row(kit.Gap, kit.Stretch(title), title, bundle)
	r.object = kit.Arrange(func(objects []fyne.CanvasObject, s fyne.Size) {
		y := float32(kit.GapSmall)
		for _, o := range objects[:3] {
			if !o.Visible() {
				continue
			}
			w := s.Width - 2*kit.Margin
			if o == r.back {
				w = min(w, o.MinSize().Width)
			}
			o.Resize(fyne.NewSize(w, o.MinSize().Height))
			o.Move(fyne.NewPos(kit.Margin, y))
			y += o.MinSize().Height + kit.GapSmall
		}
		kit.Place(objects[3], kit.Margin, y+4, s.Width-2*kit.Margin, max(0, s.Height-y-4-kit.Gap))
	}, func([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }, r.back, r.head, r.tabs, card)
	r.past.load()
	return r
}

func (r *Records) Body() fyne.CanvasObject { return r.object }

func (r *Records) Update(s state.State) {
	running := s.OBS.Stream.Running()
	if r.running != running {
		r.running = running
		r.past.load()
	}
}

// Leave gives up what is being read; coming back reads it again.
func (r *Records) Leave() {
	r.past.request.Cancel()
	r.detail.request.Cancel()
	r.log.request.Cancel()
	r.running = !r.ui.State().OBS.Stream.Running()
}

// openTab shows one of the halves.
func (r *Records) openTab(id string) {
	if id == recordsLog {
		r.log.load()
		r.show(r.log.object)
		return
	}
	r.past.load()
	r.show(r.past.object)
}

// show fills the screen below the tabs. A single broadcast takes the room of heading
// and tabs, too.
func (r *Records) show(o fyne.CanvasObject) {
	single := o == r.detail.object
	r.head.Hidden, r.tabs.Hidden = single, single
	to := "screen.settings"
	if single {
		to = "records.past"
	}
	r.back.Set(r.ui.Text(to), control.Quiet)
	r.object.Refresh()
	r.holder.Objects = []fyne.CanvasObject{o}
	r.holder.Refresh()
}

func (r *Records) openPast(p pastBroadcast) {
	r.detail.show(p)
	r.show(r.detail.object)
}

// goBack leaves a single broadcast for the list, and the screen for the
// settings.
func (r *Records) goBack() {
	if r.head.Hidden {
		r.show(r.past.object)
		return
	}
	r.ui.Actions.Open(kit.ScreenSettings)
}
