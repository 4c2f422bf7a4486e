package accounts

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"cuelight/app"
	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/look"
	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/label"
	"cuelight/widgets/paint"
	"cuelight/widgets/status"
	"cuelight/widgets/surface"
)

// Engine is what accounts and signing in need of the core. What takes no context is
// quick; it may be called on the window's goroutine.
type Engine interface {
	Platforms() []providers.Description
	AddAccount(ctx context.Context, n app.NewAccount) (providers.Account, error)
	UseAccount(ctx context.Context, name string) error
	RemoveAccount(ctx context.Context, name string) error
	SignIn(ctx context.Context, how app.SignIn) (providers.Identity, error)
	// AcceptUser keeps the sign-in of another user, which SignIn has refused.
	AcceptUser(ctx context.Context) (providers.Identity, error)
	// PasteSignIn finishes a pending sign-in with what the user copied.
	PasteSignIn(text string) error
	CancelSignIn()
	// SignOut forgets the sign-in; everywhere ends it at the platform as well, which
	// may end it on other computers.
	SignOut(ctx context.Context, everywhere bool) error
	// TokenExpires is when a token made by hand ends; zero where that is not known.
	TokenExpires(ctx context.Context) (time.Time, error)
	// Watch tells of every change of the State until stop is called.
	Watch() (changed <-chan struct{}, stop func())
	RetryOBS()
}

// Accounts is the screen of all accounts.
type Accounts struct {
	engine Engine
	token  *TokenWatch
	ui     *kit.UI
	object fyne.CanvasObject
	list   *fyne.Container
	// shown is what the list was made of, so that it is only made anew when
	// that has changed.
	shown string
}

// New makes the screen.
func New(ui *kit.UI, engine Engine, token *TokenWatch) *Accounts {
	a := &Accounts{ui: ui, engine: engine, token: token, list: kit.Column(12)}
	add := control.NewButton(ui.Text("accounts.add"), look.IconPlus.Resource(), control.Primary, ui.Actions.AddAccount)
	title := label.NewFillingLine(ui.Text("screen.accounts"), label.Heading())
	head := kit.Row(kit.Gap, kit.Stretch(title), title, add)
	a.object = container.NewVScroll(kit.Page(kit.PageWidth, kit.Column(kit.Gap, head, kit.Paragraph(ui.Text("accounts.more")), a.list)))
	return a
}

func (a *Accounts) Body() fyne.CanvasObject { return a.object }

func (a *Accounts) Update(s state.State) {
	shown := fmt.Sprint(s.Account.Name, s.Account.SignedIn, s.Account.Nick, s.Account.UserID, a.ui.Platform(s.Account), s.Account.Err != nil, a.token.text())
	for _, one := range s.Accounts {
		shown += "\x00" + one.Name + "\x00" + one.Platform + "\x00" + one.Settings["client_id"]
	}
	if shown == a.shown && len(a.list.Objects) > 0 {
		return
	}
	a.shown = shown
	a.list.Objects = nil
	for _, one := range s.Accounts {
		a.list.Objects = append(a.list.Objects, a.card(one, s))
	}
	if len(s.Accounts) == 0 {
		ui := a.ui
		a.list.Objects = []fyne.CanvasObject{status.NewEmptyState(look.IconAccounts.Resource(),
			ui.Text("accounts.none"), ui.Text("accounts.none.more"), ui.Text("action.add_account"), ui.Actions.AddAccount)}
	}
	a.list.Refresh()
}

// card is one account: what it is, whether it is signed in, and what can be done with
// it.
func (a *Accounts) card(one providers.Account, s state.State) fyne.CanvasObject {
	ui := a.ui
	current := one.Name == s.Account.Name
	name := label.NewFillingLine(ui.AccountName(s, one.Name), label.Title())
	detail := label.NewFillingLine(a.platformName(one.Platform), label.Caption())
	tone, text := paint.ToneNeutral, ui.Text("accounts.idle")
	var actions []fyne.CanvasObject
	button := func(key string, kind control.Kind, do func()) {
		actions = append(actions, control.NewButton(ui.Text(key), nil, kind, do))
	}
	if current {
		tone, text = a.describe(s)
		if who := kit.Who(s.Account); who != "" {
			detail.SetText(detail.Text() + " · " + who)
		}
		if s.Account.SignedIn == state.SignedIn {
			button("accounts.sign_out", control.Plain, a.signOut)
			if s.Account.CanToken {
				button("token.renew", control.Plain, ui.Actions.AskToken)
			}
		} else {
			button("action.sign_in", control.Primary, ui.Actions.SignIn)
		}
	} else {
		button("accounts.use", control.Plain, func() { Use(ui, a.engine, one) })
	}
	button("accounts.remove", control.Quiet, func() { a.remove(one) })
	pill := status.NewPill(tone, text, nil)
	texts := kit.Column(2, name, detail)
	if until := a.token.text(); current && until != "" {
		caption := label.Caption()
		if a.token.ending() {
			caption.Color = theme.ColorNameWarning
		}
		texts.Add(label.NewFillingLine(until, caption))
	}
	top := kit.Row(12, kit.Stretch(texts), texts, pill)
	return surface.NewCard("", "", kit.Column(14, top, kit.Row(10, nil, actions...)))
}

// Use works with another account from now on, after asking where that leaves a
// broadcast.
func Use(ui *kit.UI, engine Engine, one providers.Account) {
	ui.Leaving(ui.Text("leaving.use"), func() {
		ui.Act(kit.CallTimeout, func(ctx context.Context) error {
			if err := engine.UseAccount(ctx, one.Name); err != nil {
				return err
			}
			return ui.RefreshNow(ctx)
		}, ui.Text("accounts.used", words.Args{"Name": ui.AccountName(ui.State(), one.Name)}))
	})
}

// describe says whether the account in use is signed in.
func (a *Accounts) describe(s state.State) (paint.Tone, string) {
	switch s.Account.SignedIn {
	case state.SignedIn:
		return paint.ToneGood, a.ui.Text("accounts.current")
	case state.SigningIn:
		return paint.ToneAccent, a.ui.Text("pill.signing_in")
	case state.SignedOut:
		return paint.ToneBad, a.ui.Text("pill.signed_out")
	}
	return paint.ToneNeutral, a.ui.Text("pill.looking")
}

func (a *Accounts) platformName(id string) string {
	for _, d := range a.engine.Platforms() {
		if d.ID == id {
			return a.ui.Words().PlatformName(id, d.Name)
		}
	}
	return id
}

func (a *Accounts) signOut() {
	ui := a.ui
	more := ui.Text("signout.more")
	choices := []kit.Choice{{Text: ui.Text("cancel"), Kind: control.Plain, Then: nil}}
	if ui.State().Account.Has.Revoke {
		more = ui.Text("signout.more") + " " + ui.Text("signout.everywhere.more")
		choices = append(choices, kit.Choice{Text: ui.Text("signout.everywhere"), Kind: control.Plain, Then: func() {
			ui.Act(kit.CallTimeout, a.signOutOf(true), ui.Text("signout.everywhere.done"))
		}})
	}
	choices = append(choices, kit.Choice{Text: ui.Text("accounts.sign_out"), Kind: control.Danger, Then: func() {
		ui.Act(kit.QuickTimeout, a.signOutOf(false), ui.Text("signout.done"))
	}})
	ui.Confirm(ui.Text("signout.ask"), more, choices...)
}

func (a *Accounts) signOutOf(everywhere bool) func(context.Context) error {
	return func(ctx context.Context) error { return a.engine.SignOut(ctx, everywhere) }
}

// remove asks in words that say what is lost.
func (a *Accounts) remove(one providers.Account) {
	ui := a.ui
	ui.Confirm(ui.Text("remove.ask", words.Args{"Name": ui.AccountName(ui.State(), one.Name)}), ui.Text("remove.more", words.Args{"Platform": a.platformName(one.Platform)}),
		kit.Choice{Text: ui.Text("cancel"), Kind: control.Plain, Then: nil},
		kit.Choice{Text: ui.Text("remove.do"), Kind: control.Danger, Then: func() {
			ui.Act(kit.QuickTimeout, func(ctx context.Context) error {
				return a.engine.RemoveAccount(ctx, one.Name)
			}, ui.Text("remove.done", words.Args{"Name": ui.AccountName(ui.State(), one.Name)}))
		}})
}
