package settings

import (
	"fyne.io/fyne/v2"

	"cuelight/app/config"
	"cuelight/app/desktop/kit"
	"cuelight/widgets/control"
	"cuelight/widgets/layer"
	"cuelight/widgets/paint"
	"cuelight/widgets/surface"
)

// newCaptureCard switches whether the window is in captures of the screen. keepOut acts
// on it, and reports whether that went well; nil, where the system cannot, hides the card.
func newCaptureCard(ui *kit.UI, engine Engine, keepOut func(bool) bool) fyne.CanvasObject {
	var one *control.Switch
	one = control.NewSwitch(ui.Text("settings.capture"), ui.Text("settings.capture.more"), func(on bool) {
		if !keepOut(on) {
			one.SetOn(!on)
			ui.Toast(layer.Toast{Tone: paint.ToneWarn, Text: ui.Text("settings.capture.failed")})
			return
		}
		engine.Configure(func(c *config.Config) { c.Privacy.KeepOut = on })
	})
	one.SetOn(engine.Config().Privacy.KeepOut)
	card := surface.NewCard(ui.Text("settings.safety"), "", one)
	card.Hidden = keepOut == nil
	return card
}
