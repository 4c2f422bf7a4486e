package desktop

import (
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/providers"
)

func contains(s, part string) bool { return strings.Contains(s, part) }

func TestTheWayInAddsTheAccountSignsInAndAsksWhoseItIs(t *testing.T) {
	r := newRig(t, none(), "dark", "ko")
	if r.welcome == nil {
		t.Fatal("without an account there is no way in")
	}
	fields := r.welcome.form.fields
	fields[0].text.SetText("client")
	fields[1].secret.SetText(" s3cret ")
	r.press(r.welcome.big)
	r.clock.Advance(settle)
	r.until("the sign-in", func() bool { return r.welcome != nil && r.welcome.signIn.confirm.Visible() })
	if n := r.fake.added; n.Values["client_id"] != "client" || n.Values["redirect_uri"] != "http://localhost:12482/callback" ||
		!n.Secrets[providers.SecretClient].Equal(secret.New("s3cret")) {
		t.Errorf("added %+v", n)
	}
	if fields[1].secret.Text() != "" {
		t.Error("the secret is still in the field")
	}
	if got := r.welcome.signIn.whose.Text(); got != "자러가자 (soop1234) 님으로 연결했습니다 — 맞나요?" {
		t.Errorf("asks %q", got)
	}
	if r.fake.called("setup") {
		t.Error("OBS was touched before the user said who it is")
	}
	r.welcome.signIn.accepted()
	if r.welcome != nil || r.shell.at != screenHome {
		t.Error("the way in does not end at home")
	}
}

func TestWhatIsWrongIsSaidAtItsField(t *testing.T) {
	r := newRig(t, none(), "dark", "ko")
	r.fake.fail["add"] = errors.Join(
		&providers.Error{Kind: providers.ErrUsage, Field: "client_id", Reason: "field.missing"},
		&providers.Error{Kind: providers.ErrUsage, Field: "base_url", Reason: "base_url.invalid"},
	)
	r.press(r.welcome.big)
	r.clock.Advance(settle)
	r.until("the refusal", func() bool { return !r.welcome.form.busy })
	if r.welcome.form.advanced.Hidden {
		t.Error("a folded field is wrong and stays folded")
	}
	if r.welcome.form.failure.object.Visible() {
		t.Error("said twice")
	}
	if markup := test.RenderObjectToMarkup(r.welcome.form.fields[0].text); !contains(markup, r.explain(r.fake.fail["add"]).What) {
		t.Error("the field does not say what is wrong with it")
	}
}

func TestASignInThatWaitsShowsItsAddressAndItsTime(t *testing.T) {
	r := newRig(t, signingIn(), "dark", "ko")
	p := r.welcome.signIn
	if got := p.address.Text(); got != r.state.Account.SignInURL {
		t.Errorf("shows %q", got)
	}
	before := p.status.Rows()[0].Detail
	r.clock.Advance(10 * time.Second)
	after := p.status.Rows()[0].Detail
	if !contains(before, "2:41") || !contains(after, "2:31") {
		t.Errorf("said %q, ten seconds later %q", before, after)
	}
	r.browse(p.address.Text())
	r.until("the browser", func() bool { return r.fake.called("open " + r.state.Account.SignInURL) })
}

func TestPastingAndNumbers(t *testing.T) {
	r := newRig(t, signingIn(), "dark", "ko")
	p := r.welcome.signIn
	p.paste.SetText(" http://localhost:12482/callback?code=abc ")
	p.pasteIn()
	r.clock.Advance(settle)
	if r.fake.pasted != "http://localhost:12482/callback?code=abc" || p.paste.Text() != "" {
		t.Errorf("pasted %q, the field holds %q", r.fake.pasted, p.paste.Text())
	}
	for _, number := range []string{"", "12345", "12345a"} {
		p.number.SetText(number)
		p.numberIn()
		r.clock.Advance(settle)
	}
	if r.fake.called("signin") {
		t.Error("a number that cannot be one was sent")
	}
	r.fake.set(func(s *state.State) { s.Tasks = nil })
	p.number.SetText("111111")
	p.numberIn()
	r.clock.Advance(settle)
	r.until("the sign-in", func() bool { return r.fake.called("signin") })
	if r.fake.signedIn.Number != "111111" || !r.fake.called("cancel") {
		t.Errorf("signed in with %+v after %v", r.fake.signedIn, r.fake.calls)
	}
}

func TestARefusedSignInSaysWhyAndCanBeTriedAgain(t *testing.T) {
	s := full()
	s.Account.SignedIn = state.SignedOut
	r := newRig(t, s, "dark", "ko")
	r.fake.fail["signin"] = &providers.Error{Kind: providers.ErrSignIn, Reason: "signin.refused"}
	r.press(r.welcome.big)
	r.until("the refusal", func() bool { return r.welcome.signIn.failure.object.Visible() })
	if r.welcome.big.Hidden || !contains(r.welcome.signIn.failure.text.Text(), "로그인이 거절되었습니다.") {
		t.Errorf("says %q", r.welcome.signIn.failure.text.Text())
	}
}

func TestSomebodyWhoIsSignedInIsNotAskedAnything(t *testing.T) {
	r := newRig(t, full(), "dark", "ko")
	if r.welcome != nil || !r.entered {
		t.Error("the way in is shown to somebody who is in")
	}
	r.fake.set(func(s *state.State) { s.Account.SignedIn = state.SignedOut })
	r.render()
	if r.welcome != nil {
		t.Error("a lost sign-in throws the user out of where they were")
	}
}

func TestPracticeIsOfferedToThoseWithoutKeys(t *testing.T) {
	r := newRig(t, none(), "dark", "ko")
	if !r.welcome.practice.Visible() {
		t.Fatal("practice is not offered")
	}
	r.restart(r.opt.Practice)
	r.until("the practice", func() bool { return r.fake.called("practice") })
	s := none()
	s.Sandbox = true
	if again := newRig(t, s, "dark", "ko"); again.welcome.practice.Visible() {
		t.Error("practice is offered to those who practise")
	}
}

func TestAPlatformThatKnowsWhoCallsNeedsNoSignIn(t *testing.T) {
	r := newRig(t, none(), "dark", "ko")
	r.welcome.begun = true
	r.fake.set(func(s *state.State) { *s = full() })
	r.welcome.signInUnlessIn(nil)
	if r.fake.called("signin") || r.welcome == nil || !r.welcome.signIn.confirm.Visible() || r.welcome.big.Visible() {
		t.Error("it should only be asked whose account it is")
	}
}

func TestWhatATerminalDidNeedNotBeDoneAgain(t *testing.T) {
	r := newRig(t, none(), "dark", "ko")
	r.fake.set(func(s *state.State) {
		*s = full()
		s.Account.SignedIn, s.Account.Nick = state.SignedOut, ""
	})
	r.render()
	if r.welcome == nil || r.welcome.form.object.Visible() {
		t.Fatal("asks for an account that was added in a terminal")
	}
	r.fake.set(func(s *state.State) { *s = full() })
	r.render()
	if r.welcome == nil || !r.welcome.signIn.confirm.Visible() || r.welcome.big.Visible() {
		t.Error("does not ask whose account it is after a sign-in in a terminal")
	}
}
