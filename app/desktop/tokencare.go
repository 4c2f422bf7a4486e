package desktop

import (
	"context"
	"strings"
	"time"

	"cuelight/app"
	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
	"cuelight/widgets/status"
)

// tokenWarning is how long before a token's end the user is told: it takes a
// visit to the platform's console to make another.
const tokenWarning = 30 * 24 * time.Hour

// tokenCare knows when the token of the account in use ends, where the account
// signs in with one that nobody renews but the user.
type tokenCare struct {
	face   *face
	asking asking
	of     string
	ends   time.Time
}

func newTokenCare(f *face) *tokenCare { return &tokenCare{face: f, asking: asking{face: f}} }

// update asks once for each account and sign-in.
func (t *tokenCare) update(s state.State) {
	of := ""
	if s.Account.CanToken && s.Account.SignedIn == state.SignedIn {
		of = s.Account.Name
	}
	if of == t.of {
		return
	}
	t.of, t.ends = of, time.Time{}
	t.asking.drop()
	if of == "" {
		return
	}
	question(&t.asking, patienceQuick, t.face.engine.TokenExpires, func(ends time.Time, err error) {
		if err == nil {
			t.ends = ends
		}
		t.face.render()
	})
}

// renewed asks again, for the token given just now.
func (t *tokenCare) renewed() { t.of = "" }

// days is how many whole days are left; ok is false where that is not known.
func (t *tokenCare) days() (n int, ok bool) {
	if t.ends.IsZero() {
		return 0, false
	}
	return max(0, int(t.ends.Sub(t.face.opt.Clock.Now())/(24*time.Hour))), true
}

// ending tells whether it is time to make another.
func (t *tokenCare) ending() bool {
	return !t.ends.IsZero() && t.ends.Sub(t.face.opt.Clock.Now()) < tokenWarning
}

// says gives the token's validity in words, or nothing.
func (t *tokenCare) says() string {
	n, ok := t.days()
	if !ok {
		return ""
	}
	until := t.face.say("token.until", args("Date", t.face.day(t.ends)))
	if t.ending() {
		return dotted(t.face.count("token.ending", n), until)
	}
	return dotted(until, t.face.count("token.left", n))
}

// rows warn before the token ends.
func (t *tokenCare) rows() []status.CheckRow {
	if !t.ending() {
		return nil
	}
	n, _ := t.days()
	f := t.face
	return []status.CheckRow{{
		State: status.CheckWarn, Title: f.count("token.ending", n), Detail: f.say("token.ending.more", args("Platform", f.state.Account.PlatformName)),
		Action: f.say("token.renew"), OnAction: f.askToken,
	}}
}

// askToken takes a new token made on the platform's pages.
func (f *face) askToken() {
	field := input.NewConcealedField(f.words.Say("field.personal_token"), f.opt.Clock)
	field.SetHint(f.say("form.hint.personal_token"))
	var keep *control.Button
	send := func() {
		token := secret.New(strings.TrimSpace(field.Text()))
		if token.Empty() {
			field.SetProblem(f.say("token.empty"))
			f.grown()
			return
		}
		keep.Disable()
		f.run(patienceCall, func(ctx context.Context) error {
			_, err := f.engine.SignIn(ctx, app.SignIn{Token: token})
			return err
		}, func(err error) {
			keep.Enable()
			if err != nil {
				field.SetProblem(f.explain(err).Line())
				f.grown()
				return
			}
			f.closeSheet()
			f.token.renewed()
			f.refresh()
			f.good(f.say("token.kept"))
			if f.welcome != nil {
				f.enter()
			}
			f.render()
		})
	}
	keep = control.NewButton(f.say("token.do"), nil, control.Primary, func() { f.opt.Clock.After(settle, send) })
	f.openSheet(column(gap, f.heading(f.say("token.title", args("Platform", f.state.Account.PlatformName))),
		f.paragraph(f.say("token.more")), field,
		trailing(control.NewButton(f.say("cancel"), nil, control.Plain, func() { f.closeSheet() }), keep)),
		nil, func() { field.SetText("") })
	field.Focus()
}
