package desktop

import (
	"context"
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"cuelight/app"
	"cuelight/app/desktop/look"
	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
	"cuelight/widgets/label"
	"cuelight/widgets/layer"
	"cuelight/widgets/paint"
	"cuelight/widgets/status"
)

// signInPanel leads through a sign-in: waiting for the browser with the
// address at hand, other ways in, what went wrong, and whose account it turned
// out to be. The way in and the sign-in sheet both hold one.
type signInPanel struct {
	face   *face
	object *fyne.Container
	// accepted is called when the user says that it is the right account.
	accepted func()

	wait    *fyne.Container
	open    *fyne.Container // the address, where a browser is waited for
	status  *status.Checklist
	address *label.Line
	other   *control.Button
	ways    *fyne.Container
	paste   *input.TextField
	number  *input.TextField
	byNum   *fyne.Container
	failure *inset
	confirm *fyne.Container
	whose   *label.Paragraph
	stop    func()
	// asked: this panel began a sign-in, whose outcome is to be confirmed.
	asked bool
	// shape is what is seen of it, so that it is only placed anew when that
	// changes.
	shape [5]bool
}

func newSignInPanel(f *face, accepted func()) *signInPanel {
	p := &signInPanel{face: f, accepted: accepted, failure: newInset()}
	p.buildWait()
	p.buildWays()
	p.whose = label.NewParagraph("", label.Style{Bold: true})
	p.confirm = column(12, p.whose, f.paragraph(f.say("signin.whose.more")), row(10, nil,
		control.NewButton(f.say("signin.right"), nil, control.Primary, accepted),
		control.NewButton(f.say("signin.wrong"), nil, control.Plain, p.another)))
	p.confirm.Hide()
	p.object = column(12, p.failure.object, p.wait, p.confirm, left(p.other), p.ways)
	return p
}

func (p *signInPanel) buildWait() {
	f := p.face
	p.status = status.NewChecklist(f.opt.Clock)
	p.address = label.NewFillingLine("", label.Caption())
	copyIt := control.NewIconButton(look.IconCopy.Resource(), f.say("copy"), func() { f.copyText(p.address.Text()) })
	back := newTint(theme.ColorNameInputBackground, 0, theme.SizeNameButtonRadius)
	line := over(back, padded(12, 4, row(gapSmall, only(p.address), p.address, copyIt)))
	p.open = line
	p.wait = column(10, p.status, line, row(4, nil,
		control.NewButton(f.say("signin.reopen"), look.IconLink.Resource(), control.LinkLike, func() { f.browse(p.address.Text()) }),
		control.NewButton(f.say("cancel"), nil, control.Quiet, f.engine.CancelSignIn)))
	p.wait.Hide()
}

func (p *signInPanel) buildWays() {
	f := p.face
	p.other = control.NewButton(f.say("signin.other"), look.IconChevron.Resource(), control.Quiet, func() { p.fold(!p.ways.Visible()) })
	p.paste = input.NewTextField(f.say("signin.paste"), f.say("signin.paste.placeholder"), 0, nil, f.opt.Clock)
	p.number = input.NewTextField(f.say("signin.number"), "000000", 6, nil, f.opt.Clock)
	p.paste.SetHint(f.say("signin.paste.hint"))
	p.number.SetHint(f.say("signin.number.hint"))
	pasteIt := control.NewButton(f.say("signin.paste.do"), nil, control.Plain, p.pasteIn)
	numberIt := control.NewButton(f.say("signin.number.do"), nil, control.Plain, p.numberIn)
	p.byNum = column(gapSmall, p.number, left(numberIt))
	p.ways = column(gap, column(gapSmall, p.paste, left(pasteIt)), p.byNum)
	p.ways.Hide()
}

func (p *signInPanel) fold(open bool) {
	p.ways.Hidden = !open
	p.object.Refresh()
	p.face.grown()
}

// begin signs in with the browser, or asks for the token of an account that
// signs in with one.
func (p *signInPanel) begin() {
	if p.face.state.Account.CanToken {
		p.face.askToken()
		return
	}
	p.signIn(app.SignIn{})
}

func (p *signInPanel) signIn(how app.SignIn) {
	p.asked = true
	f := p.face
	f.run(patienceSignIn, func(ctx context.Context) error {
		if err := f.endSignIn(ctx); err != nil {
			return err
		}
		_, err := f.engine.SignIn(ctx, how)
		return err
	}, func(err error) {
		if err == nil {
			f.refresh() // what the platform holds, while the user looks at the name
			p.paste.SetText("")
			p.number.SetText("")
		}
		f.render()
	})
}

// endSignIn ends a sign-in that is pending, so that another way can be taken.
func (f *face) endSignIn(ctx context.Context) error {
	f.engine.CancelSignIn()
	changed, stop := f.engine.Watch()
	defer stop()
	for f.engine.State().Tasks[state.TaskSignIn].Running {
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// pasteIn finishes a pending sign-in with what the user copied. The field is
// emptied at once: it holds a code.
func (p *signInPanel) pasteIn() {
	p.face.opt.Clock.After(settle, func() {
		text := strings.TrimSpace(p.paste.Text())
		if text == "" {
			p.paste.Focus()
			return
		}
		if err := p.face.engine.PasteSignIn(text); err != nil {
			p.paste.SetProblem(p.face.explain(err).Line())
			return
		}
		p.paste.SetText("")
	})
}

func (p *signInPanel) numberIn() {
	p.face.opt.Clock.After(settle, func() {
		number := strings.TrimSpace(p.number.Text())
		if len(number) != 6 || strings.Trim(number, "0123456789") != "" {
			p.number.SetProblem(p.face.say("signin.number.wrong"))
			p.number.Focus()
			return
		}
		p.signIn(app.SignIn{Number: number})
	})
}

// another signs out and in again.
func (p *signInPanel) another() {
	f := p.face
	f.run(patienceQuick, f.engine.SignOut, func(err error) {
		if err != nil {
			f.fail(err)
			return
		}
		f.layer.Toast(layer.Toast{Tone: paint.ToneAccent, Text: f.say("signin.another", words.Args{"Platform": f.state.Account.PlatformName})})
		p.begin()
	})
}

// waiting: a sign-in is under way.
func waitingForSignIn(s state.State) bool {
	return s.Account.SignedIn == state.SigningIn || s.Tasks[state.TaskSignIn].Running
}

func (p *signInPanel) update(s state.State) {
	waiting := waitingForSignIn(s)
	confirm := p.asked && !waiting && s.Account.SignedIn == state.SignedIn
	canBrowse := s.Account.SignInURL != ""
	p.byNum.Hidden = !s.Account.CanNumber
	p.other.Hidden = confirm || (!waiting && !s.Account.CanNumber)
	if p.other.Hidden {
		p.ways.Hidden = true
	}
	p.wait.Hidden, p.confirm.Hidden = !waiting, !confirm
	p.address.SetText(s.Account.SignInURL)
	if waiting {
		p.showWait(s, canBrowse)
	} else {
		p.halt()
	}
	p.whose.SetText(p.face.whose(s.Account))
	text := ""
	if err := s.Tasks[state.TaskSignIn].Err; !waiting && !confirm && p.asked && err != nil && !errors.Is(err, context.Canceled) {
		text = p.face.explain(err).Line()
	}
	tone := paint.ToneBad
	if waiting && s.Account.Err != nil { // the browser cannot come back: paste
		tone, text = paint.ToneWarn, p.face.explain(s.Account.Err).Line()
		p.ways.Hidden = false
	}
	p.failure.set(tone, text)
	shape := [...]bool{waiting, confirm, canBrowse, p.other.Hidden, text != ""}
	if shape != p.shape {
		p.shape = shape
		p.object.Refresh()
		p.face.grown()
	}
}

// whose says whose account was connected.
func (f *face) whose(a state.AccountState) string {
	if a.Nick == "" && a.UserID == "" {
		return f.say("signin.nobody")
	}
	return f.say("signin.whose", words.Args{"Who": f.who(a)})
}

func (p *signInPanel) halt() {
	if p.stop != nil {
		p.stop()
		p.stop = nil
	}
}

// showWait says what is waited for and how long still, every second.
func (p *signInPanel) showWait(s state.State, browser bool) {
	p.halt()
	title := p.face.say("signin.waiting")
	detail := p.face.say("signin.waiting.more")
	if !browser {
		title, detail = p.face.say("signin.asking"), ""
	}
	if left := s.Account.SignInUntil.Sub(p.face.opt.Clock.Now()); browser && left > 0 {
		detail += " " + p.face.say("signin.left", words.Args{"Time": shortTime(left)})
		p.stop = p.face.opt.Clock.After(time.Second, func() { p.showWait(p.face.state, browser) })
	}
	p.open.Hidden = !browser
	p.status.SetRows(status.CheckRow{State: status.CheckRunning, Title: title, Detail: detail})
}
