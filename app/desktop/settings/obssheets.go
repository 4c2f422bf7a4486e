package settings

import (
	"context"

	"cuelight/app/desktop/kit"
	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
	"cuelight/widgets/paint"
	"cuelight/widgets/status"
)

// OBSEngine is what the sheets about OBS need of the core.
type OBSEngine interface {
	SetOBSPassword(ctx context.Context, password secret.Text) error
	// AllowUnprotectedOBS uses the OBS that asked for no password, for this run.
	AllowUnprotectedOBS()
	// RetryOBS tries to reach OBS at once.
	RetryOBS()
}

// OBSSheets help to reach OBS.
type OBSSheets struct {
	ui     *kit.UI
	engine OBSEngine
}

// NewOBSSheets makes them.
func NewOBSSheets(ui *kit.UI, engine OBSEngine) *OBSSheets {
	return &OBSSheets{ui: ui, engine: engine}
}

// Help says how to switch OBS's WebSocket server on, and closes once OBS is reached.
func (o *OBSSheets) Help() {
	ui := o.ui
	reached := ui.State().OBS.Link == state.LinkUp // somebody reads it all the same
	if ui.State().OBS.Link == state.LinkPassword {
		o.AskPassword()
		return
	}
	again := control.NewButton(ui.Text("action.obs_retry"), nil, control.Primary, nil)
	again.OnTapped = o.engine.RetryOBS
	progress := status.NewChecklist(ui.Clock())
	how := status.NewChecklist(ui.Clock())
	how.SetRows(
		status.CheckRow{Title: ui.Text("obs.help.1"), Label: "1"},
		status.CheckRow{Title: ui.Text("obs.help.2"), Detail: ui.Text("obs.help.2.more"), Label: "2"},
		status.CheckRow{Title: ui.Text("obs.help.3"), Detail: ui.Text("obs.help.3.more"), Label: "3"},
	)
	content := kit.Column(kit.Gap, kit.Heading(ui.Text("obs.help.title")), progress, how,
		kit.Paragraph(ui.Text("obs.help.more")),
		kit.Trailing(control.NewButton(ui.Text("close"), nil, control.Plain, func() { ui.CloseSheet() }), again))
	ui.OpenSheet(content, func(s state.State) {
		switch s.OBS.Link {
		case state.LinkUp:
			if !reached {
				ui.CloseSheet()
				ui.ShowSuccess(ui.Text("obs.help.done"))
				return
			}
			progress.SetRows(status.CheckRow{State: status.CheckDone, Title: ui.Text("obs.help.done")})
		case state.LinkPassword:
			o.AskPassword()
		case state.LinkUnprotected:
			o.AskUnprotected()
		case state.LinkConnecting:
			reached = false
			progress.SetRows(status.CheckRow{State: status.CheckRunning, Title: ui.Text("pill.connecting")})
		default:
			reached = false
			progress.SetRows(status.CheckRow{State: status.CheckWarn, Title: ui.WhyNoOBS(s)})
		}
	}, nil)
	control.RequestFocus(again)
}

// AskPassword asks for the password of OBS's WebSocket server.
func (o *OBSSheets) AskPassword() {
	ui := o.ui
	field := input.NewConcealedField(ui.Text("obs.password"), ui.Clock())
	field.SetHint(ui.Text("obs.password.hint"))
	var connect *control.Button
	send := func() {
		password := secret.New(field.Text())
		if password.Empty() {
			field.SetProblem(ui.Text("obs.password.empty"))
			ui.ResizeSheet()
			return
		}
		connect.Disable()
		ui.Run(kit.QuickTimeout, func(ctx context.Context) error {
			return o.engine.SetOBSPassword(ctx, password)
		}, func(err error) {
			connect.Enable()
			if err != nil {
				field.SetProblem(ui.Explain(err).Line())
				ui.ResizeSheet()
				return
			}
			field.SetText("")
			ui.CloseSheet()
		})
	}
	connect = control.NewButton(ui.Text("obs.password.do"), nil, control.Primary, send)
	kit.EnterPresses(connect, field)
	why := ""
	if ui.State().OBS.Link == state.LinkPassword && ui.State().OBS.Err != nil {
		why = ui.Explain(ui.State().OBS.Err).What
	}
	wrong := kit.NewMessage()
	wrong.Set(paint.ToneWarn, why)
	content := kit.Column(kit.Gap, kit.Heading(ui.Text("obs.password.title")), wrong.Object, field,
		kit.Paragraph(ui.Text("obs.password.more")),
		kit.Trailing(control.NewButton(ui.Text("cancel"), nil, control.Plain, func() { ui.CloseSheet() }), connect))
	ui.OpenSheet(content, nil, func() { field.SetText("") })
	field.Focus()
}

// AskUnprotected asks whether an OBS is used that wants no password although one is
// known: it may be another program that passes for OBS.
func (o *OBSSheets) AskUnprotected() {
	ui := o.ui
	ui.Confirm(ui.Text("obs.unprotected.ask"), ui.Text("obs.unprotected.more"),
		kit.Choice{Text: ui.Text("cancel")},
		kit.Choice{Text: ui.Text("obs.unprotected.do"), Kind: control.Danger, Then: o.engine.AllowUnprotectedOBS})
}

// ForgetPassword forgets the password that was given.
func (o *OBSSheets) ForgetPassword() {
	o.ui.Act(kit.QuickTimeout, func(ctx context.Context) error {
		return o.engine.SetOBSPassword(ctx, secret.Text{})
	}, o.ui.Text("obs.password.forgotten"))
}
