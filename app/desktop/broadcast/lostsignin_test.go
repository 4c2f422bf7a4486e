package broadcast

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/providers"
)

// A sign-in that had ended used to take the form away, with what was typed in it.
func TestWhatWasTypedStaysWhenTheSignInIsLost(t *testing.T) {
	s := kittest.Ready()
	s.Broadcast.ConfirmedAt = time.Unix(1, 0)
	r, b := opened(t, s, nil)
	title := "쓰던 제목"
	lost := &providers.Error{Kind: providers.ErrSignIn, Reason: "signin.expired"}
	r.Fake.Set(func(s *state.State) {
		s.Broadcast.Draft.Title = &title
		*s = state.Reduce(*s, state.SignInChanged{Account: s.Account.Name, State: state.SignedOut, Err: lost})
	})
	r.Render()
	if !b.cards[0].object.Visible() || !strings.Contains(test.RenderObjectToMarkup(b.cards[0].object), title) {
		t.Error("the form is gone")
	}
	ended := r.Text("signin.ended")
	if !b.notice.Visible() || !strings.Contains(test.RenderObjectToMarkup(b.notice), r.Text("action.sign_in")) {
		t.Errorf("it does not say %q", ended)
	}
	r.Fake.Set(func(s *state.State) {
		*s = state.Reduce(*s, state.SignInChanged{Account: s.Account.Name, State: state.SigningIn, URL: "https://platform.example/"})
	})
	r.Render()
	if !b.cards[0].object.Visible() {
		t.Error("the form is gone during the next sign-in")
	}
	r.Fake.Set(func(s *state.State) {
		*s = state.Reduce(*s, state.SignInChanged{Account: s.Account.Name, State: state.SignedIn, Outcome: true})
		*s = state.Reduce(*s, state.BroadcastRead{Account: s.Account.Name, Confirmed: s.Broadcast.Confirmed, At: time.Unix(2, 0)})
	})
	r.Render()
	if b.notice.Visible() || !strings.Contains(test.RenderObjectToMarkup(b.cards[0].object), title) {
		t.Error("after it, the old words stay, or what was typed is gone")
	}
}
