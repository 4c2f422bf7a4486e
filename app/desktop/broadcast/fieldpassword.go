package broadcast

import (
	"time"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit"
	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
)

// passwordField is the switch of the password and the password itself, which is
// never shown and never comes back from the platform.
type passwordField struct {
	*fields
	// wanted: switched on, nothing typed yet. That is no change: it is given up when
	// other fields are applied and when the screen is left.
	wanted bool
	// applied is the change up to which wanted was looked at.
	applied time.Time

	turn  *control.Switch
	entry *input.TextField
	body  *fyne.Container
}

func (f *fields) passwordField() *formField {
	p := &passwordField{fields: f}
	p.entry = input.NewConcealedField(f.ui.Text("password"), f.ui.Clock())
	p.turn = control.NewSwitch(f.ui.Text("password.ask"), f.ui.Text("password.ask.more"), p.turned)
	p.entry.OnChanged = p.typed
	p.body = kit.Column(8, p.turn, p.entry)
	one := f.field(providers.FieldPassword, p.body, p.fill, func(b providers.Broadcast) string { return f.onOff(b.HasPassword) })
	one.left = func() { p.wanted = false }
	return one
}

// turned is called when the person turns the switch: on asks for a password, off is
// a change by itself.
func (p *passwordField) turned(on bool) {
	if p.wanted {
		on = false // pressed once more without a password
	}
	p.wanted = on
	if on {
		p.engine.TakeTheirs(providers.FieldPassword) // no longer to be switched off
	} else {
		p.entry.SetText("")
		p.engine.Draft(providers.Patch{Password: &secret.Text{}})
	}
	p.show(on, p.wanted)
	p.relayout()
}

func (p *passwordField) typed(text string) {
	if text == "" {
		p.wanted = true
		p.engine.TakeTheirs(providers.FieldPassword)
		return
	}
	typed := secret.New(text)
	p.engine.Draft(providers.Patch{Password: &typed})
}

// show shows the switch and whether there is a field below it.
func (p *passwordField) show(on, incomplete bool) {
	p.turn.SetOn(on && !incomplete)
	p.turn.SetIncomplete(incomplete)
	if p.entry.Visible() == on {
		return
	}
	if on {
		p.entry.Show()
	} else {
		p.entry.Hide()
	}
	p.body.Refresh()
}

func (p *passwordField) fill(v fieldValue) {
	drafted := v.draft.Password != nil
	if drafted || v.shown.HasPassword || !v.applied.Equal(p.applied) {
		p.wanted = false
	}
	p.applied = v.applied
	if !drafted { // sent, or discarded
		p.entry.SetText("")
	}
	p.show(p.wanted || v.shown.HasPassword, p.wanted)
	p.entry.SetProblem(v.problem)
	switch {
	case v.shown.HasPassword && !drafted:
		p.entry.SetHint(p.ui.Text("password.kept"))
	default:
		p.entry.SetHint(p.ui.Count("password.hint", v.limit.Min))
	}
}
