package desktop

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/alarm"
	"cuelight/app/words"
	"cuelight/widgets/timer"
)

// Options are what the window is lent by the program.
type Options struct {
	Services Services
	// Words are the sentences to begin with. Where the user picks another
	// language the window makes its own.
	Words *words.Words
	// Do runs a function on the window's goroutine; nil means fyne.Do.
	Do func(func())
	// Go runs a function beside the window; nil means a goroutine.
	Go func(func())
	// Clock wakes the window's parts; nil means the real one.
	Clock timer.Clock
	// OpenURL opens an address in the user's browser; nil never opens one.
	OpenURL func(url string) error
	// OpenFolder shows a folder in the file manager; nil offers no such thing.
	OpenFolder func(path string) error
	// TrayAvailable reports whether the desktop shows tray icons; nil means that
	// it does not. It is asked while the window is being built, and left alone where
	// it takes longer than a moment.
	TrayAvailable func(ctx context.Context) bool
	// Notifier reaches the user outside the window; nil reaches nobody.
	Notifier alarm.Notifier
	// Sounds plays the sounds of alarms; nil leaves them to the system.
	Sounds alarm.Sounds
	// Raise brings the window to the front whenever something arrives, such as
	// a second start of the program; may be nil.
	Raise <-chan func()
	// Links are cuelight: links that the program was started with, now and later;
	// may be nil.
	Links <-chan string
	// Interrupted asks the program to end; may be nil.
	Interrupted <-chan struct{}
	// OpenSandbox ends the program to start it again on simulated services, and
	// LeaveSandbox on real ones; nil offers no such thing.
	OpenSandbox, LeaveSandbox func() error
	// FetchPicture gives the file of a small picture of a platform; nil shows none.
	FetchPicture func(ctx context.Context, address string) ([]byte, error)
	// Version is the program's own version.
	Version string
	// Painted is called once, when the first frame has been handed over; may be
	// nil.
	Painted func()
}

// complete fills in what was left out.
func (o *Options) complete() {
	if o.Words == nil {
		o.Words = words.New("")
	}
	if o.Do == nil {
		o.Do = fyne.Do
	}
	if o.Go == nil {
		o.Go = func(f func()) { go f() }
	}
	if o.Clock == nil {
		o.Clock = timer.Wall(o.Do)
	}
	if o.FetchPicture == nil {
		o.FetchPicture = func(context.Context, string) ([]byte, error) { return nil, errors.New("no pictures") }
	}
}
