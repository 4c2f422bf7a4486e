package desktop

import (
	"context"
	"net/http"
	"time"

	"fyne.io/fyne/v2"

	"cuelight/app/words"
	"cuelight/widgets/timer"
)

// Options are what the window is lent by the program.
type Options struct {
	Engine Engine
	// Words are the sentences to begin with. Where the user picks another
	// language the window makes its own.
	Words *words.Words
	// Do runs a function on the window's goroutine; nil means fyne.Do.
	Do func(func())
	// Clock wakes the window's parts; nil means the real one.
	Clock timer.Clock
	// OpenURL opens an address in the user's browser; nil never opens one.
	OpenURL func(url string) error
	// OpenFolder shows a folder in the file manager; nil offers no such thing.
	OpenFolder func(path string) error
	// TrayAvailable tells whether the desktop shows tray icons; nil means that
	// it does not. It is asked beside the window's building, and left alone where
	// it takes longer than a moment.
	TrayAvailable func(ctx context.Context) bool
	// Raise brings the window to the front whenever something arrives, such as
	// a second start of the program; may be nil.
	Raise <-chan struct{}
	// Practice ends the program to start it again on simulated services, and
	// Leave on real ones; nil offers no such thing.
	Practice, Leave func() error
	// Pictures fetches the small pictures of a platform; nil means a client with
	// a time limit that keeps nothing.
	Pictures *http.Client
	// Version is the program's own version.
	Version string
	// Painted is called once, when the first frame has been handed over; may be
	// nil.
	Painted func()
}

func (o *Options) complete() {
	if o.Words == nil {
		o.Words = words.New("")
	}
	if o.Do == nil {
		o.Do = fyne.Do
	}
	if o.Clock == nil {
		o.Clock = timer.Wall(o.Do)
	}
	if o.Pictures == nil {
		o.Pictures = pictureClient()
	}
}

// How long use cases may take before the window gives up on them. Each covers
// several calls of the core, which have limits of their own.
const (
	patienceQuick  = 20 * time.Second
	patienceCall   = 45 * time.Second
	patienceStream = 2 * time.Minute
	patienceSignIn = 4 * time.Minute
)
