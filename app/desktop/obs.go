package desktop

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
	"cuelight/widgets/paint"
	"cuelight/widgets/status"
)

// whyNoOBS says in a sentence or two why OBS was not found.
func (f *face) whyNoOBS(s state.State) string {
	if s.OBS.Err != nil {
		x := f.explain(s.OBS.Err)
		return join(x.What, x.Why, x.Do)
	}
	return f.say("welcome.obs.waiting")
}

// helpOBS says how to switch OBS's WebSocket server on.
func (f *face) helpOBS() {
	again := control.NewButton(f.say("action.obs_retry"), nil, control.Primary, nil)
	again.OnTapped = f.engine.RetryOBS
	progress := status.NewChecklist(f.opt.Clock)
	how := status.NewChecklist(f.opt.Clock)
	how.SetRows(
		status.CheckRow{Title: f.say("obs.help.1"), Label: "1"},
		status.CheckRow{Title: f.say("obs.help.2"), Detail: f.say("obs.help.2.more"), Label: "2"},
		status.CheckRow{Title: f.say("obs.help.3"), Detail: f.say("obs.help.3.more"), Label: "3"},
	)
	content := column(gap, f.heading(f.say("obs.help.title")), progress, how,
		f.paragraph(f.say("obs.help.more")),
		trailing(control.NewButton(f.say("close"), nil, control.Plain, func() { f.closeSheet() }), again))
	f.openSheet(content, func(s state.State) {
		switch s.OBS.Link {
		case state.LinkUp:
			f.closeSheet()
			f.good(f.say("obs.help.done"))
		case state.LinkPassword:
			f.askOBSPassword()
		case state.LinkConnecting:
			progress.SetRows(status.CheckRow{State: status.CheckRunning, Title: f.say("pill.connecting")})
		default:
			progress.SetRows(status.CheckRow{State: status.CheckWarn, Title: f.whyNoOBS(s)})
		}
	}, nil)
}

// askOBSPassword asks for the password of OBS's WebSocket server.
func (f *face) askOBSPassword() {
	field := input.NewConcealedField(f.say("obs.password"), f.opt.Clock)
	field.SetHint(f.say("obs.password.hint"))
	var connect *control.Button
	send := func() {
		password := secret.New(field.Text())
		if password.Empty() {
			field.SetProblem(f.say("obs.password.empty"))
			return
		}
		connect.Disable()
		f.run(patienceQuick, func(ctx context.Context) error {
			return f.engine.SetOBSPassword(ctx, password)
		}, func(err error) {
			connect.Enable()
			if err != nil {
				field.SetProblem(f.explain(err).Line())
				return
			}
			field.SetText("")
			f.closeSheet()
		})
	}
	connect = control.NewButton(f.say("obs.password.do"), nil, control.Primary, send)
	why := ""
	if f.state.OBS.Link == state.LinkPassword && f.state.OBS.Err != nil {
		why = f.explain(f.state.OBS.Err).What
	}
	wrong := newInset()
	wrong.set(paint.ToneWarn, why)
	content := column(gap, f.heading(f.say("obs.password.title")), wrong.object, field,
		f.paragraph(f.say("obs.password.more")),
		trailing(control.NewButton(f.say("cancel"), nil, control.Plain, func() { f.closeSheet() }), connect))
	f.openSheet(content, nil, func() { field.SetText("") })
	field.Focus()
}

// clearOBSPassword forgets the password that was given.
func (f *face) clearOBSPassword() {
	f.act(patienceQuick, func(ctx context.Context) error {
		return f.engine.SetOBSPassword(ctx, secret.Text{})
	}, f.say("obs.password.forgotten"))
}

// addressProblem says what is wrong with an address of OBS; none is right, too:
// then OBS is looked for.
func (f *face) addressProblem(address string) string {
	if address == "" {
		return ""
	}
	if !strings.Contains(address, "://") {
		address = "ws://" + address
	}
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || strings.ContainsAny(u.Host, " ") {
		return f.say("settings.obs.wrong")
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
			return f.say("settings.obs.wrong")
		}
	}
	return ""
}
