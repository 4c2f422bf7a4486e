package desktop

import (
	"cuelight/app/words"
	"cuelight/widgets/control"
)

// signIn opens the sign-in sheet and begins at once. Without an account it
// leads to adding one.
func (f *face) signIn() {
	if f.state.Account.Name == "" {
		f.addAccount()
		return
	}
	if f.state.Account.CanToken {
		f.askToken()
		return
	}
	if f.welcome != nil {
		f.welcome.signIn.begin()
		return
	}
	p := newSignInPanel(f, func() { f.closeSheet() })
	content := column(gap, f.heading(f.say("signin.title", words.Args{"Platform": f.state.Account.PlatformName})), p.object,
		trailing(control.NewButton(f.say("close"), nil, control.Plain, func() { f.closeSheet() })))
	p.begin()
	f.openSheet(content, p.update, func() {
		p.halt()
		f.engine.CancelSignIn()
	})
}
