package settings

import (
	"fyne.io/fyne/v2"

	"cuelight/app/config"
	"cuelight/app/desktop/kit"
	"cuelight/widgets/control"
	"cuelight/widgets/label"
	"cuelight/widgets/surface"
)

// warningsCard tells how many kinds of warnings going live asks about no more, and
// takes that back.
type warningsCard struct {
	ui     *kit.UI
	engine Engine
	object fyne.CanvasObject
	text   *label.Paragraph
	again  *control.Button
}

func newWarningsCard(ui *kit.UI, engine Engine) *warningsCard {
	w := &warningsCard{ui: ui, engine: engine, text: label.NewParagraph("", label.Caption())}
	w.again = control.NewButton(ui.Text("settings.warnings.again"), nil, control.Plain, w.askAgain)
	w.object = surface.NewCard(ui.Text("settings.warnings"), "", kit.Column(14, w.text, kit.Left(w.again)))
	w.update()
	return w
}

// update hides the card where there is nothing to take back.
func (w *warningsCard) update() {
	n := len(w.engine.Config().AcceptedWarnings)
	w.text.SetText(w.ui.Count("settings.warnings.accepted", n))
	if hidden := n == 0; w.object.Visible() == hidden {
		if hidden {
			w.object.Hide()
		} else {
			w.object.Show()
		}
	}
}

func (w *warningsCard) askAgain() {
	w.engine.Configure(func(c *config.Config) { c.AcceptedWarnings = nil })
	w.ui.ShowSuccess(w.ui.Text("settings.warnings.done"))
	w.update()
}
