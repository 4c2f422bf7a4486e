package accounts

import (
	"context"
	"strings"
	"time"

	"cuelight/app"
	"cuelight/app/desktop/kit"
	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
	"cuelight/widgets/status"
)

// tokenWarning is how long before a token's end the user is told: it takes a
// visit to the platform's console to make another.
const tokenWarning = 30 * 24 * time.Hour

// TokenWatch knows when the token of the account in use ends, where the account
// signs in with one that nobody renews but the user.
type TokenWatch struct {
	// OnReplaced is called when the user has given a new token; may be nil.
	OnReplaced func()

	ui      *kit.UI
	engine  Engine
	request kit.LatestRequest
	of      string
	ends    time.Time
}

// NewTokenWatch makes one that knows nothing yet.
func NewTokenWatch(ui *kit.UI, engine Engine) *TokenWatch {
	return &TokenWatch{ui: ui, engine: engine, request: kit.NewRequest(ui)}
}

// Update asks once for each account and sign-in.
func (t *TokenWatch) Update(s state.State) {
	of := ""
	if s.Account.CanToken && s.Account.SignedIn == state.SignedIn {
		of = s.Account.Name
	}
	if of == t.of {
		return
	}
	t.of, t.ends = of, time.Time{}
	t.request.Cancel()
	if of == "" {
		return
	}
	kit.Send(&t.request, kit.QuickTimeout, t.engine.TokenExpires, func(ends time.Time, err error) {
		if err == nil {
			t.ends = ends
		}
		t.ui.Render()
	})
}

// Replaced asks again, for the token given just now.
func (t *TokenWatch) Replaced() { t.of = "" }

// days is how many whole days are left; ok is false where that is not known.
func (t *TokenWatch) days() (n int, ok bool) {
	if t.ends.IsZero() {
		return 0, false
	}
	return max(0, int(t.ends.Sub(t.ui.Clock().Now())/(24*time.Hour))), true
}

// ending reports whether it is time to make another.
func (t *TokenWatch) ending() bool {
	return !t.ends.IsZero() && t.ends.Sub(t.ui.Clock().Now()) < tokenWarning
}

// text gives the token's validity in words, or nothing.
func (t *TokenWatch) text() string {
	n, ok := t.days()
	if !ok {
		return ""
	}
	until := t.ui.Text("token.until", kit.Arg("Date", t.ui.Day(t.ends)))
	if t.ending() {
		return kit.JoinDots(t.ui.Count("token.ending", n), until)
	}
	return kit.JoinDots(until, t.ui.Count("token.left", n))
}

// Warnings are rows of a checklist that warn before the token ends.
func (t *TokenWatch) Warnings() []status.CheckRow {
	if !t.ending() {
		return nil
	}
	n, _ := t.days()
	ui := t.ui
	return []status.CheckRow{{
		State: status.CheckWarn, Title: ui.Count("token.ending", n), Detail: ui.Text("token.ending.more", kit.Arg("Platform", ui.Platform(ui.State().Account))),
		Action: ui.Text("token.renew"), OnAction: t.Ask,
	}}
}

// Ask takes a new token made on the platform's pages.
func (t *TokenWatch) Ask() {
	ui := t.ui
	field := input.NewConcealedField(ui.Words().Say("field.personal_token"), ui.Clock())
	field.SetHint(ui.Text("form.hint.personal_token"))
	var keep *control.Button
	send := func() {
		token := secret.New(strings.TrimSpace(field.Text()))
		if token.Empty() {
			field.SetProblem(ui.Text("token.empty"))
			ui.ResizeSheet()
			return
		}
		keep.Disable()
		ui.Run(kit.CallTimeout, func(ctx context.Context) error {
			_, err := t.engine.SignIn(ctx, app.SignIn{Token: token})
			return err
		}, func(err error) {
			keep.Enable()
			if err != nil {
				field.SetProblem(ui.Explain(err).Line())
				ui.ResizeSheet()
				return
			}
			ui.CloseSheet()
			t.Replaced()
			ui.Refresh()
			ui.ShowSuccess(ui.Text("token.kept"))
			if t.OnReplaced != nil {
				t.OnReplaced()
			}
			ui.Render()
		})
	}
	keep = control.NewButton(ui.Text("token.do"), nil, control.Primary, func() { ui.Clock().After(kit.InputDelay, send) })
	kit.EnterPresses(keep, field)
	ui.OpenSheet(kit.Column(kit.Gap, kit.Heading(ui.Text("token.title", kit.Arg("Platform", ui.Platform(ui.State().Account)))),
		kit.Paragraph(ui.Text("token.more")), field,
		kit.Trailing(control.NewButton(ui.Text("cancel"), nil, control.Plain, func() { ui.CloseSheet() }), keep)),
		nil, func() { field.SetText("") })
	field.Focus()
}
