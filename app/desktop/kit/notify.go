package kit

import (
	"context"
	"errors"

	"cuelight/app/words"
	"cuelight/providers"
	"cuelight/widgets/layer"
	"cuelight/widgets/paint"
)

// Toast shows a message over the window; what it returns closes it before its
// time.
func (ui *UI) Toast(message layer.Toast) (dismiss func()) { return ui.layer.Toast(message) }

// ShowError tells what went wrong, why and what to do, as far as known. What was
// cancelled is no error.
func (ui *UI) ShowError(err error) {
	if err == nil || errors.Is(err, context.Canceled) {
		return
	}
	toast := layer.Toast{Tone: paint.ToneBad, Text: ui.Explain(err).Line()}
	if signInHelps(err) {
		toast.Action, toast.OnAction = ui.Text("action.sign_in"), ui.Actions.SignIn
	}
	ui.Toast(toast)
}

// signInHelps reports whether the cure of an error is to sign in, for the first
// time or again.
func signInHelps(err error) bool {
	return errors.Is(err, providers.ErrSignIn) || errors.Is(err, providers.ErrNotGranted)
}

// ShowSuccess tells that something was done.
func (ui *UI) ShowSuccess(text string) {
	ui.Toast(layer.Toast{Tone: paint.ToneGood, Text: text})
}

// ShowNotices shows the notices that have come since the last time.
func (ui *UI) ShowNotices() {
	for _, n := range ui.state.Notices {
		if n.Seq <= ui.lastNotice {
			continue
		}
		ui.lastNotice = n.Seq
		text := ui.words.Say("notice."+n.Key, words.Args{"Detail": n.Detail})
		tone := paint.ToneAccent
		if n.Err != nil {
			tone = paint.ToneWarn
			// An error without an explanation would be shown in English.
			if why := ui.Explain(n.Err).What; why != ui.words.Say("error.other") {
				text = JoinSentences(text, why)
			}
		}
		ui.Toast(layer.Toast{Tone: tone, Text: text})
	}
}

// CopyText puts a text on the clipboard and says so.
func (ui *UI) CopyText(text string) {
	ui.Clipboard().SetContent(text)
	ui.ShowSuccess(ui.Text("copied"))
}

// Browse opens an address in the browser; where that fails the address is on
// the clipboard instead.
func (ui *UI) Browse(url string) {
	if ui.opt.OpenURL == nil {
		ui.CopyText(url)
		return
	}
	ui.Run(QuickTimeout, func(context.Context) error { return ui.opt.OpenURL(url) }, func(err error) {
		if err != nil {
			ui.Clipboard().SetContent(url)
			ui.Toast(layer.Toast{Tone: paint.ToneWarn, Text: ui.Text("browser_failed")})
		}
	})
}

// CanOpenFolder reports whether OpenFolder does anything.
func (ui *UI) CanOpenFolder() bool { return ui.opt.OpenFolder != nil }

// OpenFolder shows a folder in the file manager.
func (ui *UI) OpenFolder(path string) {
	ui.Act(QuickTimeout, WithoutContext(func() error { return ui.opt.OpenFolder(path) }), "")
}
