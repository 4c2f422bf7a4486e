package desktop

import (
	"context"
	"sync/atomic"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/accounts"
	"cuelight/app/desktop/alarm"
	"cuelight/app/desktop/catalog"
	"cuelight/app/desktop/channels"
	"cuelight/app/desktop/inputmethod"
	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/look"
	"cuelight/app/desktop/palette"
	"cuelight/app/desktop/presets"
	"cuelight/app/desktop/records"
	"cuelight/app/desktop/settings"
	"cuelight/app/desktop/shortcuts"
	"cuelight/app/desktop/thumbnail"
	"cuelight/app/state"
	"cuelight/widgets/label"
	"cuelight/widgets/layer"
)

// window is the window with everything in it. Its fields are touched on the window's
// goroutine only.
type window struct {
	*kit.UI

	opt    Options
	app    fyne.App
	win    fyne.Window
	engine Engine

	// life ends with the window; all work beside it runs under it.
	life context.Context
	end  context.CancelFunc

	layer      *layer.Layer
	shell      *shell
	welcome    *accounts.Welcome
	tray       *tray
	thumbnails *thumbnail.Cache

	// content is what fills the window.
	content fyne.CanvasObject
	// entered: the user has passed the way in, or never needed it.
	entered bool
	// adding: the way in is shown to add a further account.
	adding bool

	// What several screens share.
	categories  *catalog.Categories
	token       *accounts.TokenWatch
	obsSheets   *settings.OBSSheets
	diagnostics *records.Diagnostics

	destination *destinationWatch
	alarm       *alarm.Watch
	// front: the user has the window in front. The toolkit sets it beside the window's
	// goroutine.
	front     atomic.Bool
	presets   *presets.Actions
	shortcuts *shortcuts.Registry
	// palette is the one opened last.
	palette *palette.Palette
}

// Run opens the window and gives control to the toolkit until the program
// ends. It must be called on the main goroutine.
func Run(a fyne.App, opt Options) {
	answer := probeTray(opt.TrayAvailable)
	w := newWindow(a, opt)
	w.setUpTray(answer)
	w.open()
	a.Run()
	w.end()
}

// newWindow builds the window from the State there is, without waiting for anything.
func newWindow(a fyne.App, opt Options) *window {
	opt.complete()
	w := &window{opt: opt, app: a, engine: opt.Services.Window}
	w.life, w.end = context.WithCancel(context.Background())
	w.opt.Clock = lastingClock{opt.Clock, w.life}
	setToolkitLanguage(opt.Words.Lang())
	w.engine.SetLang(opt.Words.Lang())
	w.setTheme(w.engine.Config().Theme)
	w.win = a.NewWindow(look.AppName)
	w.win.SetMaster()
	w.win.SetPadded(false)
	w.win.SetIcon(look.AppIcon())
	w.layer = layer.NewLayer(label.NewLine("", label.Style{}), opt.Clock)
	w.win.SetContent(w.layer)
	w.UI = w.newUI()
	w.composeShared()
	w.build()
	w.win.Resize(kit.WindowSize)
	w.win.CenterOnScreen()
	w.win.SetCloseIntercept(w.onClose)
	return w
}

func (w *window) newUI() *kit.UI {
	opt := w.opt
	w.thumbnails = thumbnail.New(thumbnail.Options{
		Life: w.life, Fetch: opt.FetchPicture, Do: opt.Do, Go: opt.Go, Now: opt.Clock.Now,
	})
	return kit.New(w.win, w.layer, kit.Options{
		App: w.app, Engine: w.engine, Words: opt.Words, Clock: opt.Clock, Thumbnails: w.thumbnails,
		Life: w.life, Do: opt.Do, Go: opt.Go, OpenURL: opt.OpenURL, OpenFolder: opt.OpenFolder, Version: opt.Version,
		Render: w.render, Resized: w.resized, Asked: w.asked,
	})
}

// composeShared makes what several screens share, and tells the screens what they may
// ask of the window and of each other.
func (w *window) composeShared() {
	services := w.opt.Services
	w.categories = catalog.NewCategories(w.UI, services.Catalog)
	w.token = accounts.NewTokenWatch(w.UI, services.Accounts)
	w.token.OnReplaced = func() {
		if w.welcome != nil {
			w.enter()
		}
	}
	w.obsSheets = settings.NewOBSSheets(w.UI, services.OBS)
	w.diagnostics = records.NewDiagnostics(w.UI, services.Records)
	w.destination = &destinationWatch{ui: w.UI}
	w.alarm = w.newAlarmWatch()
	w.presets = presets.NewActions(w.UI, services.Presets)
	w.shortcuts = w.newShortcuts()
	w.Actions = kit.Actions{
		Open:           func(id kit.ScreenID) { w.shell.open(id) },
		AddAccount:     func() { w.Leaving(w.Text("action.add_account"), w.addAccount) },
		SignIn:         w.signIn,
		AskToken:       w.token.Ask,
		ChooseChannel:  func() { w.shell.open(kit.ScreenChannels) },
		AskIngest:      func(then func()) { w.shell.home.Broadcaster.AskIngest(then) },
		AskCreator:     channels.NewCreatorSheet(w.UI, services.Creators).Ask,
		ApplyDraft:     func() { w.shell.home.Broadcaster.ApplyDraft() },
		ApplyPreset:    w.presets.Apply,
		SavePreset:     w.presets.Save,
		SetUp:          func() { w.shell.home.Broadcaster.SetUp() },
		GoLive:         func() { w.shell.home.Broadcaster.GoLive() },
		Stop:           func() { w.shell.home.Broadcaster.Stop() },
		HelpOBS:        w.obsSheets.Help,
		AskOBSPassword: w.obsSheets.AskPassword,
		AskUnprotected: w.obsSheets.AskUnprotected,
		AskDiagnostics: w.diagnostics.Ask,
	}
}

// build makes all parts anew, in the language chosen.
func (w *window) build() {
	w.Sync()
	if w.shell != nil {
		w.shell.leave()
	}
	w.shell = newShell(w)
	w.welcome = nil
	w.show()
	w.bindKeys()
}

// open shows the window and starts what feeds it.
func (w *window) open() {
	w.win.Show()
	w.opt.Do(func() { inputmethod.Join(w.win) })
	w.opt.Do(w.keepOut)
	go w.watch()
	if w.opt.Painted != nil {
		w.opt.Do(w.opt.Painted)
	}
}

// watch turns changes of the State into renders: while one is queued, further changes
// need no second.
func (w *window) watch() {
	changed, stop := w.engine.Watch()
	defer stop()
	var waiting atomic.Bool
	for {
		select {
		case <-w.life.Done():
			return
		case <-w.opt.Interrupted:
			w.opt.Do(w.quit)
			return
		case raised := <-w.opt.Raise:
			w.opt.Do(func() {
				w.raise()
				raised()
			})
		case address := <-w.opt.Links:
			w.opt.Do(func() { w.openLink(address) })
		case <-changed:
			if waiting.CompareAndSwap(false, true) {
				w.opt.Do(func() {
					waiting.Store(false)
					w.render()
				})
			}
		}
	}
}

// render shows the State present now.
func (w *window) render() {
	if w.life.Err() != nil {
		return
	}
	w.Sync()
	now := w.State()
	w.token.Update(now)
	w.show()
	w.destination.update(now)
	w.alarm.Update(now)
	w.presets.Update(now)
	w.ShowNotices()
	if w.tray != nil {
		w.tray.update(now)
	}
}

// show passes the State to what is on screen, and decides what that is.
func (w *window) show() {
	w.chooseContent()
	content := fyne.CanvasObject(w.shell.object)
	if w.welcome != nil {
		w.welcome.Update(w.State())
		content = w.welcome.Body()
	} else {
		w.shell.update(w.State())
	}
	if w.content != content {
		w.content = content
		w.layer.SetContent(content)
	}
	w.keepClear()
	w.UpdateSheet()
}

// resized is called when content has changed its height.
func (w *window) resized() {
	if w.welcome != nil {
		w.welcome.Resized()
	}
}

// asked is called when a question has come up.
func (w *window) asked() {
	if w.tray != nil {
		w.tray.asked()
	}
}

// keepClear keeps messages off the one big button, and off what applies.
func (w *window) keepClear() {
	corner := fyne.Size{}
	if w.welcome != nil {
		corner = w.welcome.Corner()
	} else if c, ok := w.shell.current().(kit.Cornered); ok {
		corner = c.Corner()
	}
	w.layer.KeepClear(corner)
}

// signedOut reports whether somebody has yet to sign in.
func signedOut(s state.State) bool {
	return s.Account.Name == "" || s.Account.SignedIn == state.SignedOut || s.Account.SignedIn == state.SigningIn
}
