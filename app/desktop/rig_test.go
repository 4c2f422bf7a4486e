package desktop

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cuelight/app/config"
	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/desktop/presets"
	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/widgets/control"
	"cuelight/widgets/fakeclock"
	"cuelight/widgets/status"
)

// rig is the whole window on the toolkit's test driver.
type rig struct {
	*window
	t     *testing.T
	fake  *kittest.Engine
	clock *fakeclock.Clock
	queue *kittest.Queue
	// fakePresets are what the window is given of presets.
	fakePresets *kittest.Presets
}

func newRig(t *testing.T, s state.State, theme, lang string) *rig {
	t.Helper()
	r := &rig{t: t, fake: kittest.NewEngine(s), clock: fakeclock.New(), queue: kittest.NewQueue(t)}
	r.fake.Configuration = config.Config{Theme: theme, Language: lang, Accounts: s.Accounts}
	r.window = newWindow(test.NewTempApp(t), Options{
		Services: Services{
			Window: r.fake, Accounts: r.fake, Broadcast: r.fake, Catalog: r.fake, Channels: r.fake, Creators: r.fake, Discover: r.fake,
			Filters: r.fake, Home: r.fake, OBS: r.fake, OBSHosts: &kittest.OBSHosts{Engine: r.fake}, Overlays: r.fake, Presets: r.presetsOf(), Records: r.fake, Scenes: r.fake, Settings: r.fake, Titles: r.fake, VOD: r.fake,
		},
		Words: words.New(lang), Clock: r.clock, Version: "0.1.0", Do: r.queue.Do, Go: r.queue.Go,
		OpenURL:      func(url string) error { return r.fake.Note("open " + url) },
		OpenSandbox:  func() error { return r.fake.Note("sandbox") },
		FetchPicture: kittest.PaintedPicture,
	})
	t.Cleanup(func() {
		r.end()
		r.win.Close()
	})
	r.render()
	return r
}

// until takes what work beside the window hands back, until something holds.
func (r *rig) until(what string, holds func() bool) {
	r.t.Helper()
	r.queue.Until(what, holds, r.render)
}

// settle takes what work beside the window hands back, until none is left.
func (r *rig) settle() {
	r.t.Helper()
	r.until("the end of all work", r.queue.Idle)
}

// press presses something, as a person would who has read what is asked.
func (r *rig) press(b fyne.Tappable) {
	r.t.Helper()
	if r.Sheet() != nil {
		r.clock.Advance(control.HoldOffTime)
	}
	test.Tap(b)
	r.render()
}

// button finds a button by what it says, in the sheet that is shown.
func (r *rig) button(text string) *control.Button {
	r.t.Helper()
	return kittest.ButtonIn(r.t, r.Sheet(), text)
}

// bigButton is the one big button of the home screen.
func (r *rig) bigButton() *control.Button {
	r.t.Helper()
	for _, b := range kittest.Find[*control.Button](r.shell.home.Body()) {
		if b.MinSize().Height == kit.BigButtonHeight {
			return b
		}
	}
	r.t.Fatal("there is no big button")
	return nil
}

// rows are the checklist of the home screen.
func (r *rig) rows() []status.CheckRow {
	var rows []status.CheckRow
	for _, list := range kittest.Find[*status.Checklist](r.shell.home.Body()) {
		rows = append(rows, list.Rows()...)
	}
	return rows
}

// body is the screen that is seen.
func (r *rig) body() fyne.CanvasObject { return r.shell.current().Body() }

// tap presses the first button below an object that says what is under a key of words.
func (r *rig) tap(o fyne.CanvasObject, key string) {
	r.t.Helper()
	r.press(kittest.ButtonIn(r.t, o, r.Text(key)))
}

// choose chooses a tile below an object, of the first choice that there is.
func (r *rig) choose(o fyne.CanvasObject, id string) {
	tiles := kittest.Find[*control.Tiles](o)[0]
	tiles.SetChosen(id)
	tiles.OnChosen(id)
}

// presets are the fake's presets and rules.
func (r *rig) presetsOf() presets.Engine {
	r.fakePresets = &kittest.Presets{Engine: r.fake}
	return presets.Engine{Presets: r.fakePresets, Rules: &kittest.Rules{Engine: r.fake}, Core: r.fake}
}
