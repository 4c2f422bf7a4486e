package accounts

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/signin"
	"cuelight/app/state"
	"cuelight/providers"
)

// sheet opens the sign-in sheet in a rig and gives its panel's buttons by text.
func sheet(t *testing.T, s state.State, fail error) *kittest.Rig {
	t.Helper()
	r := kittest.NewRig(t, s)
	if fail != nil {
		r.Fake.Fail["signin"] = fail
	}
	r.Show(New(r.UI, r.Fake, NewTokenWatch(r.UI, r.Fake)))
	OpenSignIn(r.UI, r.Fake)
	return r
}

// A sign-in that ended without success used to leave nothing but the button that
// closes the sheet.
func TestASheetThatFailedOffersAnotherTry(t *testing.T) {
	s := kittest.Ready()
	s.Account.SignedIn, s.Account.CanNumber = state.SignedOut, false
	r := sheet(t, s, &providers.Error{Kind: providers.ErrSignIn, Reason: "signin.timeout"})
	again := kittest.ButtonIn(t, r.Sheet(), "다시 로그인")
	r.Until("another try is offered", func() bool { r.Render(); return again.Visible() })
	r.Fake.Succeed("signin")
	r.Fake.Set(func(s *state.State) { s.Tasks = nil })
	r.Press(again)
	r.Until("the sign-in", func() bool { return r.State().Account.SignedIn == state.SignedIn })
}

func TestASignInOfAnotherUserIsAskedAbout(t *testing.T) {
	s := kittest.Ready()
	another := &signin.AnotherUserError{User: "soop1234", Other: providers.Identity{UserID: "baekhogu", Nick: "백호구"}}
	r, w, _ := opened(t, s, nil)
	r.Fake.Fail["signin"] = another
	w.signIn.begin()
	r.Until("the question", func() bool { r.Render(); return w.signIn.change.Visible() })
	if text := w.signIn.failure.Text(); !strings.Contains(text, "백호구 (baekhogu)") || !strings.Contains(text, "soop1234") {
		t.Errorf("says %q", text)
	}
	if w.signIn.confirm.Visible() || w.big.Hidden {
		t.Error("it looks as if the sign-in were done")
	}
	r.Press(w.signIn.change)
	r.Until("the change", func() bool { r.Render(); return w.signIn.confirm.Visible() })
	if !r.Fake.Called("accept user") || w.signIn.failure.Object.Visible() || w.signIn.change.Visible() {
		t.Errorf("says %q", w.signIn.failure.Text())
	}
}

// What was wrong with a code that was pasted used to stay under the empty field.
func TestWhatWasWrongIsGoneAfterASuccess(t *testing.T) {
	r, w, _ := opened(t, kittest.SigningIn(), nil)
	p := w.signIn
	p.showWays(true)
	r.Fake.Fail["paste"] = &providers.Error{Kind: providers.ErrUsage, Reason: "signin.bad_paste"}
	p.paste.SetText("nonsense")
	p.pasteIn()
	r.Clock.Advance(time.Second)
	wrong := r.Explain(r.Fake.Fail["paste"]).What
	if !strings.Contains(test.RenderObjectToMarkup(p.paste), wrong) {
		t.Fatal("nothing is said about what was pasted")
	}
	r.Fake.Set(func(s *state.State) { s.Tasks = nil })
	p.begin()
	r.Until("the sign-in", func() bool { return r.Fake.Called("signin") && r.State().Account.SignedIn == state.SignedIn })
	r.Until("the fields are as new", func() bool { return !strings.Contains(test.RenderObjectToMarkup(p.paste), wrong) })
}
