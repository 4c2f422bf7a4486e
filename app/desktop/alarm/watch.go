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
}

// NewWatch makes a watch; a nil notifier reaches nobody.
func NewWatch(ui *kit.UI, notifier Notifier) *Watch { return &Watch{ui: ui, notifier: notifier} }

// Update raises what is due for a State.
func (w *Watch) Update(s state.State) {
	if w.notifier == nil {
		return
	}
	for _, kind := range w.alarms.Due(s, w.ui.Clock().Now()) {
		title, text := w.ui.Text("alarm."+string(kind)+".title"), w.ui.Text("alarm."+string(kind))
		w.notifier.Attract(w.ui.Window())
		// A system without notifications is no failure: the window says it as well.
		w.ui.Run(kit.QuickTimeout, func(ctx context.Context) error { return w.notifier.Notify(ctx, title, text) }, nil)
	}
}
