package accounts

import (
	"cuelight/app/desktop/kit"
	"cuelight/app/words"
	"cuelight/widgets/control"
)

// OpenSignIn opens the sign-in sheet for the account in use and begins at once.
func OpenSignIn(ui *kit.UI, engine Engine) {
	p := newSignInPanel(ui, engine, func() { ui.CloseSheet() })
	p.retries = true
	content := kit.Column(kit.Gap, kit.Heading(ui.Text("signin.title", words.Args{"Platform": ui.Platform(ui.State().Account)})), p.object,
		kit.Trailing(control.NewButton(ui.Text("close"), nil, control.Plain, func() { ui.CloseSheet() })))
	p.begin()
	ui.OpenSheet(content, p.update, func() {
		p.stopCountdown()
		engine.CancelSignIn()
	})
}
