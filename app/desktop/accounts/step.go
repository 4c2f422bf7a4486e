package accounts

import (
	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit"
	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/widgets/control"
	"cuelight/widgets/label"
	"cuelight/widgets/status"
)

// step is one step of the way in: its number or a check, its name, and what is
// to be done.
type step struct {
	object *fyne.Container
	mark   *status.Checklist
	title  string
	number int
}

func newStep(number int, title string, body fyne.CanvasObject) *step {
	s := &step{mark: status.NewChecklist(nil), title: title, number: number}
	const indent = 30
	s.object = kit.Column(8, s.mark, kit.Indented(indent, body))
	s.set(false, "")
	return s
}

func (s *step) set(done bool, detail string) {
	row := status.CheckRow{State: status.CheckPending, Title: s.title, Detail: detail, Label: string(rune('0' + s.number)), Strong: true}
	if done {
		row.State = status.CheckDone
	}
	s.mark.SetRows(row)
}

// obsStep is the state of OBS on the way in, with what to do where it was not
// found.
type obsStep struct {
	ui     *kit.UI
	engine Engine
	object *fyne.Container
	text   *label.Paragraph
	button *control.Button
	press  func()
}

func newOBSStep(ui *kit.UI, engine Engine) *obsStep {
	o := &obsStep{ui: ui, engine: engine, text: label.NewParagraph("", label.Caption())}
	o.button = control.NewButton("", nil, control.LinkLike, func() { o.press() })
	o.object = kit.Column(4, o.text, kit.Left(o.button))
	return o
}

// update reports whether OBS is there.
func (o *obsStep) update(s state.State) bool {
	ui := o.ui
	text, button := "", ""
	switch s.OBS.Link {
	case state.LinkUp:
		key := "welcome.obs.found"
		if s.OBS.Simulated {
			key = "welcome.obs.practice"
		}
		text = ui.Text(key, words.Args{"Version": s.OBS.Version})
	case state.LinkPassword:
		text, button, o.press = ui.Text("welcome.obs.password"), ui.Text("action.obs_password"), ui.Actions.AskOBSPassword
	case state.LinkUnprotected:
		text, button, o.press = ui.WhyNoOBS(s), ui.Text("action.obs_unprotected"), ui.Actions.AskUnprotected
	case state.LinkKicked:
		text, button, o.press = ui.Text("welcome.obs.kicked"), ui.Text("action.obs_retry"), o.engine.RetryOBS
	case state.LinkWaiting:
		text, button, o.press = ui.WhyNoOBS(s), ui.Text("action.obs_help"), ui.Actions.HelpOBS
	default:
		text = ui.Text("welcome.obs.looking")
	}
	o.text.SetText(text)
	o.button.Set(button, control.LinkLike)
	o.button.Hidden = button == ""
	return s.OBS.Link == state.LinkUp
}
