package desktop

import (
	"cuelight/app/desktop/kit"
	"cuelight/app/link"
	"cuelight/app/words"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/layer"
	"cuelight/widgets/paint"
)

// raise shows the window and gives it the keyboard.
func (w *window) raise() {
	w.win.Show()
	w.win.RequestFocus()
}

// openLink asks the user about what a cuelight: link asks for. A link may come from
// any page: nothing happens without an answer, and none takes a question's or a
// form's place.
func (w *window) openLink(address string) {
	say := func(key string) { w.Toast(layer.Toast{Tone: paint.ToneWarn, Text: w.Text(key)}) }
	asked, err := link.Parse(address)
	switch now := w.Latest(); {
	case err != nil:
		say("link.not_understood")
	case w.Sheet() != nil:
		say("link.busy")
	case signedOut(now) || !now.Account.Has.Edit:
		say("link.no_account")
	case asked.Preset != "":
		w.Confirm(w.Text("link.preset.ask", words.Args{"Name": asked.Preset}), w.Text("link.from_outside"),
			kit.Choice{Text: w.Text("link.no")},
			kit.Choice{Text: w.Text("link.preset.do"), Kind: control.Primary, Then: func() { w.presets.Apply(asked.Preset) }})
	default:
		w.Confirm(w.Text("link.title.ask", words.Args{"Title": asked.Title}), w.Text("link.title.more"),
			kit.Choice{Text: w.Text("link.no")},
			kit.Choice{Text: w.Text("link.title.do"), Kind: control.Primary, Then: func() {
				w.opt.Services.Broadcast.Draft(providers.Patch{Title: &asked.Title})
			}})
	}
}
