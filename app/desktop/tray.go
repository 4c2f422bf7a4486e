package desktop

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"cuelight/app/desktop/home"
	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/look"
	"cuelight/app/desktop/presets"
	"cuelight/app/state"
	"cuelight/widgets/control"
	"cuelight/widgets/status"
)

// tray is the cue light in the desktop's tray, with a menu of a line of text and the
// few things that are done without the window.
type tray struct {
	window *window
	host   desktop.App
	menu   *fyne.Menu
	// What is shown now: the menu is only rebuilt when one of them differs, because
	// each rebuild replaces all items on the desktop.
	line, action string
	// step is the ID of what the action does, with how long it has stood.
	step     string
	holdOff  control.HoldOff
	enabled  bool
	watchURL string
	presets  []string
	accounts string
	cue      status.CueState
	// pressed is when an entry was pressed that may ask a question; zero after it.
	pressed time.Time
	// raise shows the window.
	raise func()
}

// trayTimeout is how long the desktop may take to say whether it has a tray.
// It is asked while the window is being built, and the window waits for it: the
// toolkit only starts a tray that is there before its loop runs.
const trayTimeout = 400 * time.Millisecond

// probeTray asks the desktop whether it has a tray.
func probeTray(available func(context.Context) bool) <-chan bool {
	answer := make(chan bool, 1)
	if available == nil {
		answer <- false
		return answer
	}
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), trayTimeout)
		defer cancel()
		answer <- available(ctx)
	}()
	return answer
}

// setUpTray fills the tray, where the desktop said in time that it has one.
func (w *window) setUpTray(answer <-chan bool) {
	host, ok := w.app.(desktop.App)
	if !ok {
		return
	}
	select {
	case has := <-answer:
		if !has {
			return
		}
	case <-time.After(trayTimeout):
		return
	}
	w.tray = newTray(w, host)
	w.tray.update(w.State())
}

// newTray makes a tray that shows nothing yet.
func newTray(w *window, host desktop.App) *tray {
	return &tray{window: w, host: host, cue: -1, raise: w.raise}
}

// update shows the State, if it would look different.
func (t *tray) update(s state.State) {
	cue, _ := t.window.Cue(s)
	if cue != t.cue {
		t.cue = cue
		t.host.SetSystemTrayIcon(look.TrayIcon(trayCue(cue)))
	}
	line := t.text(s)
	next := t.window.shell.home.Broadcaster.NextStep(s)
	t.holdOff.Set(next.ID, t.window.Clock())
	watch, names, offered := home.WatchURL(s), accountNames(s), presetNames(s)
	if line == t.line && next.Text == t.action && next.ID == t.step && (next.Press != nil) == t.enabled && watch == t.watchURL &&
		names == t.accounts && slices.Equal(offered, t.presets) && t.menu != nil {
		return
	}
	t.presets = offered
	t.line, t.action, t.step, t.enabled, t.watchURL, t.accounts = line, next.Text, next.ID, next.Press != nil, watch, names
	t.rebuild(s)
}

// trayCue is the picture for a state of the cue light.
func trayCue(s status.CueState) look.Cue {
	switch s {
	case status.CueReady:
		return look.CueReady
	case status.CueOnAir:
		return look.CueOnAir
	case status.CueReconnecting, status.CueLost:
		return look.CueDimmed
	default:
		return look.CueOff
	}
}

// rebuild makes the menu anew, in the language chosen.
func (t *tray) rebuild(s state.State) {
	w := t.window
	item := func(text string, do func()) *fyne.MenuItem {
		return fyne.NewMenuItem(text, func() { w.opt.Do(do) })
	}
	line := fyne.NewMenuItem(t.line, nil)
	line.Disabled = true
	step := t.step
	next := item(t.action, func() { t.press(step) })
	next.Disabled = !t.enabled
	setUp := item(w.Text("setup"), w.Actions.SetUp)
	setUp.Disabled = s.Account.SignedIn != state.SignedIn || s.OBS.Link != state.LinkUp || s.OBS.Stream.Running()
	quit := item(w.Text("quit"), w.confirmQuit)
	quit.IsQuit = true
	items := []*fyne.MenuItem{line, fyne.NewMenuItemSeparator()}
	if t.action != setUp.Label {
		items = append(items, setUp)
	}
	items = append(items, next)
	if len(t.presets) > 0 {
		sub := fyne.NewMenuItem(w.Text("screen.presets"), nil)
		sub.ChildMenu = fyne.NewMenu("")
		for _, name := range t.presets {
			sub.ChildMenu.Items = append(sub.ChildMenu.Items, item(name, func() { w.Actions.ApplyPreset(name) }))
		}
		items = append(items, sub)
	}
	if t.watchURL != "" {
		items = append(items, item(w.Text("discover.copy_watch"), func() { w.CopyText(t.watchURL) }))
	}
	if len(s.Accounts) > 1 {
		items = append(items, t.accountsEntry(s))
	}
	items = append(items, fyne.NewMenuItemSeparator(), item(w.Text("tray.show"), w.raise), quit)
	t.menu = fyne.NewMenu(look.AppName, items...)
	t.host.SetSystemTrayMenu(t.menu)
}

// presetNames are the presets that the menu offers, while they can be applied.
func presetNames(s state.State) []string {
	if s.Account.SignedIn != state.SignedIn {
		return nil
	}
	mine := presets.Offered(s)
	names := make([]string, 0, presets.Shortcuts)
	for _, p := range mine[:min(len(mine), presets.Shortcuts)] {
		names = append(names, p.Name)
	}
	return names
}

// press does what the big button would, if that is still the step that the entry was
// made for: a menu stays open while the State goes on.
func (t *tray) press(step string) {
	w := t.window
	next := w.shell.home.Broadcaster.NextStep(w.Latest())
	if next.Press == nil || next.ID != step || t.holdOff.Holds() {
		return
	}
	t.pressed = w.Clock().Now()
	next.Press()
	if w.welcome != nil {
		t.raise()
	}
}

// asked is told that a question has come up. One that an entry has led to, if only
// after the checks before going live, needs the window, which may be hidden.
func (t *tray) asked() {
	if !t.pressed.IsZero() && t.window.Clock().Now().Sub(t.pressed) < kit.StreamTimeout {
		t.pressed = time.Time{}
		t.raise()
	}
}

// text is how everything stands, in one line.
func (t *tray) text(s state.State) string {
	_, cue := t.window.Cue(s)
	switch {
	case s.Account.Name == "":
		return t.window.Text("pill.no_account")
	case s.OnAirElsewhere() != "":
		return cue
	case s.Account.Nick != "":
		return s.Account.Nick + " · " + cue
	}
	return t.window.Platform(s.Account) + " · " + cue
}
