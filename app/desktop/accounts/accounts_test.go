package accounts

import (
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/kollus"
	"cuelight/widgets/control"
	"cuelight/widgets/widgettest"
)

// opened shows the way in in a rig; left counts how often it was left.
func opened(t *testing.T, s state.State, given func(*kittest.Engine)) (r *kittest.Rig, w *Welcome, left *int) {
	t.Helper()
	r, left = kittest.NewRig(t, s), new(int)
	if given != nil {
		given(r.Fake)
	}
	w = NewWelcome(r.UI, r.Fake, WelcomeOptions{
		Enter: func() { *left++ }, Later: func() { *left++ },
		OpenSandbox: func() { _ = r.Fake.Note("sandbox") },
	})
	r.Show(w)
	return r, w, left
}

func TestOnlyWhatTheChosenWayToSignInNeedsIsSent(t *testing.T) {
	_, w, _ := opened(t, kittest.NoAccount(), func(e *kittest.Engine) {
		e.Offered = []providers.Description{kollus.New().Describe()}
	})
	form := w.form
	typeIn := func(key, text string) {
		for _, field := range form.fields {
			switch {
			case field.spec.Key != key:
			case field.secret != nil:
				field.secret.SetText(text)
			default:
				field.text.SetText(text)
			}
		}
	}
	typeIn("service_account", "school")
	typeIn("client_id", "id")
	typeIn(providers.SecretClient, "secret")
	typeIn(fieldToken, "token")
	if got := form.values(); got.Values["client_id"] != "id" || !got.Secrets[fieldToken].Empty() || !form.browser {
		t.Errorf("with the browser: %+v", got.Values)
	}
	form.way.choose(wayToken)
	got := form.values()
	if got.Values["client_id"] != "" || !got.Secrets[providers.SecretClient].Empty() || got.Secrets[fieldToken].Reveal() != "token" || got.Values["service_account"] != "school" {
		t.Errorf("with a token: %+v", got.Values)
	}
	if form.browser || w.big.Text() != "계정 추가" {
		t.Errorf("with a token no browser opens, but the button says %q", w.big.Text())
	}
}

func TestTheWayInAddsTheAccountSignsInAndAsksWhoseItIs(t *testing.T) {
	r, w, left := opened(t, kittest.NoAccount(), nil)
	fields := w.form.fields
	fields[0].text.SetText("client")
	fields[1].secret.SetText(" s3cret ")
	r.Press(w.big)
	r.Clock.Advance(kit.InputDelay)
	r.Until("the sign-in", func() bool { return w.signIn.confirm.Visible() })
	if n := r.Fake.Added; n.Values["client_id"] != "client" || n.Values["redirect_uri"] != "http://localhost:12482/callback" ||
		!n.Secrets[providers.SecretClient].Equal(secret.New("s3cret")) {
		t.Errorf("added %+v", n)
	}
	if fields[1].secret.Text() != "" {
		t.Error("the secret is still in the field")
	}
	if got := w.signIn.whose.Text(); got != "자러가자 (soop1234) 님으로 로그인했습니다. 본인 계정이 맞나요?" {
		t.Errorf("asks %q", got)
	}
	if r.Fake.Called("setup") {
		t.Error("OBS was touched before the user said who it is")
	}
	w.signIn.accepted()
	if *left != 1 {
		t.Error("the way in does not end")
	}
}

func TestWhatIsWrongIsSaidAtItsField(t *testing.T) {
	r, w, _ := opened(t, kittest.NoAccount(), nil)
	r.Fake.Fail["add"] = errors.Join(
		&providers.Error{Kind: providers.ErrUsage, Field: "client_id", Reason: "field.missing"},
		&providers.Error{Kind: providers.ErrUsage, Field: "base_url", Reason: "base_url.invalid"},
	)
	r.Press(w.big)
	r.Clock.Advance(kit.InputDelay)
	r.Until("the refusal", func() bool { return !w.form.busy })
	if w.form.advanced.Hidden {
		t.Error("a folded field is wrong and stays folded")
	}
	if w.form.failure.Object.Visible() {
		t.Error("said twice")
	}
	if markup := test.RenderObjectToMarkup(w.form.fields[0].text); !strings.Contains(markup, r.Explain(r.Fake.Fail["add"]).What) {
		t.Error("the field does not say what is wrong with it")
	}
}

func TestASignInThatWaitsShowsItsAddressAndItsTime(t *testing.T) {
	r, w, _ := opened(t, kittest.SigningIn(), nil)
	p := w.signIn
	if got := p.address.Text(); got != r.State().Account.SignInURL {
		t.Errorf("shows %q", got)
	}
	before := p.status.Rows()[0].Detail
	r.Clock.Advance(10 * time.Second)
	after := p.status.Rows()[0].Detail
	if !strings.Contains(before, "2:41") || !strings.Contains(after, "2:31") {
		t.Errorf("said %q, ten seconds later %q", before, after)
	}
	r.Browse(p.address.Text())
	r.Until("the browser", func() bool { return r.Fake.Called("open " + r.State().Account.SignInURL) })
}

func TestPastingAndNumbers(t *testing.T) {
	r, w, _ := opened(t, kittest.SigningIn(), nil)
	p := w.signIn
	p.paste.SetText(" http://localhost:12482/callback?code=abc ")
	p.pasteIn()
	r.Clock.Advance(kit.InputDelay)
	if r.Fake.Pasted != "http://localhost:12482/callback?code=abc" || p.paste.Text() != "" {
		t.Errorf("pasted %q, the field holds %q", r.Fake.Pasted, p.paste.Text())
	}
	for _, number := range []string{"", "12345", "12345a"} {
		p.number.SetText(number)
		p.numberIn()
		r.Clock.Advance(kit.InputDelay)
	}
	if r.Fake.Called("signin") {
		t.Error("a number that cannot be one was sent")
	}
	r.Fake.Set(func(s *state.State) { s.Tasks = nil })
	p.number.SetText("111111")
	p.showWays(true)
	p.number.Focus()
	widgettest.TypeKeys(r.Win, fyne.KeyReturn) // used to do nothing
	r.Clock.Advance(time.Second)
	r.Until("the sign-in", func() bool { return r.Fake.Called("signin") })
	if r.Fake.SignedInWith.Number != "111111" || !r.Fake.Called("cancel") {
		t.Errorf("signed in with %+v after %v", r.Fake.SignedInWith, r.Fake.Calls)
	}
}

func TestARefusedSignInSaysWhyAndCanBeTriedAgain(t *testing.T) {
	s := kittest.Ready()
	s.Account.SignedIn = state.SignedOut
	r, w, _ := opened(t, s, nil)
	r.Fake.Fail["signin"] = &providers.Error{Kind: providers.ErrSignIn, Reason: "signin.refused"}
	r.Press(w.big)
	r.Until("the refusal", func() bool { return w.signIn.failure.Object.Visible() })
	if w.big.Hidden || !strings.Contains(w.signIn.failure.Text(), "로그인이 거부되었습니다.") {
		t.Errorf("says %q", w.signIn.failure.Text())
	}
}

func TestPracticeIsOfferedToThoseWithoutKeys(t *testing.T) {
	r, w, _ := opened(t, kittest.NoAccount(), nil)
	if !w.sandbox.Visible() {
		t.Fatal("practice is not offered")
	}
	r.Press(kittest.Find[*control.Button](w.sandbox)[0])
	if !r.Fake.Called("sandbox") {
		t.Error("it does not open")
	}
	s := kittest.NoAccount()
	s.Sandbox = true
	if _, again, _ := opened(t, s, nil); again.sandbox.Visible() {
		t.Error("practice is offered to those who practise")
	}
}

func TestAPlatformThatKnowsWhoCallsNeedsNoSignIn(t *testing.T) {
	r, w, _ := opened(t, kittest.NoAccount(), nil)
	w.begun = true
	r.Fake.Set(func(s *state.State) { *s = kittest.Ready() })
	w.signInUnlessSignedIn(nil)
	if r.Fake.Called("signin") || !w.signIn.confirm.Visible() || w.big.Visible() {
		t.Error("it should only be asked whose account it is")
	}
}

func TestWhatATerminalDidNeedNotBeDoneAgain(t *testing.T) {
	r, w, _ := opened(t, kittest.NoAccount(), nil)
	r.Fake.Set(func(s *state.State) {
		*s = kittest.Ready()
		s.Account.SignedIn, s.Account.Nick = state.SignedOut, ""
	})
	r.Render()
	if w.form.object.Visible() {
		t.Fatal("asks for an account that was added in a terminal")
	}
	r.Fake.Set(func(s *state.State) { *s = kittest.Ready() })
	r.Render()
	if !w.signIn.confirm.Visible() || w.big.Visible() {
		t.Error("does not ask whose account it is after a sign-in in a terminal")
	}
}

func TestRemovingAnAccountSaysWhatIsLostAndAsks(t *testing.T) {
	r := kittest.NewRig(t, kittest.SeveralAccounts())
	a := New(r.UI, r.Fake, NewTokenWatch(r.UI, r.Fake))
	r.Show(a)
	a.remove(kittest.Account())
	r.Press(r.Button("취소"))
	a.remove(kittest.Account())
	r.Press(r.Button("계정 삭제"))
	r.Until("the removal", func() bool { return r.Fake.Called("remove 본방") })
}
