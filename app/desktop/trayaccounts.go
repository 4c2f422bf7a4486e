package desktop

import (
	"strings"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/accounts"
	"cuelight/app/state"
)

// accountNames is what tells two menus of accounts apart.
func accountNames(s state.State) string {
	names := []string{s.Account.Name}
	for _, one := range s.Accounts {
		names = append(names, one.Name)
	}
	return strings.Join(names, "\x00")
}

// accountsEntry is the entry of the accounts, to use another one. Leaving a broadcast
// is asked about in the window.
func (t *tray) accountsEntry(s state.State) *fyne.MenuItem {
	w := t.window
	entry := fyne.NewMenuItem(w.Text("screen.accounts"), nil)
	entry.ChildMenu = fyne.NewMenu("")
	for _, one := range s.Accounts {
		item := fyne.NewMenuItem(w.AccountName(s, one.Name), func() {
			w.opt.Do(func() {
				if one.Name == w.Latest().Account.Name {
					return
				}
				t.pressed = w.Clock().Now()
				accounts.Use(w.UI, w.opt.Services.Accounts, one)
			})
		})
		item.Checked = one.Name == s.Account.Name
		entry.ChildMenu.Items = append(entry.ChildMenu.Items, item)
	}
	return entry
}
