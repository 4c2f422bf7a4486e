package desktop

import (
	"cuelight/app/desktop/accounts"
	"cuelight/app/desktop/kit"
	"cuelight/app/state"
)

// chooseContent switches between the way in and the ordinary screens. A sign-in that
// is lost later is dealt with where the user is: nobody is thrown out.
func (w *window) chooseContent() {
	s := w.State()
	if s.Account.Name == "" && len(s.Accounts) == 0 {
		w.entered = false
	}
	needed := w.adding || !w.entered && signedOut(s)
	switch {
	case needed && w.welcome == nil:
		w.welcome = w.newWelcome()
	case w.welcome == nil && s.Account.SignedIn == state.SignedIn:
		w.entered = true
	}
}

func (w *window) newWelcome() *accounts.Welcome {
	opt := accounts.WelcomeOptions{Adding: w.adding, Enter: w.enter, Later: w.leaveWelcome}
	if w.opt.OpenSandbox != nil {
		opt.OpenSandbox = func() { w.restart(w.opt.OpenSandbox) }
	}
	if w.opt.LeaveSandbox != nil {
		opt.LeaveSandbox = w.leaveSandbox
	}
	return accounts.NewWelcome(w.UI, w.opt.Services.Accounts, opt)
}

// enter leaves the way in.
func (w *window) enter() {
	w.entered, w.adding = true, false
	w.welcome = nil
	w.show()
	w.shell.open(kit.ScreenHome)
}

// leaveWelcome leaves the way in without signing in.
func (w *window) leaveWelcome() {
	w.engine.CancelSignIn()
	if w.welcome != nil {
		w.welcome.Leave()
	}
	w.enter()
}

// addAccount shows the way in for a further account.
func (w *window) addAccount() {
	w.adding = true
	w.CloseSheet()
	w.show()
}

// signIn signs in to the account in use, in the way that it takes. Without an
// account it leads to adding one.
func (w *window) signIn() {
	switch account := w.State().Account; {
	case account.Name == "":
		w.addAccount()
	case account.CanToken:
		w.token.Ask()
	case w.welcome != nil:
		w.welcome.BeginSignIn()
	default:
		accounts.OpenSignIn(w.UI, w.opt.Services.Accounts)
	}
}
