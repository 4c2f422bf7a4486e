package desktop

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

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

// accounts is the screen of all accounts.
type accounts struct {
	face   *face
	object fyne.CanvasObject
	list   *fyne.Container
	// shown is what the list was made of, so that it is only made anew when
	// that has changed.
	shown string
}

func newAccounts(f *face) *accounts {
	a := &accounts{face: f, list: column(12)}
	add := control.NewButton(f.say("accounts.add"), look.IconPlus.Resource(), control.Primary, f.addAccount)
	title := label.NewFillingLine(f.say("screen.accounts"), label.Heading())
	head := row(gap, only(title), title, add)
	a.object = container.NewVScroll(page(pageWidth, column(gap, head, f.paragraph(f.say("accounts.more")), a.list)))
	return a
}

// pageWidth is how wide a page of cards is where there is room.
const pageWidth = 760

func (a *accounts) body() fyne.CanvasObject { return a.object }

func (a *accounts) update(s state.State) {
	shown := fmt.Sprint(s.Account.Name, s.Account.SignedIn, s.Account.Nick, s.Account.UserID, s.Account.PlatformName, s.Account.Err != nil, a.face.token.says())
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
		f := a.face
		a.list.Objects = []fyne.CanvasObject{status.NewEmptyState(look.IconAccounts.Resource(),
			f.say("accounts.none"), f.say("accounts.none.more"), f.say("action.add_account"), f.addAccount)}
	}
	a.list.Refresh()
}

// card is one account: what it is, how it stands, and what can be done with it.
func (a *accounts) card(one providers.Account, s state.State) fyne.CanvasObject {
	f := a.face
	current := one.Name == s.Account.Name
	name := label.NewFillingLine(one.Name, label.Title())
	detail := label.NewFillingLine(f.platformName(one.Platform), label.Caption())
	tone, says := paint.ToneNeutral, f.say("accounts.idle")
	var actions []fyne.CanvasObject
	button := func(key string, kind control.Kind, do func()) {
		actions = append(actions, control.NewButton(f.say(key), nil, kind, do))
	}
	if current {
		tone, says = a.standing(s)
		if who := f.who(s.Account); who != "" {
			detail.SetText(detail.Text() + " · " + who)
		}
		if s.Account.SignedIn == state.SignedIn {
			button("accounts.sign_out", control.Plain, a.signOut)
			if s.Account.CanToken {
				button("token.renew", control.Plain, f.askToken)
			}
		} else {
			button("action.sign_in", control.Primary, f.signIn)
		}
	} else {
		button("accounts.use", control.Plain, func() {
			f.act(patienceCall, func(ctx context.Context) error {
				if err := f.engine.UseAccount(ctx, one.Name); err != nil {
					return err
				}
				return f.engine.Refresh(ctx)
			}, f.say("accounts.used", words.Args{"Name": one.Name}))
		})
	}
	button("accounts.remove", control.Quiet, func() { a.remove(one) })
	pill := status.NewPill(tone, says, nil)
	texts := column(2, name, detail)
	if until := f.token.says(); current && until != "" {
		caption := label.Caption()
		if f.token.ending() {
			caption.Color = theme.ColorNameWarning
		}
		texts.Add(label.NewFillingLine(until, caption))
	}
	top := row(12, only(texts), texts, pill)
	return surface.NewCard("", "", column(14, top, row(10, nil, actions...)))
}

// standing is how the account in use stands.
func (a *accounts) standing(s state.State) (paint.Tone, string) {
	switch s.Account.SignedIn {
	case state.SignedIn:
		return paint.ToneGood, a.face.say("accounts.current")
	case state.SigningIn:
		return paint.ToneAccent, a.face.say("pill.signing_in")
	case state.SignedOut:
		return paint.ToneBad, a.face.say("pill.signed_out")
	}
	return paint.ToneNeutral, a.face.say("pill.looking")
}

func (f *face) platformName(id string) string {
	for _, d := range f.engine.Platforms() {
		if d.ID == id {
			return d.Name
		}
	}
	return id
}

func (a *accounts) signOut() {
	f := a.face
	f.ask(f.say("signout.ask"), f.say("signout.more"),
		choice{f.say("cancel"), control.Plain, nil},
		choice{f.say("accounts.sign_out"), control.Danger, func() {
			f.act(patienceQuick, f.engine.SignOut, f.say("signout.done"))
		}})
}

// remove asks in words that say what is lost.
func (a *accounts) remove(one providers.Account) {
	f := a.face
	f.ask(f.say("remove.ask", words.Args{"Name": one.Name}), f.say("remove.more", words.Args{"Platform": f.platformName(one.Platform)}),
		choice{f.say("cancel"), control.Plain, nil},
		choice{f.say("remove.do"), control.Danger, func() {
			f.act(patienceQuick, func(ctx context.Context) error {
				return f.engine.RemoveAccount(ctx, one.Name)
			}, f.say("remove.done", words.Args{"Name": one.Name}))
		}})
}
