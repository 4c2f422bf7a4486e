package desktop

import (
	"cuelight/app/desktop/kit"
	"cuelight/widgets/control"
)

// onClose is what the window's close button does: with a tray the window hides
// and says so once; without one it quits.
func (w *window) onClose() {
	if w.tray == nil {
		w.confirmQuit()
		return
	}
	if w.app.Preferences().Bool(prefToldHidden) {
		w.win.Hide()
		return
	}
	w.app.Preferences().SetBool(prefToldHidden, true)
	w.Confirm(w.Text("hide.title"), w.Text("hide.more"),
		kit.Choice{Text: w.Text("quit"), Kind: control.Plain, Then: w.confirmQuit},
		kit.Choice{Text: w.Text("hide"), Kind: control.Primary, Then: w.win.Hide})
}

// prefToldHidden is the preference that notes that the user was told that closing the
// window only hides it.
const prefToldHidden = "hide_said"

// confirmQuit quits, after asking where a broadcast would go on without Cuelight.
func (w *window) confirmQuit() {
	if !w.Latest().OBS.Stream.Running() {
		w.quit()
		return
	}
	more := "quit.live.more"
	if w.Latest().OBS.Simulated {
		more = "quit.live.practice" // it lives in this program
	}
	w.win.Show()
	w.Confirm(w.Text("quit.live"), w.Text(more),
		kit.Choice{Text: w.Text("quit.no"), Kind: control.Plain, Then: nil},
		kit.Choice{Text: w.Text("quit"), Kind: control.Primary, Then: w.quit})
}

// quit ends the program. OBS is left as it is, but for the simulated one, which ends
// with the program and its stream with it.
func (w *window) quit() {
	w.end()
	w.app.Quit()
}

// leaveSandbox leads on to a real account.
func (w *window) leaveSandbox() {
	w.Confirm(w.Text("leave.title"), w.Text("leave.more"),
		kit.Choice{Text: w.Text("leave.no"), Kind: control.Plain, Then: nil},
		kit.Choice{Text: w.Text("leave"), Kind: control.Primary, Then: func() { w.restart(w.opt.LeaveSandbox) }})
}

// restart ends the program to start it again in another way.
func (w *window) restart(again func() error) {
	if again != nil {
		w.Act(kit.QuickTimeout, kit.WithoutContext(again), "")
	}
}
