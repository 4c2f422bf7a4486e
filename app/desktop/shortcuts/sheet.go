package shortcuts

import (
	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit"
	"cuelight/widgets/control"
	"cuelight/widgets/label"
)

// Show opens the sheet that lists all shortcuts.
func (r *Registry) Show(ui *kit.UI) {
	parts := []fyne.CanvasObject{kit.Heading(ui.Text("shortcuts"))}
	for _, row := range r.Rows() {
		what := label.NewFillingLine(ui.Text("shortcut."+row.ID), label.Style{})
		keys := label.NewLine(row.Keys, label.Style{Bold: true})
		parts = append(parts, kit.Row(kit.Gap, kit.Stretch(what), what, keys))
	}
	closing := control.NewButton(ui.Text("shortcuts.close"), nil, control.Primary, func() { ui.CloseSheet() })
	ui.OpenSheet(kit.Column(kit.GapSmall, append(parts, kit.Trailing(closing))...), nil, nil)
	control.RequestFocus(closing)
}
