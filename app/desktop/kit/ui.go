package kit

import (
	"context"
	"image"
	"time"

	"fyne.io/fyne/v2"

	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/widgets/layer"
	"cuelight/widgets/rowlist"
	"cuelight/widgets/timer"
)

// How long work beside the window may take before it is given up. Each covers
// several calls of the core, which have limits of their own.
const (
	QuickTimeout  = 20 * time.Second
	CallTimeout   = 45 * time.Second
	StreamTimeout = 2 * time.Minute
	SignInTimeout = 4 * time.Minute
)

// InputDelay is how long a press waits for the input method's last syllable.
const InputDelay = 100 * time.Millisecond

// Engine is what every screen needs of the core.
type Engine interface {
	// State is the State there is now; it may be called on any goroutine.
	State() state.State
	// Refresh asks the platform again for everything shown.
	Refresh(ctx context.Context) error
}

// Thumbnails gives small pictures by their address, cut to a size in pixels: at
// once where it is kept, else to ready, on the window's goroutine, unless stop was
// called before. What cannot be had never comes.
type Thumbnails interface {
	Get(address string, width, height int, ready func(image.Image)) (now image.Image, stop func())
}

// Options are what a UI is made of. All but OpenURL and OpenFolder are needed.
type Options struct {
	App        fyne.App
	Engine     Engine
	Words      *words.Words
	Clock      timer.Clock
	Thumbnails Thumbnails
	// Life ends with the window; all work runs under it.
	Life context.Context
	// Do runs a function on the window's goroutine, and Go beside it.
	Do, Go func(func())
	// OpenURL opens an address in the user's browser; nil never opens one.
	OpenURL func(url string) error
	// OpenFolder shows a folder in the file manager; nil offers no such thing.
	OpenFolder func(path string) error
	// Version is the program's own version.
	Version string
	// Render shows the State there is now in the whole window.
	Render func()
	// Asked is called when a question has come up; may be nil.
	Asked func()
	// Resized is called when content has changed its height beside a sheet.
	Resized func()
}

// UI is the window as its screens see it. Everything in it is for the window's
// goroutine, unless it says otherwise.
type UI struct {
	Texts
	// Actions are what screens ask of each other.
	Actions Actions

	opt    Options
	window fyne.Window
	layer  *layer.Layer
	state  state.State
	sheet  *sheet
	// lastNotice is the number of the newest notice that was shown.
	lastNotice int
}

// New makes the UI of a window whose messages show in a layer.
func New(window fyne.Window, over *layer.Layer, opt Options) *UI {
	ui := &UI{opt: opt, window: window, layer: over, state: opt.Engine.State()}
	ui.Texts = Texts{words: opt.Words, account: func() state.AccountState { return ui.state.Account }}
	return ui
}

// State is the State that is shown.
func (ui *UI) State() state.State { return ui.state }

// Latest is the State there is now; it may be newer than the one shown.
func (ui *UI) Latest() state.State { return ui.opt.Engine.State() }

// Sync takes the State there is now as the one shown.
func (ui *UI) Sync() { ui.state = ui.opt.Engine.State() }

// Render shows the State there is now in the whole window.
func (ui *UI) Render() { ui.opt.Render() }

// Refresh asks the platform again for everything shown, beside the window.
func (ui *UI) Refresh() { ui.Run(CallTimeout, ui.opt.Engine.Refresh, nil) }

// RefreshNow is Refresh for work that runs beside the window already.
func (ui *UI) RefreshNow(ctx context.Context) error { return ui.opt.Engine.Refresh(ctx) }

// Clock wakes parts of the window.
func (ui *UI) Clock() timer.Clock { return ui.opt.Clock }

// Window is the window itself.
func (ui *UI) Window() fyne.Window { return ui.window }

// Clipboard is the system's.
func (ui *UI) Clipboard() fyne.Clipboard { return ui.opt.App.Clipboard() }

// Version is the program's own version.
func (ui *UI) Version() string { return ui.opt.Version }

// Thumbnail gives a small picture: see Thumbnails.
func (ui *UI) Thumbnail(address string, width, height int, ready func(image.Image)) (now image.Image, stop func()) {
	return ui.opt.Thumbnails.Get(address, width, height, ready)
}

// RowThumbnail is Thumbnail for a row of a list.
func (ui *UI) RowThumbnail(address string, ready func(image.Image)) (now image.Image, stop func()) {
	const scale = ThumbnailScale
	return ui.Thumbnail(address, int(rowlist.Thumbnail.Width)*scale, int(rowlist.Thumbnail.Height)*scale, ready)
}
