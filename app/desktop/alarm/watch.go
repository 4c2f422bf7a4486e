package alarm

import (
	"context"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit"
	"cuelight/app/monitor"
	"cuelight/app/state"
)

// Notifier reaches the user outside the window. What it is given to say is made of
// constant sentences: no word of a platform or of a stranger is in it.
type Notifier interface {
	// Notify shows a message of the system, with a sound where the system has one.
	Notify(ctx context.Context, title, text string) error
	// Attract marks the window in the taskbar and sounds the system's bell. It is
	// called on the window's goroutine and returns at once.
	Attract(window fyne.Window)
}

// Watch raises alarms outside the window, also while that is hidden.
type Watch struct {
	ui       *kit.UI
	notifier Notifier
	alarms   monitor.Alarms
	// stop ends the wait for a loss that is to be told later; nil without one.
	stop func()
}

// NewWatch makes a watch; a nil notifier reaches nobody.
func NewWatch(ui *kit.UI, notifier Notifier) *Watch { return &Watch{ui: ui, notifier: notifier} }

// Update raises what is due for a State.
func (w *Watch) Update(s state.State) {
	if w.notifier == nil {
		return
	}
	if w.stop != nil {
		w.stop()
		w.stop = nil
	}
	now := w.ui.Clock().Now()
	if wait := s.OBS.AlarmAt().Sub(now); wait > 0 {
		w.stop = w.ui.Clock().After(wait, func() {
			w.stop = nil
			w.Update(w.ui.Latest())
		})
	}
	for _, kind := range w.alarms.Due(s, now) {
		title, text := w.ui.Text("alarm."+string(kind)+".title"), w.ui.Text("alarm."+string(kind))
		w.notifier.Attract(w.ui.Window())
		// A system without notifications is no failure: the window says it as well.
		w.ui.Run(kit.QuickTimeout, func(ctx context.Context) error { return w.notifier.Notify(ctx, title, text) }, nil)
	}
}
