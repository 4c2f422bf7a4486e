package home

import (
	"slices"

	"fyne.io/fyne/v2"

	"cuelight/app"
	"cuelight/app/config"
	"cuelight/app/desktop/kit"
	"cuelight/app/state"
	"cuelight/widgets/control"
	"cuelight/widgets/status"
)

// askWarned asks before going live with what the checks warn of. Each kind can be left
// out from then on; that is kept only where the answer is to go live.
func (b *Broadcaster) askWarned(checks []state.Preflight) {
	ui := b.ui
	accepted := make(map[string]bool)
	var parts []fyne.CanvasObject
	for _, c := range checks {
		row := preflightRow(ui, c)
		list := status.NewChecklist(ui.Clock())
		list.SetRows(row)
		never := control.NewSwitch(ui.Text("start.never_ask"), "", func(on bool) { accepted[c.Kind()] = on })
		never.TipText = func() string { return row.Title }
		parts = append(parts, kit.Column(4, list, kit.Indented(30, never)))
	}
	ui.ConfirmWith(ui.Count("start.warned", len(checks)), ui.Text("start.warned.more"), kit.Column(kit.Gap, parts...),
		kit.Choice{Text: ui.Text("start.mend"), Kind: control.Plain, Then: nil},
		kit.Choice{Text: ui.Text("start.anyway"), Kind: control.Primary, Then: func() {
			b.accept(accepted)
			b.start(app.GoLive{Checked: true})
		}})
}

// accept keeps the kinds of warnings that are asked about no more.
func (b *Broadcaster) accept(kinds map[string]bool) {
	var add []string
	for kind, on := range kinds {
		if on {
			add = append(add, kind)
		}
	}
	if len(add) == 0 {
		return
	}
	slices.Sort(add)
	b.engine.Configure(func(c *config.Config) {
		for _, kind := range add {
			if !slices.Contains(c.AcceptedWarnings, kind) {
				c.AcceptedWarnings = append(c.AcceptedWarnings, kind)
			}
		}
	})
}
