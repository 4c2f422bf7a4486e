package desktop

import (
	"context"
	"sync/atomic"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/look"
	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/widgets/layer"
)

// The window's size at first, and the smallest that still works.
var (
	windowSize  = fyne.NewSize(1120, 720)
	windowLeast = fyne.NewSize(720, 480)
)

// face is the window and everything in it. Its fields are touched on the
// window's goroutine only.
type face struct {
	opt    Options
	app    fyne.App
	win    fyne.Window
	engine Engine
	words  *words.Words

	// life ends with the window; every use case runs under it.
	life context.Context
	end  context.CancelFunc

	layer   *layer.Layer
	shell   *shell
	welcome *welcome
	sheet   *sheet
	tray    *tray

	state state.State
	// shown is what fills the window.
	shown *fyne.Container
	// entered: the way in is behind the user, or was never needed.
	entered bool
	// adding: the way in is shown to add a further account.
	adding bool
	// noticed is the last notice that was shown.
	noticed int
	// catalog is the platform's categories.
	catalog *catalog
	// token knows when a token made by hand ends, pointed whether OBS still
	// points at the account.
	token   *tokenCare
	pointed *pointed
	// pictures are the small pictures of the platform.
	pictures *pictures
}

// Run opens the window and gives control to the toolkit until the program
// ends. It must be called on the main goroutine.
func Run(a fyne.App, opt Options) {
	answer := askForTray(opt.TrayAvailable)
	f := newFace(a, opt)
	f.raiseTray(answer)
	f.open()
	a.Run()
	f.end()
}

// newFace builds the frame of the window from the State there is; nothing is
// asked of anybody.
func newFace(a fyne.App, opt Options) *face {
	opt.complete()
	f := &face{
		opt: opt, app: a, engine: opt.Engine, words: opt.Words,
	}
	f.life, f.end = context.WithCancel(context.Background())
	f.catalog = newCatalog(f)
	f.token, f.pointed = newTokenCare(f), &pointed{face: f}
	f.pictures = newPictures(f.life, opt.Pictures, opt.Do, opt.Clock.Now)
	speakToolkit(f.words.Lang())
	a.Settings().SetTheme(look.NewTheme(modeOf(f.engine.Config().Theme)))
	f.win = a.NewWindow(look.AppName)
	f.win.SetMaster()
	f.win.SetPadded(false)
	f.win.SetIcon(look.AppIcon())
	f.build()
	f.win.Resize(windowSize)
	f.win.CenterOnScreen()
	f.win.SetCloseIntercept(f.closing)
	return f
}

// build makes all parts anew, in the language of f.words.
func (f *face) build() {
	f.state = f.engine.State()
	if f.shell != nil {
		f.shell.leave()
	}
	f.shell = newShell(f)
	f.welcome = nil
	if f.layer == nil {
		f.layer = layer.NewLayer(f.shell.object, f.opt.Clock)
		f.win.SetContent(f.layer)
	}
	f.show()
	f.bindKeys()
}

// open shows the window and starts what feeds it.
func (f *face) open() {
	f.win.Show()
	f.opt.Do(func() { joinInputMethod(f.win) })
	go f.watch()
	if f.opt.Painted != nil {
		f.opt.Do(f.opt.Painted)
	}
}

// watch turns changes of the State into renders, one at a time: while one is
// waiting for the window, further changes need no second.
func (f *face) watch() {
	changed, stop := f.engine.Watch()
	defer stop()
	var waiting atomic.Bool
	for {
		select {
		case <-f.life.Done():
			return
		case <-f.opt.Raise:
			f.opt.Do(f.raise)
		case <-changed:
			if waiting.CompareAndSwap(false, true) {
				f.opt.Do(func() {
					waiting.Store(false)
					f.render()
				})
			}
		}
	}
}

// render shows the State present now.
func (f *face) render() {
	if f.life.Err() != nil {
		return
	}
	f.state = f.engine.State()
	f.token.update(f.state)
	f.show()
	f.pointed.update(f.state)
	f.tellNotices()
	if f.tray != nil {
		f.tray.update(f.state)
	}
}

// show passes the State to what is on screen, and decides what that is.
func (f *face) show() {
	f.decide()
	content := f.shell.object
	if f.welcome != nil {
		f.welcome.update(f.state)
		content = f.welcome.object
	} else {
		f.shell.update(f.state)
	}
	if f.shown != content {
		f.shown = content
		f.layer.SetContent(content)
	}
	f.keepClear()
	if f.sheet != nil && f.sheet.update != nil {
		f.sheet.update(f.state)
		f.grown()
	}
}

// keepClear keeps messages off the one big button, and off what applies.
func (f *face) keepClear() {
	corner := fyne.Size{}
	switch {
	case f.welcome != nil:
		corner = f.welcome.corner
	case f.shell.at == screenHome:
		corner = f.shell.home.corner
	default:
		if b, ok := f.shell.made[f.shell.at].(*broadcast); ok {
			corner = b.foot.corner()
		}
	}
	f.layer.KeepClear(corner)
}

// decide switches between the way in and the ordinary screens. A sign-in that
// is lost later is dealt with where the user is: nobody is thrown out.
func (f *face) decide() {
	s := f.state
	if s.Account.Name == "" && len(s.Accounts) == 0 {
		f.entered = false
	}
	needed := f.adding || !f.entered && (s.Account.Name == "" ||
		s.Account.SignedIn == state.SignedOut || s.Account.SignedIn == state.SigningIn)
	switch {
	case needed && f.welcome == nil:
		f.welcome = newWelcome(f)
	case f.welcome == nil && s.Account.SignedIn == state.SignedIn:
		f.entered = true
	}
}

// enter leaves the way in.
func (f *face) enter() {
	f.entered, f.adding = true, false
	f.welcome = nil
	f.show()
	f.shell.open(screenHome)
}

// addAccount shows the way in for a further account.
func (f *face) addAccount() {
	f.adding = true
	f.closeSheet()
	f.show()
}

// speak changes the language at once: all parts are made anew.
func (f *face) speak(lang string) {
	f.words = words.New(lang)
	speakToolkit(f.words.Lang())
	at := f.shell.at
	f.closeSheet()
	f.build()
	f.shell.open(at)
	if f.tray != nil {
		f.tray.rebuild()
	}
}

// wear changes between dark, light and the system's choice.
func (f *face) wear(theme string) {
	f.app.Settings().SetTheme(look.NewTheme(modeOf(theme)))
}

func modeOf(theme string) look.Mode {
	switch theme {
	case "dark":
		return look.Dark
	case "light":
		return look.Light
	}
	return look.System
}
