package home

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/catalog"
	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/presets"
	"cuelight/app/desktop/titlefield"
	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
	"cuelight/widgets/label"
	"cuelight/widgets/paint"
	"cuelight/widgets/surface"
)

// details is the card of what viewers see: title, category, hashtags. It shows
// the fields that the platform has and nothing else.
type details struct {
	ui     *kit.UI
	engine Engine
	// resized is called when the card may have another height.
	resized func()
	card    *surface.Card
	// Exactly one of these is shown.
	form, empty *fyne.Container
	skeleton    *kit.FieldSkeleton
	body        *fyne.Container

	// fields are the fields that the form can show, with the choice below each where
	// it was changed elsewhere.
	fields   map[providers.FieldID]detail
	presets  *presets.Row
	title    *titlefield.Field
	category *catalog.CategoryField
	tags     *input.HashtagField
	// tagsProblem is the problem told at the hashtags; the field tells some by itself.
	tagsProblem string
	apply       *control.Button
	revert      *control.Button
	failure     *kit.Message
	// buttons are apply and revert, which stand in the form or elsewhere.
	buttons *fyne.Container
	// values are the fields, in the form's order.
	values []fyne.CanvasObject

	emptyText   *label.Paragraph
	emptyButton *control.Button
	emptyAction func()
}

// detail is one field of the form.
type detail struct {
	object   *fyne.Container
	conflict *kit.Conflict
	// theirs puts the platform's own value into words.
	theirs func(providers.Broadcast) string
}

func (d *details) field(id providers.FieldID, object fyne.CanvasObject, theirs func(providers.Broadcast) string) fyne.CanvasObject {
	conflict := kit.NewConflict(d.ui, d.engine, id)
	one := detail{kit.Column(8, object, conflict.Object), conflict, theirs}
	d.fields[id] = one
	return one.object
}

func newDetails(ui *kit.UI, engine Engine, titles TitleEngine, categories *catalog.Categories, resized func()) *details {
	d := &details{ui: ui, engine: engine, resized: resized, fields: make(map[providers.FieldID]detail)}
	clock := ui.Clock()
	d.title = titlefield.New(ui, titles, func(template string) { engine.Draft(providers.Patch{Title: &template}) })
	d.category = catalog.NewCategoryField(ui, categories, func(number string) { engine.Draft(providers.Patch{Category: &number}) })
	d.tags = input.NewHashtagField(ui.Text("hashtags"), ui.Text("hashtags.placeholder"), 0, ui.Text("hashtags.too_many"), nil, clock)
	d.tags.OnChanged = func(tags []string) { engine.Draft(providers.Patch{Hashtags: &tags}) }
	d.apply = control.NewButton(ui.Text("apply"), nil, control.Primary, ui.Actions.ApplyDraft)
	d.revert = control.NewButton(ui.Text("revert"), nil, control.Plain, engine.Discard)
	d.failure = kit.NewMessage()
	d.buttons = kit.Row(10, nil, d.apply, d.revert)
	d.presets = presets.NewRow(ui)
	title := d.field(providers.FieldTitle, d.title.Object, func(b providers.Broadcast) string { return b.Title })
	category := d.field(providers.FieldCategory, d.category.Picker, func(b providers.Broadcast) string { return categories.Item(b.Category).Name })
	tags := d.field(providers.FieldHashtags, d.tags, func(b providers.Broadcast) string { return strings.Join(b.Hashtags, ", ") })
	d.values = []fyne.CanvasObject{title, beside(kit.Gap, d.unsettled, category, tags)}
	d.form = kit.Column(14)
	d.arrange(true, false)
	d.skeleton = kit.NewFieldSkeleton(42, 42, 42)
	d.emptyText = kit.Paragraph("")
	d.emptyButton = control.NewButton("", nil, control.Plain, func() {
		if d.emptyAction != nil {
			d.emptyAction()
		}
	})
	d.empty = kit.Column(12, d.emptyText, kit.Left(d.emptyButton))
	d.body = kit.Column(0, d.form, d.skeleton, d.empty)
	d.card = surface.NewCard(ui.Text("details"), ui.Text("details.note"), d.body)
	return d
}

// arrange puts the buttons into the form or leaves them to somebody else, and the
// presets above the fields or nowhere.
func (d *details) arrange(withButtons, withPresets bool) {
	objects := slices.Concat(d.values, []fyne.CanvasObject{d.failure.Object})
	if withPresets {
		objects = slices.Insert(objects, 0, fyne.CanvasObject(d.presets.Object))
	}
	if withButtons {
		objects = append(objects, d.buttons)
	}
	d.form.Objects = objects
	d.form.Refresh()
}

// unsettled reports whether one of the fields beside each other needs more room: it
// was changed elsewhere.
func (d *details) unsettled() bool {
	return d.fields[providers.FieldCategory].conflict.Object.Visible() || d.fields[providers.FieldHashtags].conflict.Object.Visible()
}

func (d *details) height(width float32) float32 { return cardHeight(d.body, width) }

func (d *details) update(s state.State) {
	switch {
	case s.Account.Name == "":
		d.showEmpty(d.ui.Text("details.no_account"), d.ui.Text("action.add_account"), d.ui.Actions.AddAccount)
	case s.Account.SignedIn == state.SignedOut && !s.Broadcast.Readable():
		d.showEmpty(d.ui.Text("details.signed_out"), d.ui.Text("action.sign_in"), d.ui.Actions.SignIn)
	case kit.ChannelMissing(s):
		d.showEmpty(d.ui.Text("channel.choose.more"), d.ui.Text("channel.choose.do"), d.ui.Actions.ChooseChannel)
	case !s.Broadcast.Readable() && s.Broadcast.Err != nil:
		d.showEmpty(d.ui.Explain(s.Broadcast.Err).Line(), d.ui.Text("retry"), d.ui.Refresh)
	case len(s.Broadcast.Limits) == 0 && s.Account.SignedIn == state.SignedIn:
		d.showEmpty(d.ui.Text("details.none", words.Args{"Platform": d.ui.Platform(s.Account)}), "", nil)
	case !s.Broadcast.Readable():
		d.show(d.skeleton)
	default:
		d.show(d.form)
		before := d.failure.Text()
		moved := d.presets.Update(s)
		d.fill(s.Broadcast, s.Tasks[state.TaskApply])
		if s.Account.SignedIn == state.SignedOut {
			d.failure.Set(paint.ToneWarn, d.ui.Text("signin.ended"))
		}
		if moved || d.failure.Text() != before {
			d.card.Refresh()
			d.resized()
		}
	}
}

// show shows one of form, shape and empty state.
func (d *details) show(o fyne.CanvasObject) {
	changed := false
	for _, other := range []fyne.CanvasObject{d.form, d.skeleton, d.empty} {
		if want := other == o; other.Visible() != want {
			changed = true
			show(other, want)
		}
	}
	if changed {
		show(d.buttons, o == d.form)
		d.card.Refresh()
		d.resized()
	}
}

// show shows an object, or hides it.
func show(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

func (d *details) showEmpty(text, button string, then func()) {
	d.emptyText.SetText(text)
	d.emptyAction = then
	d.emptyButton.Hidden = button == ""
	d.emptyButton.Set(button, control.Plain)
	d.show(d.empty)
}

// fill shows the settings as the user means them. Setting what a field shows
// already leaves it alone, so that a refresh never moves the caret: what the
// user typed is in the draft before any render.
func (d *details) fill(b state.BroadcastState, task state.TaskState) {
	shown, conflicts, changed := b.Shown(), kit.Conflicting(b), false
	for id, one := range d.fields {
		_, has := b.Limits[id]
		changed = one.conflict.Set(has && conflicts[id], one.theirs(b.Confirmed)) || changed
		if one.object.Visible() != has {
			show(one.object, has)
			show(one.object.Objects[0], has)
			changed = true
		}
	}
	d.title.Update(b, d.problem(b, providers.FieldTitle))
	d.category.Show(shown.Category)
	d.category.Picker.SetProblem(d.problem(b, providers.FieldCategory))
	d.tags.SetLimit(b.Limits[providers.FieldHashtags].Max)
	if !slices.Equal(shown.Hashtags, d.tags.Tags()) {
		d.tags.SetTags(shown.Hashtags)
	}
	if problem := d.problem(b, providers.FieldHashtags); problem != d.tagsProblem {
		d.tagsProblem = problem
		d.tags.SetProblem(problem)
	}
	d.updateButtons(b, task)
	if changed {
		d.card.Refresh()
		d.resized()
	}
}

// problem is what is wrong with a field, in words.
func (d *details) problem(b state.BroadcastState, id providers.FieldID) string {
	err := b.Problems[id]
	if err == nil {
		return ""
	}
	x := d.ui.Explain(err)
	return kit.JoinSentences(x.What, x.Do)
}

func (d *details) updateButtons(b state.BroadcastState, task state.TaskState) {
	n := kit.ChangeCount(b.Draft)
	switch {
	case task.Running:
		d.apply.Set(d.ui.Text("apply.running"), control.Primary)
	case n > 0:
		d.apply.Set(d.ui.Count("apply.n", n), control.Primary)
	default:
		d.apply.Set(d.ui.Text("apply"), control.Primary)
	}
	kit.Enable(d.apply, b.Known && n > 0 && len(b.Problems) == 0 && !task.Running)
	kit.Enable(d.revert, n > 0 && !task.Running)
	text := d.ui.ApplyFailure(b, task, onHome)
	d.failure.Set(paint.ToneBad, text)
}
