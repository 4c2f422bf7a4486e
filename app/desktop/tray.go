package desktop

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"cuelight/app/desktop/look"
	"cuelight/app/state"
	"cuelight/widgets/status"
)

// tray is the cue light in the desktop's tray: what Cuelight would say in one
// line, and the few things one does without the window.
type tray struct {
	face *face
	host desktop.App
	menu *fyne.Menu
	// Shown last; the menu is only rebuilt when one of them differs, because
	// each rebuild replaces all items on the desktop.
	line, action string
	enabled      bool
	watch        string
	cue          status.CueState
}

// trayPatience is how long the desktop may take to say whether it has a tray.
// It is asked while the window is being built, and the window waits for it: the
// toolkit only starts a tray that is there before its loop runs.
const trayPatience = 400 * time.Millisecond

// askForTray asks the desktop whether it has a tray.
func askForTray(available func(context.Context) bool) <-chan bool {
	answer := make(chan bool, 1)
	if available == nil {
		answer <- false
		return answer
	}
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), trayPatience)
		defer cancel()
		answer <- available(ctx)
	}()
	return answer
}

// raiseTray fills the tray, where the desktop said in time that it has one.
func (f *face) raiseTray(answer <-chan bool) {
	host, ok := f.app.(desktop.App)
	if !ok {
		return
	}
	select {
	case has := <-answer:
		if !has {
			return
		}
	case <-time.After(trayPatience):
		return
	}
	f.tray = &tray{face: f, host: host, cue: -1}
	f.tray.update(f.state)
}

// update shows the State, if it would look different.
func (t *tray) update(s state.State) {
	cue, _ := t.face.cue(s)
	if cue != t.cue {
		t.cue = cue
		t.host.SetSystemTrayIcon(look.TrayIcon(trayCues[cue]))
	}
	line := t.face.trayLine(s)
	action, _, press := t.face.nextStep(s)
	watch := watchPage(s)
	if line == t.line && action == t.action && (press != nil) == t.enabled && watch == t.watch && t.menu != nil {
		return
	}
	t.line, t.action, t.enabled, t.watch = line, action, press != nil, watch
	t.rebuild()
}

var trayCues = map[status.CueState]look.Cue{
	status.CueOff: look.CueOff, status.CueReady: look.CueReady,
	status.CueOnAir: look.CueOnAir, status.CueReconnecting: look.CueDimmed,
}

// rebuild makes the menu anew, in the language spoken.
func (t *tray) rebuild() {
	f := t.face
	now := fyne.NewMenuItem(t.line, nil)
	now.Disabled = true
	next := fyne.NewMenuItem(t.action, t.press)
	next.Disabled = !t.enabled
	setUp := fyne.NewMenuItem(f.say("setup"), func() { f.opt.Do(f.setUp) })
	setUp.Disabled = f.state.Account.SignedIn != state.SignedIn || f.state.OBS.Link != state.LinkUp || f.state.OBS.Stream.Running()
	quit := fyne.NewMenuItem(f.say("quit"), func() { f.opt.Do(f.askQuit) })
	quit.IsQuit = true
	items := []*fyne.MenuItem{now, fyne.NewMenuItemSeparator()}
	if t.action != setUp.Label {
		items = append(items, setUp)
	}
	items = append(items, next)
	if t.watch != "" {
		items = append(items, fyne.NewMenuItem(f.say("discover.copy_watch"), func() { f.opt.Do(func() { f.copyText(t.watch) }) }))
	}
	items = append(items, fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(f.say("tray.show"), func() { f.opt.Do(f.raise) }), quit)
	t.menu = fyne.NewMenu(look.AppName, items...)
	t.host.SetSystemTrayMenu(t.menu)
}

// press does what the big button would. What asks a question first needs the
// window.
func (t *tray) press() {
	t.face.opt.Do(func() {
		_, _, press := t.face.nextStep(t.face.engine.State())
		if press == nil {
			return
		}
		press()
		if t.face.sheet != nil || t.face.welcome != nil {
			t.face.raise()
		}
	})
}

// raise shows the window and gives it the keyboard.
func (f *face) raise() {
	f.win.Show()
	f.win.RequestFocus()
}

// trayLine is how everything stands, in one line.
func (f *face) trayLine(s state.State) string {
	_, says := f.cue(s)
	switch {
	case s.Account.Name == "":
		return f.say("pill.no_account")
	case s.Account.Nick != "":
		return s.Account.Nick + " · " + says
	}
	return s.Account.PlatformName + " · " + says
}
