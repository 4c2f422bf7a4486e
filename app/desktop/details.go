package desktop

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

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
	face *face
	card *surface.Card
	// Exactly one of these is seen.
	form, empty *fyne.Container
	skeleton    *skeleton
	body        *fyne.Container

	title    *input.TextField
	category *categoryField
	tags     *input.HashtagField
	apply    *control.Button
	revert   *control.Button
	failure  *inset

	emptyText *label.Paragraph
	emptyDo   *control.Button
	emptyThen func()
}

func newDetails(f *face) *details {
	d := &details{face: f}
	clock := f.opt.Clock
	d.title = input.NewTextField(f.say("title"), f.say("title.placeholder"), 0,
		func(over int) string { return f.count("title.too_long", over) }, clock)
	d.title.OnChanged = func(text string) { f.engine.Draft(providers.Patch{Title: &text}) }
	d.category = newCategoryField(f)
	d.tags = input.NewHashtagField(f.say("hashtags"), f.say("hashtags.placeholder"), 0, f.say("hashtags.too_many"), nil, clock)
	d.tags.OnChanged = func(tags []string) { f.engine.Draft(providers.Patch{Hashtags: &tags}) }
	d.apply = control.NewButton(f.say("apply"), nil, control.Primary, f.apply)
	d.revert = control.NewButton(f.say("revert"), nil, control.Plain, f.engine.Discard)
	d.failure = newInset()
	buttons := row(10, nil, d.apply, d.revert)
	d.form = column(14, d.title, d.category.picker, d.tags, column(12, d.failure.object, buttons))
	d.skeleton = newSkeleton(42, 42, 42)
	d.emptyText = f.paragraph("")
	d.emptyDo = control.NewButton("", nil, control.Plain, func() {
		if d.emptyThen != nil {
			d.emptyThen()
		}
	})
	d.empty = column(12, d.emptyText, left(d.emptyDo))
	d.body = column(0, d.form, d.skeleton, d.empty)
	d.card = surface.NewCard(f.say("details"), f.say("details.note"), d.body)
	return d
}

func (d *details) height(width float32) float32 { return cardHeight(d.body, width) }

func (d *details) focusTitle() { d.title.Focus() }

func (d *details) update(s state.State) {
	switch {
	case s.Account.Name == "":
		d.blank(d.face.say("details.no_account"), d.face.say("action.add_account"), d.face.addAccount)
	case s.Account.SignedIn == state.SignedOut && !s.Broadcast.Known:
		d.blank(d.face.say("details.signed_out"), d.face.say("action.sign_in"), d.face.signIn)
	case channelMissing(s):
		d.blank(d.face.say("channel.choose.more"), d.face.say("channel.choose.do"), d.face.chooseChannel)
	case !s.Broadcast.Known && s.Broadcast.Err != nil:
		d.blank(d.face.explain(s.Broadcast.Err).Line(), d.face.say("retry"), d.face.refresh)
	case len(s.Broadcast.Limits) == 0 && s.Account.SignedIn == state.SignedIn:
		d.blank(d.face.say("details.none", words.Args{"Platform": s.Account.PlatformName}), "", nil)
	case !s.Broadcast.Known:
		d.seen(d.skeleton)
	default:
		d.seen(d.form)
		d.fill(s.Broadcast, s.Tasks[state.TaskApply])
	}
}

// seen shows one of the card's faces.
func (d *details) seen(o fyne.CanvasObject) {
	changed := false
	for _, other := range []fyne.CanvasObject{d.form, d.skeleton, d.empty} {
		if want := other == o; other.Visible() != want {
			changed = true
			if want {
				other.Show()
			} else {
				other.Hide()
			}
		}
	}
	if changed {
		d.card.Refresh()
		d.face.relayout()
	}
}

func (d *details) blank(text, button string, then func()) {
	d.emptyText.SetText(text)
	d.emptyThen = then
	d.emptyDo.Hidden = button == ""
	d.emptyDo.Set(button, control.Plain)
	d.seen(d.empty)
}

// fill shows the settings as the user means them. Setting what a field shows
// already leaves it alone, so that a refresh never moves the caret: what the
// user typed is in the draft before any render.
func (d *details) fill(b state.BroadcastState, task state.TaskState) {
	shown := b.Shown()
	has := func(id providers.FieldID, o fyne.CanvasObject) providers.Limit {
		limit, ok := b.Limits[id]
		if o.Visible() != ok {
			if ok {
				o.Show()
			} else {
				o.Hide()
			}
		}
		return limit
	}
	d.title.SetLimit(has(providers.FieldTitle, d.title).Max)
	d.title.SetText(shown.Title)
	d.title.SetProblem(d.problem(b, providers.FieldTitle))
	has(providers.FieldCategory, d.category.picker)
	d.category.show(shown.Category)
	d.category.picker.SetProblem(d.problem(b, providers.FieldCategory))
	d.tags.SetLimit(has(providers.FieldHashtags, d.tags).Max)
	if !slices.Equal(shown.Hashtags, d.tags.Tags()) {
		d.tags.SetTags(shown.Hashtags)
	}
	if problem := d.problem(b, providers.FieldHashtags); problem != "" {
		d.tags.SetProblem(problem)
	}
	d.buttons(b, task)
}

// problem is what is wrong with a field, in words, unless the field itself
// counts and says so already.
func (d *details) problem(b state.BroadcastState, id providers.FieldID) string {
	err := b.Problems[id]
	if err == nil || (id == providers.FieldTitle && d.title.Over() > 0) {
		return ""
	}
	x := d.face.explain(err)
	return join(x.What, x.Do)
}

func (d *details) buttons(b state.BroadcastState, task state.TaskState) {
	n := changes(b.Draft)
	switch {
	case task.Running:
		d.apply.Set(d.face.say("apply.running"), control.Primary)
	case n > 0:
		d.apply.Set(d.face.count("apply.n", n), control.Primary)
	default:
		d.apply.Set(d.face.say("apply"), control.Primary)
	}
	enable(d.apply, n > 0 && len(b.Problems) == 0 && !task.Running)
	enable(d.revert, n > 0 && !task.Running)
	text := ""
	switch {
	case n > 0 && !task.Running && task.Err != nil:
		text = d.face.explain(task.Err).Line()
	case b.Err != nil:
		text = d.face.explain(b.Err).Line()
	}
	d.failure.set(paint.ToneBad, text)
}

func enable(o fyne.Disableable, on bool) {
	switch {
	case on && o.Disabled():
		o.Enable()
	case !on && !o.Disabled():
		o.Disable()
	}
}

// apply sends the draft, a moment after the press: some input methods put the
// last syllable into the field only then.
func (f *face) apply() {
	f.opt.Clock.After(settle, func() {
		b := f.engine.State().Broadcast
		if b.Draft.Empty() || len(b.Problems) > 0 {
			return
		}
		f.act(patienceCall, func(ctx context.Context) error { return f.engine.Apply(ctx, nil) }, f.say("applied"))
	})
}

func (f *face) refresh() { f.run(patienceCall, f.engine.Refresh, nil) }

// relayout lets the home screen place its cards anew.
func (f *face) relayout() {
	if f.shell != nil && f.shell.home != nil && f.shell.home.object != nil {
		f.shell.home.object.Refresh()
	}
}
