package kit

import (
	"cuelight/app/words"
	"cuelight/widgets/control"
)

// Leaving asks before another account is used while the one in use is on air, and goes
// on at once otherwise.
func (ui *UI) Leaving(do string, then func()) {
	now := ui.Latest()
	if !now.LeavesBroadcast() {
		then()
		return
	}
	ui.Confirm(ui.Text("leaving.ask"), ui.Text("leaving.more", words.Args{"Name": ui.AccountName(now, now.Account.Name), "Platform": ui.Platform(now.Account)}),
		Choice{Text: ui.Text("leaving.no"), Kind: control.Plain, Then: nil},
		Choice{Text: do, Kind: control.Primary, Then: then})
}
