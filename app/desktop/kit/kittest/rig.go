package kittest

import (
	"context"
	"image"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/look"
	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/widgets/control"
	"cuelight/widgets/fakeclock"
	"cuelight/widgets/input"
	"cuelight/widgets/label"
	"cuelight/widgets/layer"
)

// Queue stands for the window's goroutine: what work beside the window hands back
// waits in it until the test takes it, on the test's goroutine.
type Queue struct {
	t       *testing.T
	tasks   chan func()
	running atomic.Int32
}

// NewQueue makes an empty queue.
func NewQueue(t *testing.T) *Queue { return &Queue{t: t, tasks: make(chan func(), 10_000)} }

// Do is for kit.Options.Do.
func (q *Queue) Do(f func()) { q.tasks <- f }

// Go is for kit.Options.Go.
func (q *Queue) Go(f func()) {
	q.running.Add(1)
	go func() {
		f()
		q.running.Add(-1)
		q.tasks <- func() {} // wake a test that waits for the end of all work
	}()
}

// Until takes what was handed back, and calls after each time, until something holds.
func (q *Queue) Until(what string, holds func() bool, after func()) {
	q.t.Helper()
	deadline := time.After(30 * time.Second)
	for !holds() {
		select {
		case f := <-q.tasks:
			f()
			after()
		case <-deadline:
			q.t.Fatalf("waited in vain for: %s", what)
		}
	}
}

// Idle reports whether nothing runs beside the window and nothing waits.
func (q *Queue) Idle() bool { return q.running.Load() == 0 && len(q.tasks) == 0 }

// Rig is one screen, or a few parts, on the toolkit's test driver.
type Rig struct {
	*kit.UI
	T     *testing.T
	Fake  *Engine
	Clock *fakeclock.Clock
	Win   fyne.Window
	Layer *layer.Layer

	queue  *Queue
	screen kit.Screen
}

// NewRig makes a rig in Korean with a State; what screens ask of the window is noted
// by the fake engine as "action" and the action's name.
func NewRig(t *testing.T, s state.State) *Rig {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(look.NewTheme(look.Dark))
	r := &Rig{T: t, Fake: NewEngine(s), Clock: fakeclock.New(), queue: NewQueue(t)}
	r.Layer = layer.NewLayer(label.NewLine("", label.Style{}), r.Clock)
	r.Win = test.NewTempWindow(t, r.Layer)
	r.Win.SetPadded(false)
	life, end := context.WithCancel(context.Background())
	t.Cleanup(end)
	r.UI = kit.New(r.Win, r.Layer, kit.Options{
		App: a, Engine: r.Fake, Words: words.New("ko"), Clock: r.Clock, Thumbnails: noThumbnails{}, Life: life,
		Do: r.queue.Do, Go: r.queue.Go, OpenURL: func(url string) error { return r.Fake.Note("open " + url) },
		Version: "0.1.0", Render: r.Render,
	})
	r.Actions = r.notedActions()
	r.Win.Resize(kit.WindowSize)
	return r
}

func (r *Rig) notedActions() kit.Actions {
	note := func(name string) func() { return func() { _ = r.Fake.Note("action " + name) } }
	return kit.Actions{
		Open:       func(id kit.ScreenID) { _ = r.Fake.Note("action Open " + string(id)) },
		AddAccount: note("AddAccount"), SignIn: note("SignIn"), AskToken: note("AskToken"), ChooseChannel: note("ChooseChannel"),
		AskIngest: func(func()) { _ = r.Fake.Note("action AskIngest") }, AskCreator: func(func()) { _ = r.Fake.Note("action AskCreator") }, ApplyDraft: note("ApplyDraft"),
		ApplyPreset: func(name string) { _ = r.Fake.Note("action ApplyPreset " + name) },
		SetUp:       note("SetUp"), GoLive: note("GoLive"), Stop: note("Stop"),
		HelpOBS: note("HelpOBS"), AskOBSPassword: note("AskOBSPassword"), AskUnprotected: note("AskUnprotected"), AskDiagnostics: note("AskDiagnostics"),
	}
}

// noThumbnails has no pictures at all.
type noThumbnails struct{}

func (noThumbnails) Get(string, int, int, func(image.Image)) (image.Image, func()) { return nil, nil }

// Show fills the window with a screen.
func (r *Rig) Show(screen kit.Screen) {
	r.screen = screen
	r.Layer.SetContent(screen.Body())
	r.Render()
}

// Leave leaves the screen that is shown; Show brings it back.
func (r *Rig) Leave() {
	if l, ok := r.screen.(kit.Leaver); ok {
		l.Leave()
	}
	r.screen = nil
}

// Render shows the State that the fake engine has now.
func (r *Rig) Render() {
	r.Sync()
	if r.screen != nil {
		r.screen.Update(r.State())
	}
	r.UpdateSheet()
}

// Until takes what work beside the window hands back, until something holds.
func (r *Rig) Until(what string, holds func() bool) {
	r.T.Helper()
	r.queue.Until(what, holds, r.Render)
}

// Settle takes what work beside the window hands back, until none is left.
func (r *Rig) Settle() {
	r.T.Helper()
	r.Until("the end of all work", r.queue.Idle)
}

// Press presses something, as a person would who has read what is asked.
func (r *Rig) Press(b fyne.Tappable) {
	r.T.Helper()
	if r.Sheet() != nil {
		r.Clock.Advance(control.HoldOffTime)
	}
	test.Tap(b)
	r.Render()
}

// Button finds a button of the sheet by what it says.
func (r *Rig) Button(text string) *control.Button {
	r.T.Helper()
	return ButtonIn(r.T, r.Sheet(), text)
}

// Fields are the text fields of the sheet.
func (r *Rig) Fields() []*input.TextField { return Find[*input.TextField](r.Sheet()) }

// ButtonIn finds a button below an object by what it says.
func ButtonIn(t *testing.T, o fyne.CanvasObject, text string) *control.Button {
	t.Helper()
	if o == nil {
		t.Fatalf("nothing to press %q in", text)
	}
	for _, b := range Find[*control.Button](o) {
		if b.Text() == text {
			return b
		}
	}
	t.Fatalf("there is no button %q", text)
	return nil
}

// Find gives every object of a kind below another, in the order they are drawn.
func Find[T fyne.CanvasObject](o fyne.CanvasObject) []T {
	var found []T
	if match, ok := o.(T); ok {
		found = append(found, match)
	}
	var below []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		below = o.Objects
	case fyne.Widget:
		below = test.WidgetRenderer(o).Objects()
	}
	for _, one := range below {
		found = append(found, Find[T](one)...)
	}
	return found
}
