package presets

import (
	"slices"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit"
	"cuelight/app/state"
	"cuelight/widgets/control"
)

// Row is the presets for the account in use as buttons, for the home screen; gone
// while there are none.
type Row struct {
	Object *fyne.Container
	ui     *kit.UI
	shown  []string
}

// NewRow makes an empty row.
func NewRow(ui *kit.UI) *Row {
	r := &Row{ui: ui, Object: flow()}
	r.Object.Hide()
	return r
}

// Update shows the presets there are, and reports whether they have changed.
func (r *Row) Update(s state.State) bool {
	mine := Offered(s)
	names := make([]string, 0, Shortcuts)
	for _, p := range mine[:min(len(mine), Shortcuts)] {
		names = append(names, p.Name)
	}
	if slices.Equal(names, r.shown) {
		return false
	}
	r.shown = names
	r.Object.Objects = nil
	for _, name := range names {
		r.Object.Objects = append(r.Object.Objects, control.NewChip(name, func() { r.ui.Actions.ApplyPreset(name) }, nil))
	}
	r.Object.Hidden = len(names) == 0
	r.Object.Refresh()
	return true
}
