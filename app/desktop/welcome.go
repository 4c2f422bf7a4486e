package desktop

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"cuelight/app/state"
	"cuelight/widgets/control"
	"cuelight/widgets/label"
	"cuelight/widgets/paint"
	"cuelight/widgets/status"
	"cuelight/widgets/surface"
)

// welcome is the way in: platform, OBS, sign-in, on one card that says what is
// done and what comes next. It also adds further accounts.
type welcome struct {
	face   *face
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
	practice *fyne.Container
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

func newWelcome(f *face) *welcome {
	w := &welcome{face: f, begun: f.state.Account.Name != "" && !f.adding}
	w.cue = status.NewCueLight(52, f.opt.Clock, nil)
	w.signIn = newSignInPanel(f, f.enter)
	w.buildPlatform()
	w.obsBody = newOBSStep(f)
	w.obs = newStep(2, f.say("welcome.obs"), w.obsBody.object)
	w.idle = label.NewParagraph(f.say("welcome.signin.more"), label.Caption())
	w.login = newStep(3, f.say("welcome.signin"), column(10, w.idle, w.signIn.object))
	w.card = surface.NewCard("", "", column(20, w.platform.object, w.obs.object, w.login.object))
	w.big = control.NewBigButton(f.say("welcome.go"), control.Primary, w.press)
	w.later = control.NewButton("", nil, control.Quiet, f.leaveWelcome)
	w.object = w.frame()
	return w
}

func (w *welcome) frame() *fyne.Container {
	f := w.face
	title := label.NewParagraph(f.say("welcome.title"), label.Style{Size: theme.SizeNameHeadingText, Bold: true, Align: fyne.TextAlignCenter})
	if f.adding {
		title.SetText(f.say("welcome.add"))
	}
	more := label.NewParagraph(f.say("welcome.more"), label.Style{Color: theme.ColorNamePlaceHolder, Align: fyne.TextAlignCenter})
	w.head = column(12, container.NewCenter(w.cue), title, more, w.card)
	w.scroll = container.NewVScroll(inside(10, 0, w.head))
	banner := status.NewBanner(paint.ToneWarn, f.say("banner.sandbox"), w.leaveWord(), f.leaveSandbox)
	banner.Hidden = !f.state.Sandbox
	body := arrange(w.place, func([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }, w.scroll, w.big, w.later)
	return newRoom(container.NewBorder(banner, nil, nil, nil, over(newGround(theme.ColorNameBackground, false, false), body)), windowLeast)
}

// place puts everything in the middle where it fits; else the steps scroll and
// the button stays in reach at the lower edge.
func (w *welcome) place(_ []fyne.CanvasObject, s fyne.Size) {
	const margin, later = 20, 32
	width := min(welcomeWidth, s.Width-2*margin)
	x := (s.Width - width) / 2
	foot := float32(later)
	if w.big.Visible() {
		foot += bigButton + gapSmall
	}
	need := tall(w.head, width)
	room := s.Height - foot - 2*margin
	top := float32(margin)
	height := room
	if need < room-gap {
		height = need
		top = max(margin, (s.Height-need-gap-foot)/2)
	}
	put(w.scroll, x-margin/2, top, width+margin, height)
	y := top + height + gapSmall
	if need < room-gap {
		y += gapSmall
	}
	w.corner = fyne.Size{}
	if w.big.Visible() {
		put(w.big, x, y, width, bigButton)
		y += bigButton + gapSmall
		w.corner = fyne.NewSize(s.Width-x, s.Height-y+bigButton+gapSmall)
	}
	m := w.later.MinSize()
	put(w.later, (s.Width-m.Width)/2, y, m.Width, m.Height)
}

func (w *welcome) leaveWord() string {
	if w.face.opt.Leave == nil {
		return ""
	}
	return w.face.say("banner.leave")
}

// buildPlatform makes the first step: which platform, its account's fields, and
// the way to look around without an account.
func (w *welcome) buildPlatform() {
	f := w.face
	all := f.engine.Platforms()
	tiles := make([]control.Tile, len(all))
	for i, d := range all {
		tiles[i] = control.Tile{ID: d.ID, Title: d.Name}
	}
	w.form = newAccountForm(f)
	w.tiles = control.NewTiles(func(id string) { w.choose(id) }, tiles...)
	link := control.NewButton(f.say("welcome.practice"), nil, control.LinkLike, func() { f.restart(f.opt.Practice) })
	w.practice = row(0, nil, label.NewLine(f.say("welcome.no_keys"), label.Caption()), link)
	w.practice.Hidden = f.opt.Practice == nil || f.state.Sandbox
	w.platform = newStep(1, f.say("welcome.platform"), column(12, w.tiles, w.practice, w.form.object))
	if len(all) > 0 {
		id := all[0].ID
		if w.begun {
			id = f.state.Account.Platform
		}
		w.tiles.SetChosen(id)
		w.choose(id)
	}
}

func (w *welcome) choose(id string) {
	for _, d := range w.face.engine.Platforms() {
		if d.ID == id {
			w.form.ask(d)
		}
	}
	if w.big != nil {
		w.update(w.face.state)
	}
	w.face.grown()
}

// press is the big button: it adds the account where that is to be done, and
// signs in.
func (w *welcome) press() {
	if w.begun {
		w.signIn.begin()
		return
	}
	w.form.add(func() {
		w.begun = true
		w.update(w.face.state)
		w.face.run(patienceCall, w.face.engine.Refresh, w.signInUnlessIn)
	})
}

// signInUnlessIn goes on after an account was added: some platforms know who is
// calling by what was typed, and then it is only shown whose account it is.
func (w *welcome) signInUnlessIn(err error) {
	f := w.face
	f.state = f.engine.State()
	if f.state.Account.SignedIn != state.SignedIn {
		w.signIn.begin()
		return
	}
	w.signIn.asked = true
	if err != nil {
		f.fail(err)
	}
	f.render()
}

func (w *welcome) update(s state.State) {
	f := w.face
	cue, says := f.cue(s)
	w.cue.Set(cue, says)
	if s.Account.Name != "" && !f.adding && !w.form.busy {
		w.begun = true // added in a terminal meanwhile
	}
	signedIn := w.begun && s.Account.SignedIn == state.SignedIn
	w.signIn.asked = w.signIn.asked || signedIn // signed in there, too: whose account it is, is asked here
	waiting := waitingForSignIn(s)
	w.form.object.Hidden = w.begun
	w.tiles.Hidden = w.begun
	w.practice.Hidden = f.opt.Practice == nil || s.Sandbox || w.begun
	chosen := ""
	if w.begun {
		chosen = s.Account.PlatformName + " · " + s.Account.Name
	}
	w.platform.set(w.begun, chosen)
	w.obs.set(w.obsBody.update(s), "")
	w.login.set(signedIn, "")
	w.idle.Hidden = waiting || signedIn
	w.signIn.update(s)
	w.big.Hidden = waiting || (signedIn && w.signIn.asked)
	w.big.Set(w.goWord(), control.Primary)
	enable(w.big, !w.form.busy)
	w.later.Set(w.laterWord(), control.Quiet)
	w.later.Hidden = w.later.Text() == ""
	w.object.Refresh()
}

// goWord is what the big button does for the platform chosen.
func (w *welcome) goWord() string {
	if !w.begun && !w.form.browser {
		return w.face.say("accounts.add")
	}
	return w.face.say("welcome.go")
}

// laterWord is how to leave the way in without signing in, where that can be.
func (w *welcome) laterWord() string {
	switch {
	case w.signIn.confirm.Visible():
		return ""
	case w.face.adding:
		return w.face.say("back")
	case w.begun:
		return w.face.say("welcome.later")
	}
	return ""
}

// leaveWelcome leaves the way in without signing in.
func (f *face) leaveWelcome() {
	f.engine.CancelSignIn()
	if f.welcome != nil {
		f.welcome.signIn.halt()
	}
	f.enter()
}
