package home

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/look"
	"cuelight/app/desktop/titlefield"
	"cuelight/app/history"
	"cuelight/app/state"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
	"cuelight/widgets/label"
	"cuelight/widgets/layer"
	"cuelight/widgets/paint"
	"cuelight/widgets/rowlist"
	"cuelight/widgets/surface"
)

// TitleEngine is what the title and the recent titles need of the core. What takes no
// context is quick; it may be called on the window's goroutine.
type TitleEngine interface {
	titlefield.Engine
	Draft(change providers.Patch)
	// TakeTheirs drops a field of the draft.
	TakeTheirs(id providers.FieldID)
	MarkPast(ctx context.Context, id string, favourite bool) error
	ForgetPast(ctx context.Context, id string) error
}

// recent is the card of what was applied before, to be put into the form again.
type recent struct {
	ui     *kit.UI
	engine TitleEngine
	card   *surface.Card
	search *input.SearchField
	stars  *control.Button
	list   *rowlist.List
	empty  *label.Paragraph

	// history is what the index was made of; platform is whose entries it has.
	history  []state.Past
	platform string
	index    *history.Index
	found    []*state.Past
	starred  bool
	// withdraw takes the message with the way back away; nil while there is none.
	withdraw func()
}

// recentHeight is the height of the card where it is the last of those below each
// other, recentLeast the least that it has otherwise.
const (
	recentHeight = 300
	recentLeast  = 200
)

func newRecent(ui *kit.UI, engine TitleEngine) *recent {
	r := &recent{ui: ui, engine: engine, index: history.NewIndex(nil)}
	r.search = input.NewSearchField(ui.Text("recent.search"), func(string) { r.filter() })
	r.stars = control.NewIconButton(look.IconStar.Resource(), ui.Text("recent.stars"), func() {
		r.starred = !r.starred
		r.filter()
	})
	r.list = rowlist.New(func() int { return len(r.found) }, r.row)
	r.list.OnChosen = func(i int, _ fyne.Position) { r.fill(*r.found[i]) }
	r.empty = kit.Paragraph("")
	title := label.NewFillingLine(ui.Text("recent"), label.Title())
	head := kit.Row(kit.Gap, kit.Stretch(title), title, r.stars)
	body := kit.Arrange(func(o []fyne.CanvasObject, s fyne.Size) {
		top := float32(0)
		for _, above := range o[:2] {
			h := kit.FitHeight(above, s.Width)
			above.Move(fyne.NewPos(0, top))
			top += h + kit.GapSmall
		}
		kit.Place(o[2], 0, top, s.Width, max(0, s.Height-top))
		kit.FitHeight(o[3], s.Width)
		o[3].Move(fyne.NewPos(0, top+kit.GapSmall))
	}, func([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 120) }, head, r.search, r.list, r.empty)
	r.card = surface.NewCard("", "", body)
	r.filter()
	return r
}

// update shows what was applied on the platform in use.
func (r *recent) update(s state.State) {
	if s.Broadcast.Draft.Empty() {
		r.withdrawUndo() // it was sent, or taken back
	}
	if r.platform == s.Account.Platform && sameHistory(r.history, s.History) {
		return
	}
	r.history, r.platform = s.History, s.Account.Platform
	var mine []state.Past
	for _, p := range s.History {
		if p.Platform == r.platform {
			mine = append(mine, p)
		}
	}
	r.index = history.NewIndex(mine)
	r.filter()
}

// sameHistory reports whether two are the same one: each change makes another.
func sameHistory(a, b []state.Past) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// filter shows what is searched for.
func (r *recent) filter() {
	r.found = r.index.Search(r.search.Text())
	if r.starred {
		var starred []*state.Past
		for _, p := range r.found {
			if p.Favorite {
				starred = append(starred, p)
			}
		}
		r.found = starred
	}
	icon, tooltip := look.IconStar, "recent.stars"
	if r.starred {
		icon, tooltip = look.IconStarred, "recent.all"
	}
	r.stars.SetIcon(icon.Resource())
	r.stars.TipText = func() string { return r.ui.Text(tooltip) }
	switch {
	case len(r.found) > 0:
		r.empty.SetText("")
	case len(r.index.Search("")) == 0:
		r.empty.SetText(r.ui.Text("recent.none"))
	default:
		r.empty.SetText(r.ui.Text("recent.not_found"))
	}
	show(r.list, len(r.found) > 0)
	show(r.empty, len(r.found) == 0)
	r.list.Reload()
	r.list.Top()
}

func (r *recent) row(i int) rowlist.Row {
	p, ui := r.found[i], r.ui
	category := state.CategoryText(p.Category)
	data := rowlist.Row{
		ID: p.ID, Title: p.TitleIn(ui.Words().Lang()),
		Caption: kit.JoinDots(category, ui.Count("recent.uses", p.Uses), ui.Ago(ui.Clock().Now().Sub(p.Last))),
	}
	if data.Title == "" {
		data.Title = kit.Either(category != "", category, ui.Text("records.untitled"))
	}
	if len(p.Hashtags) > 0 {
		data.More = "#" + strings.Join(p.Hashtags, " #")
	}
	icon, tooltip := look.IconStar, ui.Text("recent.star")
	if p.Favorite {
		icon, tooltip = look.IconStarred, ui.Text("recent.unstar")
	}
	data.Actions = []rowlist.Action{
		{Icon: icon.Resource(), Tooltip: tooltip, Do: func() {
			ui.Run(kit.QuickTimeout, func(ctx context.Context) error { return r.engine.MarkPast(ctx, p.ID, !p.Favorite) }, r.done)
		}},
		{Icon: look.IconTrash.Resource(), Tooltip: ui.Text("recent.forget"), Do: func() {
			ui.Run(kit.QuickTimeout, func(ctx context.Context) error { return r.engine.ForgetPast(ctx, p.ID) }, r.done)
		}},
	}
	return data
}

func (r *recent) done(err error) {
	if err != nil {
		r.ui.ShowError(err)
	}
}

func (r *recent) withdrawUndo() {
	if r.withdraw != nil {
		r.withdraw()
		r.withdraw = nil
	}
}

// fill puts an entry into the form, with a way back to what was there.
func (r *recent) fill(p state.Past) {
	before, change := r.ui.Latest().Broadcast.Draft, p.PatchIn(r.ui.Words().Lang())
	r.engine.Draft(change)
	r.ui.Render()
	r.withdrawUndo()
	r.withdraw = r.ui.Toast(layer.Toast{
		Tone: paint.ToneGood, Text: r.ui.Text("recent.filled"), Action: r.ui.Text("recent.undo"),
		OnAction: func() {
			for _, id := range change.Fields() {
				if was := state.Only(before, id); was.Empty() {
					r.engine.TakeTheirs(id)
				} else {
					r.engine.Draft(was)
				}
			}
			r.ui.Render()
		},
	})
}
