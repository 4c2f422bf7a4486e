package desktop

import "cuelight/widgets/control"

// closing is what the window's close button does: with a tray the window hides
// and says so once; without one it quits.
func (f *face) closing() {
	if f.tray == nil {
		f.askQuit()
		return
	}
	if f.app.Preferences().Bool(prefHidSaid) {
		f.win.Hide()
		return
	}
	f.app.Preferences().SetBool(prefHidSaid, true)
	f.ask(f.say("hide.title"), f.say("hide.more"),
		choice{f.say("quit"), control.Plain, f.askQuit},
		choice{f.say("hide"), control.Primary, f.win.Hide})
}

// prefHidSaid: the user was told that closing the window only hides it.
const prefHidSaid = "hide_said"

// askQuit quits, after asking where a broadcast would go on without Cuelight.
func (f *face) askQuit() {
	if !f.engine.State().OBS.Stream.Running() {
		f.quit()
		return
	}
	f.win.Show()
	f.ask(f.say("quit.live"), f.say("quit.live.more"),
		choice{f.say("quit.no"), control.Plain, nil},
		choice{f.say("quit"), control.Primary, f.quit})
}

// quit ends the program. OBS is left as it is.
func (f *face) quit() {
	f.end()
	f.app.Quit()
}

// leaveSandbox leads on to a real account.
func (f *face) leaveSandbox() {
	f.ask(f.say("leave.title"), f.say("leave.more"),
		choice{f.say("leave.no"), control.Plain, nil},
		choice{f.say("leave"), control.Primary, func() { f.restart(f.opt.Leave) }})
}

// restart ends the program to start it again in another way.
func (f *face) restart(again func() error) {
	if again != nil {
		f.act(patienceQuick, discardContext(again), "")
	}
}
