package state

import (
	"reflect"
	"testing"
	"time"

	"cuelight/providers"
)

// pendingSignIn is inUse with a sign-in that waits for the browser.
func pendingSignIn() State {
	return Reduce(inUse(), SignInChanged{Account: "mine", State: SigningIn, URL: "https://platform.example/auth", Until: noon.Add(time.Minute)})
}

// A refresh used to take the address and the time left away.
func TestARefreshLeavesAPendingSignInAlone(t *testing.T) {
	before := pendingSignIn()
	for _, e := range []Event{
		SignInChanged{Account: "mine", State: SignedIn},
		SignInChanged{Account: "mine", State: SignedOut},
		SignInChanged{Account: "mine", State: SignedOut, Err: &providers.Error{Kind: providers.ErrSignIn}},
	} {
		if after := Reduce(before, e); !reflect.DeepEqual(before, after) {
			t.Errorf("%+v: shown as %+v", e, after.Account)
		}
	}
	for _, now := range []SignInState{SignedIn, SignedOut} {
		after := Reduce(before, SignInChanged{Account: "mine", State: now, Outcome: true})
		if after.Account.SignedIn != now || after.Account.SignInURL != "" || !after.Account.SignInUntil.IsZero() {
			t.Errorf("after its end shown as %+v", after.Account)
		}
	}
}

func TestASignInOfAnotherAccountIsNotThisOnes(t *testing.T) {
	before := inUse()
	for _, e := range []Event{
		SignInChanged{Account: "other", State: SignedOut, Err: errBad},
		SignInChanged{Account: "other", State: SigningIn, URL: "https://platform.example/"},
		Identified{Account: "other", Identity: providers.Identity{Nick: "stranger", UserID: "stranger"}},
	} {
		if after := Reduce(before, e); !reflect.DeepEqual(before, after) {
			t.Errorf("%T changed the State", e)
		}
	}
}

// A sign-in that has ended used to take the form away, with what was typed in it.
func TestALostSignInKeepsWhatThePlatformHeld(t *testing.T) {
	lost := &providers.Error{Kind: providers.ErrSignIn, Reason: "signin.expired"}
	s := Reduce(inUse(), DraftChanged{Account: "mine", Set: providers.Patch{Title: ptr("typed")}})
	s = Reduce(s, BroadcastRead{Account: "mine", Err: lost})
	s = Reduce(s, TaskEnded{Task: TaskApply, Err: lost})
	s.Preflight = []Preflight{{ID: PreSignIn, State: StepFailed, Err: lost}}
	s = Reduce(s, SignInChanged{Account: "mine", State: SignedOut, Err: lost})
	s = Reduce(s, SignInChanged{Account: "mine", State: SignedOut}) // the next refresh finds no token
	if s.Broadcast.Known || !s.Broadcast.Readable() || s.Broadcast.Shown().Title != "typed" || s.Broadcast.Shown().ViewerLimit != 5 {
		t.Errorf("shown as %+v", s.Broadcast)
	}
	if s.Account.Err == nil {
		t.Error("why the sign-in ended is forgotten")
	}
	s = Reduce(s, SignInChanged{Account: "mine", State: SigningIn, URL: "https://platform.example/"})
	s = Reduce(s, SignInChanged{Account: "mine", State: SignedIn, Outcome: true})
	if s.Account.Err != nil || s.Broadcast.Err != nil || s.Tasks[TaskApply].Err != nil || s.Preflight != nil {
		t.Errorf("an error that is over is still shown: %v, %v, %v, %v", s.Account.Err, s.Broadcast.Err, s.Tasks[TaskApply].Err, s.Preflight)
	}
	if s.Broadcast.Shown().Title != "typed" {
		t.Error("what was typed is gone")
	}
}

func TestSigningOutShowsNothingAnyMore(t *testing.T) {
	for name, e := range map[string]SignInChanged{
		"here":         {Account: "mine", State: SignedOut, Forget: true},
		"elsewhere":    {Account: "mine", State: SignedOut},
		"another user": {Account: "mine", State: SignedIn, Outcome: true, Forget: true},
	} {
		if s := Reduce(inUse(), e); s.Broadcast.Readable() || s.Broadcast.Confirmed.Title != "" || s.Live.Known {
			t.Errorf("%s: still shown: %+v", name, s.Broadcast)
		}
	}
}
