package accounts

import (
	"context"

	"cuelight/app/desktop/kit"
	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/widgets/layer"
	"cuelight/widgets/paint"
)

// whoseText says whose account was connected.
func (p *signInPanel) whoseText(a state.AccountState) string {
	if a.Nick == "" && a.UserID == "" {
		return p.ui.Text("signin.nobody", words.Args{"Platform": p.ui.Platform(p.ui.State().Account)})
	}
	return p.ui.Text("signin.whose", words.Args{"Who": kit.Who(a)})
}

// acceptUser gives the account to the other user who has signed in.
func (p *signInPanel) acceptUser() {
	ui := p.ui
	ui.Run(kit.QuickTimeout, func(ctx context.Context) error {
		_, err := p.engine.AcceptUser(ctx)
		return err
	}, func(err error) {
		if err != nil {
			ui.ShowError(err)
		} else {
			ui.Refresh()
		}
		ui.Render()
	})
}

// another signs out and in again.
func (p *signInPanel) another() {
	ui := p.ui
	ui.Run(kit.QuickTimeout, func(ctx context.Context) error { return p.engine.SignOut(ctx, false) }, func(err error) {
		if err != nil {
			ui.ShowError(err)
			return
		}
		ui.Toast(layer.Toast{Tone: paint.ToneAccent, Text: ui.Text("signin.another", words.Args{"Platform": ui.Platform(ui.State().Account)})})
		p.begin()
	})
}
