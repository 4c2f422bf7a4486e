package accounts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"cuelight/app/desktop/kit"
	"cuelight/app/state"
	"cuelight/widgets/control"
	"cuelight/widgets/label"
	"cuelight/widgets/paint"
	"cuelight/widgets/status"
	"cuelight/widgets/surface"
)

// WelcomeOptions are what the way in is given by the window.
type WelcomeOptions struct {
	// Adding: it adds a further account, and can be left for what was before.
	Adding bool
	// Enter leaves it when the user has signed in, Later without that.
	Enter, Later func()
	// OpenSandbox goes on with simulated services, LeaveSandbox with real ones; nil
	// offers no such thing.
	OpenSandbox, LeaveSandbox func()
}

// Welcome is the way in: platform, OBS, sign-in, on one card that says what is
// done and what comes next. It also adds further accounts.
type Welcome struct {
	ui     *kit.UI
	engine Engine
	opt    WelcomeOptions
	object *fyne.Container
	cue    *status.CueLight
	signIn *signInPanel
	// begun: the account that this way in is about has been added.
	begun bool

	platform *step
	obs      *step
	login    *step
	tiles    *control.Tiles
	form     *accountForm
	sandbox  *fyne.Container
	obsBody  *obsStep
	idle     *label.Paragraph
	card     *surface.Card
	big      *control.Button
	later    *control.Button
	scroll   *container.Scroll
	head     *fyne.Container
	// corner is where the button is, which messages keep clear of.
	corner fyne.Size
}

// welcomeWidth is how wide the way in is where there is room.
const welcomeWidth = 560

// NewWelcome makes it for the account in use, or for a new one.
func NewWelcome(ui *kit.UI, engine Engine, opt WelcomeOptions) *Welcome {
	w := &Welcome{ui: ui, engine: engine, opt: opt, begun: ui.State().Account.Name != "" && !opt.Adding}
	w.cue = status.NewCueLight(52, ui.Clock(), nil)
	w.signIn = newSignInPanel(ui, engine, opt.Enter)
	w.buildPlatform()
	w.obsBody = newOBSStep(ui, engine)
	w.obs = newStep(2, ui.Text("welcome.obs"), w.obsBody.object)
	w.idle = label.NewParagraph(ui.Text("welcome.signin.more"), label.Caption())
	w.login = newStep(3, ui.Text("welcome.signin"), kit.Column(10, w.idle, w.signIn.object))
	w.card = surface.NewCard("", "", kit.Column(20, w.platform.object, w.obs.object, w.login.object))
	w.big = control.NewBigButton(ui.Text("welcome.go"), control.Primary, w.press)
	w.later = control.NewButton("", nil, control.Quiet, opt.Later)
	w.object = w.frame()
	return w
}

func (w *Welcome) frame() *fyne.Container {
	ui := w.ui
	title := label.NewParagraph(ui.Text("welcome.title"), label.Style{Size: theme.SizeNameHeadingText, Bold: true, Align: fyne.TextAlignCenter})
	if w.opt.Adding {
		title.SetText(ui.Text("welcome.add"))
	}
	more := label.NewParagraph(ui.Text("welcome.more"), label.Style{Color: theme.ColorNamePlaceHolder, Align: fyne.TextAlignCenter})
	w.head = kit.Column(12, container.NewCenter(w.cue), title, more, w.card)
	w.scroll = container.NewVScroll(kit.PaddedText(10, 0, w.head))
	banner := status.NewBanner(paint.ToneWarn, ui.Text("banner.sandbox"), w.leaveText(), w.opt.LeaveSandbox)
	banner.Hidden = !ui.State().Sandbox
	body := kit.Arrange(w.place, func([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }, w.scroll, w.big, w.later)
	return kit.FixedMin(container.NewBorder(banner, nil, nil, nil, kit.Stack(kit.NewBackground(theme.ColorNameBackground, false, false), body)), kit.WindowMin)
}

// place puts everything in the middle where it fits; else the steps scroll and
// the button stays in reach at the lower kit.Margin.
func (w *Welcome) place(_ []fyne.CanvasObject, s fyne.Size) {
	const margin, later = 20, 32
	width := min(welcomeWidth, s.Width-2*margin)
	x := (s.Width - width) / 2
	foot := float32(later)
	if w.big.Visible() {
		foot += kit.BigButtonHeight + kit.GapSmall
	}
	need := kit.FitHeight(w.head, width)
	room := s.Height - foot - 2*margin
	top := float32(margin)
	height := room
	if need < room-kit.Gap {
		height = need
		top = max(margin, (s.Height-need-kit.Gap-foot)/2)
	}
	kit.Place(w.scroll, x-margin/2, top, width+margin, height)
	y := top + height + kit.GapSmall
	if need < room-kit.Gap {
		y += kit.GapSmall
	}
	w.corner = fyne.Size{}
	if w.big.Visible() {
		kit.Place(w.big, x, y, width, kit.BigButtonHeight)
		y += kit.BigButtonHeight + kit.GapSmall
		w.corner = fyne.NewSize(s.Width-x, s.Height-y+kit.BigButtonHeight+kit.GapSmall)
	}
	m := w.later.MinSize()
	kit.Place(w.later, (s.Width-m.Width)/2, y, m.Width, m.Height)
}

func (w *Welcome) leaveText() string {
	if w.opt.LeaveSandbox == nil {
		return ""
	}
	return w.ui.Text("banner.leave")
}

// buildPlatform makes the first step: which platform, its account's fields, and
// the way to look around without an account.
func (w *Welcome) buildPlatform() {
	ui := w.ui
	all := w.engine.Platforms()
	tiles := make([]control.Tile, len(all))
	for i, d := range all {
		tiles[i] = control.Tile{ID: d.ID, Title: ui.Words().PlatformName(d.ID, d.Name)}
	}
	w.form = newAccountForm(ui, w.engine, func() { w.Update(ui.State()) })
	w.tiles = control.NewTiles(func(id string) { w.choose(id) }, tiles...)
	link := control.NewButton(ui.Text("welcome.practice"), nil, control.LinkLike, w.opt.OpenSandbox)
	w.sandbox = kit.Row(0, nil, label.NewLine(ui.Text("welcome.no_keys"), label.Caption()), link)
	w.sandbox.Hidden = w.opt.OpenSandbox == nil || ui.State().Sandbox
	w.platform = newStep(1, ui.Text("welcome.platform"), kit.Column(12, w.tiles, w.sandbox, w.form.object))
	if len(all) > 0 {
		id := all[0].ID
		if w.begun {
			id = ui.State().Account.Platform
		}
		w.tiles.SetChosen(id)
		w.choose(id)
	}
}

func (w *Welcome) choose(id string) {
	for _, d := range w.engine.Platforms() {
		if d.ID == id {
			w.form.setPlatform(d)
		}
	}
	if w.big != nil {
		w.Update(w.ui.State())
	}
	w.ui.ResizeSheet()
}

// press is the big button: it adds the account where that is to be done, and
// signs in.
func (w *Welcome) press() {
	if w.begun {
		w.signIn.begin()
		return
	}
	w.form.add(func() {
		w.begun = true
		w.Update(w.ui.State())
		w.ui.Run(kit.CallTimeout, w.ui.RefreshNow, w.signInUnlessSignedIn)
	})
}

// signInUnlessSignedIn goes on after an account was added: some platforms know who is
// calling by what was typed, and then it is only shown whose account it is.
func (w *Welcome) signInUnlessSignedIn(err error) {
	ui := w.ui
	ui.Sync()
	if ui.State().Account.SignedIn != state.SignedIn {
		w.signIn.begin()
		return
	}
	w.signIn.started = true
	if err != nil {
		ui.ShowError(err)
	}
	ui.Render()
}

func (w *Welcome) Update(s state.State) {
	ui := w.ui
	w.cue.Set(ui.Cue(s))
	if s.Account.Name != "" && !w.opt.Adding && !w.form.busy {
		w.begun = true // added in a terminal meanwhile
	}
	signedIn := w.begun && s.Account.SignedIn == state.SignedIn
	w.signIn.started = w.signIn.started || signedIn // signed in there, too: whose account it is, is asked here
	waiting := waitingForSignIn(s)
	w.form.object.Hidden = w.begun
	w.tiles.Hidden = w.begun
	w.sandbox.Hidden = w.opt.OpenSandbox == nil || s.Sandbox || w.begun
	chosen := ""
	if w.begun {
		chosen = w.ui.Platform(s.Account) + " · " + w.ui.AccountName(s, s.Account.Name)
	}
	w.platform.set(w.begun, chosen)
	w.obs.set(w.obsBody.update(s), "")
	w.login.set(signedIn, "")
	w.idle.Hidden = waiting || signedIn
	w.signIn.update(s)
	w.big.Hidden = waiting || w.signIn.confirm.Visible()
	w.big.Set(w.buttonText(), control.Primary)
	kit.Enable(w.big, !w.form.busy)
	w.later.Set(w.laterText(), control.Quiet)
	w.later.Hidden = w.later.Text() == ""
	w.object.Refresh()
}

// buttonText is what the big button does for the platform chosen.
func (w *Welcome) buttonText() string {
	if !w.begun && !w.form.browser {
		return w.ui.Text("accounts.add")
	}
	return w.ui.Text("welcome.go")
}

// laterText is how to leave the way in without signing in, where that can be.
func (w *Welcome) laterText() string {
	switch {
	case w.signIn.confirm.Visible():
		return ""
	case w.opt.Adding:
		return w.ui.Text("back")
	case w.begun:
		return w.ui.Text("welcome.later")
	}
	return ""
}

// Body is what fills the window.
func (w *Welcome) Body() fyne.CanvasObject { return w.object }

// Corner is where the button is, which messages keep clear of.
func (w *Welcome) Corner() fyne.Size { return w.corner }

// BeginSignIn signs in to the account that was added.
func (w *Welcome) BeginSignIn() { w.signIn.begin() }

// Leave ends what runs in it.
func (w *Welcome) Leave() { w.signIn.stopCountdown() }

// Resized places everything anew: something has another height.
func (w *Welcome) Resized() { w.object.Refresh() }
