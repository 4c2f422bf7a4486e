package alarm

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"cuelight/app/config"
	"cuelight/app/desktop/kit"
	"cuelight/app/monitor"
	"cuelight/app/sound"
	"cuelight/app/state"
)

// soundTimeout bounds a sound: later it would tell of something past.
const soundTimeout = 10 * time.Second

// Notifier reaches the user outside the window. What it is given to say is made of
// constant sentences: no word of a platform or of a stranger is in it.
type Notifier interface {
	// Notify shows a message of the system, with the system's sound unless it is to be
	// silent.
	Notify(ctx context.Context, title, text string, silent bool) error
	// Attract marks the window in the taskbar, and Bell sounds the system's bell. Both
	// are called on the window's goroutine and return at once.
	Attract(window fyne.Window)
	Bell()
}

// Sounds plays the sounds of alarms.
type Sounds interface {
	// Play plays a tone to its end, at a volume in percent.
	Play(ctx context.Context, tone sound.Tone, percent int) error
}

// Outside is what a Watch reaches the user with.
type Outside struct {
	// Notifier may be nil: then nobody is reached.
	Notifier Notifier
	// Sounds may be nil: then the system's own sounds have to do.
	Sounds Sounds
	// Settings are the user's; nil are the usual ones.
	Settings func() config.Alarms
	// InFront reports whether the user has the window in front; nil says never.
	InFront func() bool
}

// Watch raises alarms outside the window, also while that is hidden.
type Watch struct {
	ui      *kit.UI
	outside Outside
	alarms  monitor.Alarms
	// stop ends the wait for an alarm that is to be told later; nil without one.
	stop func()
}

// NewWatch makes a watch.
func NewWatch(ui *kit.UI, outside Outside) *Watch {
	if outside.Settings == nil {
		outside.Settings = func() config.Alarms { return config.Alarms{} }
	}
	if outside.InFront == nil {
		outside.InFront = func() bool { return false }
	}
	return &Watch{ui: ui, outside: outside}
}

// Update raises what is due for a State.
func (w *Watch) Update(s state.State) {
	if w.outside.Notifier == nil {
		return
	}
	if w.stop != nil {
		w.stop()
		w.stop = nil
	}
	now, settings := w.ui.Clock().Now(), w.outside.Settings()
	due, again := w.alarms.Due(s, now, func(kind state.AlarmKind) bool { return settings.Wants(string(kind)) }, w.outside.InFront())
	if wait := again.Sub(now); !again.IsZero() {
		w.stop = w.ui.Clock().After(wait, func() {
			w.stop = nil
			w.Update(w.ui.Latest())
		})
	}
	for _, kind := range due {
		w.tell(kind, settings)
	}
	if len(due) > 0 {
		w.outside.Notifier.Attract(w.ui.Window())
		w.ring(settings)
	}
}

// tell shows the system's notification of an alarm.
func (w *Watch) tell(kind state.AlarmKind, settings config.Alarms) {
	if settings.NoNotification {
		return
	}
	title, text := w.ui.Text("alarm."+string(kind)+".title"), w.ui.Text("alarm."+string(kind))
	silent := settings.Sound == config.SoundOff || w.outside.Sounds != nil
	// A system without notifications is no failure: the window says it as well.
	w.ui.Run(kit.QuickTimeout, func(ctx context.Context) error { return w.outside.Notifier.Notify(ctx, title, text, silent) }, nil)
}

// ring sounds once, for however many alarms; by the system's bell where nothing else can.
func (w *Watch) ring(settings config.Alarms) {
	if settings.Sound == config.SoundOff {
		return
	}
	if w.outside.Sounds == nil {
		w.outside.Notifier.Bell()
		return
	}
	Try(w.ui, w.outside.Sounds, settings, func(err error) {
		if err != nil {
			w.outside.Notifier.Bell()
		}
	})
}

// Try plays the sound that is set, beside the window.
func Try(ui *kit.UI, sounds Sounds, settings config.Alarms, played func(error)) {
	ui.Run(soundTimeout, func(ctx context.Context) error {
		return sounds.Play(ctx, sound.Tone(settings.Sound), settings.Loudness())
	}, played)
}
