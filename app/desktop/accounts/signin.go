package accounts

import (
	"context"
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"cuelight/app"
	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/look"
	"cuelight/app/signin"
	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
	"cuelight/widgets/label"
	"cuelight/widgets/paint"
	"cuelight/widgets/status"
)

// signInPanel leads through a sign-in: waiting for the browser with the
// address at hand, other ways in, what went wrong, and whose account it turned
// out to be. The way in and the sign-in sheet both hold one.
type signInPanel struct {
	ui     *kit.UI
	engine Engine
	object *fyne.Container
	// accepted is called when the user says that it is the right account.
	accepted func()

	wait      *fyne.Container
	open      *fyne.Container // the address, where a browser is waited for
	status    *status.Checklist
	address   *label.Line
	other     *control.Button
	ways      *fyne.Container
	paste     *input.TextField
	number    *input.TextField
	numberWay *fyne.Container
	failure   *kit.Message
	confirm   *fyne.Container
	whose     *label.Paragraph
	retry     *fyne.Container // again and change, where there is one of them
	again     *control.Button
	change    *control.Button // takes another user who has signed in
	stop      func()
	// retries: the panel has a button of its own to try again.
	retries bool
	// started: this panel began a sign-in, whose outcome is to be confirmed.
	started bool
	// parts are the parts shown, so that the layout only changes with them.
	parts [7]bool
}

func newSignInPanel(ui *kit.UI, engine Engine, accepted func()) *signInPanel {
	p := &signInPanel{ui: ui, engine: engine, accepted: accepted, failure: kit.NewMessage()}
	p.buildWait()
	p.buildWays()
	p.whose = label.NewParagraph("", label.Style{Bold: true})
	p.confirm = kit.Column(12, p.whose, kit.Paragraph(ui.Text("signin.whose.more")), kit.Row(10, nil,
		control.NewButton(ui.Text("signin.right"), nil, control.Primary, accepted),
		control.NewButton(ui.Text("signin.wrong"), nil, control.Plain, p.another)))
	p.confirm.Hide()
	p.again = control.NewButton(ui.Text("signin.retry"), nil, control.Primary, p.begin)
	p.change = control.NewButton(ui.Text("signin.user.change"), nil, control.Plain, p.acceptUser)
	p.retry = kit.Row(10, nil, p.again, p.change)
	p.object = kit.Column(12, p.failure.Object, p.retry, p.wait, p.confirm, kit.Left(p.other), p.ways)
	return p
}

func (p *signInPanel) buildWait() {
	ui := p.ui
	p.status = status.NewChecklist(ui.Clock())
	p.address = label.NewFillingLine("", label.Caption())
	copyButton := control.NewIconButton(look.IconCopy.Resource(), ui.Text("copy"), func() { ui.CopyText(p.address.Text()) })
	back := kit.NewTint(theme.ColorNameInputBackground, 0, theme.SizeNameButtonRadius)
	line := kit.Stack(back, kit.Padded(12, 4, kit.Row(kit.GapSmall, kit.Stretch(p.address), p.address, copyButton)))
	p.open = line
	p.wait = kit.Column(10, p.status, line, kit.Row(4, nil,
		control.NewButton(ui.Text("signin.reopen"), look.IconLink.Resource(), control.LinkLike, func() { ui.Browse(p.address.Text()) }),
		control.NewButton(ui.Text("cancel"), nil, control.Quiet, p.engine.CancelSignIn)))
	p.wait.Hide()
}

func (p *signInPanel) buildWays() {
	ui := p.ui
	p.other = control.NewButton(ui.Text("signin.other"), look.IconChevron.Resource(), control.Quiet, func() { p.showWays(!p.ways.Visible()) })
	p.paste = input.NewTextField(ui.Text("signin.paste"), ui.Text("signin.paste.placeholder"), 0, nil, ui.Clock())
	p.number = input.NewTextField(ui.Text("signin.number"), "000000", 6, nil, ui.Clock())
	p.paste.SetHint(ui.Text("signin.paste.hint"))
	p.number.SetHint(ui.Text("signin.number.hint"))
	pasteButton := control.NewButton(ui.Text("signin.paste.do"), nil, control.Plain, p.pasteIn)
	numberButton := control.NewButton(ui.Text("signin.number.do"), nil, control.Plain, p.numberIn)
	kit.EnterPresses(pasteButton, p.paste)
	kit.EnterPresses(numberButton, p.number)
	p.numberWay = kit.Column(kit.GapSmall, p.number, kit.Left(numberButton))
	p.ways = kit.Column(kit.Gap, kit.Column(kit.GapSmall, p.paste, kit.Left(pasteButton)), p.numberWay)
	p.ways.Hide()
}

func (p *signInPanel) showWays(open bool) {
	p.ways.Hidden = !open
	p.object.Refresh()
	p.ui.ResizeSheet()
}

// begin signs in with the browser, or asks for the token of an account that
// signs in with one.
func (p *signInPanel) begin() {
	if p.ui.State().Account.CanToken {
		p.ui.Actions.AskToken()
		return
	}
	p.signIn(app.SignIn{})
}

func (p *signInPanel) signIn(how app.SignIn) {
	p.started = true
	ui := p.ui
	ui.Run(kit.SignInTimeout, func(ctx context.Context) error {
		if err := p.endPending(ctx); err != nil {
			return err
		}
		_, err := p.engine.SignIn(ctx, how)
		return err
	}, func(err error) {
		if err == nil {
			ui.Refresh() // what the platform holds, while the user looks at the name
			p.empty()
		}
		ui.Render()
	})
}

// empty takes out what was for a sign-in that is over, with what was wrong with it.
func (p *signInPanel) empty() {
	for _, field := range []*input.TextField{p.paste, p.number} {
		field.SetText("")
		field.SetProblem("")
	}
}

// endPending ends a sign-in that is pending, so that another way can be taken.
func (p *signInPanel) endPending(ctx context.Context) error {
	p.engine.CancelSignIn()
	changed, stop := p.engine.Watch()
	defer stop()
	for p.ui.Latest().Tasks[state.TaskSignIn].Running {
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
	p.ui.Clock().After(kit.InputDelay, func() {
		text := strings.TrimSpace(p.paste.Text())
		if text == "" {
			p.paste.Focus()
			return
		}
		if err := p.engine.PasteSignIn(text); err != nil {
			p.paste.SetProblem(p.ui.Explain(err).Line())
			return
		}
		p.paste.SetText("")
		p.paste.SetProblem("")
	})
}

func (p *signInPanel) numberIn() {
	p.ui.Clock().After(kit.InputDelay, func() {
		number := strings.TrimSpace(p.number.Text())
		if len(number) != 6 || strings.Trim(number, "0123456789") != "" {
			p.number.SetProblem(p.ui.Text("signin.number.wrong"))
			p.number.Focus()
			return
		}
		p.signIn(app.SignIn{Number: number})
	})
}

// waitingForSignIn reports whether a sign-in is under way.
func waitingForSignIn(s state.State) bool {
	return s.Account.SignedIn == state.SigningIn || s.Tasks[state.TaskSignIn].Running
}

func (p *signInPanel) update(s state.State) {
	waiting, failed := waitingForSignIn(s), p.failed(s)
	confirm := p.started && !waiting && failed == nil && s.Account.SignedIn == state.SignedIn
	canBrowse := s.Account.SignInURL != ""
	p.numberWay.Hidden = !s.Account.CanNumber
	p.other.Hidden = confirm || (!waiting && !s.Account.CanNumber)
	if p.other.Hidden {
		p.ways.Hidden = true
	}
	p.wait.Hidden, p.confirm.Hidden = !waiting, !confirm
	p.again.Hidden = failed == nil || !p.retries
	p.change.Hidden = !errors.As(failed, new(*signin.AnotherUserError))
	p.retry.Hidden = p.again.Hidden && p.change.Hidden
	p.address.SetText(s.Account.SignInURL)
	if waiting {
		p.showWait(s, canBrowse)
	} else {
		p.stopCountdown()
	}
	p.whose.SetText(p.whoseText(s.Account))
	tone, text := paint.ToneBad, ""
	if failed != nil {
		text = p.ui.Explain(failed).Line()
	}
	if waiting && s.Account.Err != nil { // the browser cannot come back: paste
		tone, text = paint.ToneWarn, p.ui.Explain(s.Account.Err).Line()
		p.ways.Hidden = false
	}
	p.failure.Set(tone, text)
	parts := [...]bool{waiting, confirm, canBrowse, p.other.Hidden, text != "", p.again.Hidden, p.change.Hidden}
	if parts != p.parts {
		p.parts = parts
		p.object.Refresh()
		p.ui.ResizeSheet()
	}
}

// failed is why the last sign-in of this panel failed; nil where it did not, or the
// user has given it up.
func (p *signInPanel) failed(s state.State) error {
	err := s.Tasks[state.TaskSignIn].Err
	if !p.started || waitingForSignIn(s) || errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

func (p *signInPanel) stopCountdown() {
	if p.stop != nil {
		p.stop()
		p.stop = nil
	}
}

// showWait says what is waited for and how long still, every second.
func (p *signInPanel) showWait(s state.State, browser bool) {
	p.stopCountdown()
	title := p.ui.Text("signin.waiting")
	detail := p.ui.Text("signin.waiting.more")
	if !browser {
		title, detail = p.ui.Text("signin.asking"), ""
	}
	if left := s.Account.SignInUntil.Sub(p.ui.Clock().Now()); browser && left > 0 {
		detail += " " + p.ui.Text("signin.left", words.Args{"Time": kit.ShortTime(left)})
		p.stop = p.ui.Clock().After(time.Second, func() { p.showWait(p.ui.State(), browser) })
	}
	p.open.Hidden = !browser
	p.status.SetRows(status.CheckRow{State: status.CheckRunning, Title: title, Detail: detail})
}
