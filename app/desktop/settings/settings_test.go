package settings

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/obs"
	"cuelight/widgets/widgettest"
)

func TestAddressesOfOBSAreChecked(t *testing.T) {
	r := kittest.NewRig(t, kittest.Ready())
	s := New(r.UI, r.Fake, &kittest.OBSHosts{Engine: r.Fake}, Appearance{}, NewOBSSheets(r.UI, r.Fake), Sounds{})
	for address, right := range map[string]bool{
		"": true, "192.168.0.5:4455": true, "obs.local": true, "[::1]:4455": true,
		"192.168.0.5:99999": false, "a b:4455": false, ":4455": false,
	} {
		if got := s.obs.addressProblem(address) == ""; got != right {
			t.Errorf("%q is right: %v", address, got)
		}
	}
}

func TestAnOBSWithoutAPasswordIsAskedAbout(t *testing.T) {
	r := kittest.NewRig(t, kittest.Ready())
	sheets := NewOBSSheets(r.UI, r.Fake)
	for answer, allowed := range map[string]bool{"cancel": false, "obs.unprotected.do": true} {
		r.Fake.Calls = nil
		sheets.AskUnprotected()
		r.Render()
		r.Press(r.Button(r.UI.Text(answer)))
		if got := len(r.Fake.Calls) == 1 && r.Fake.Calls[0] == "allow unprotected"; got != allowed {
			t.Errorf("%s: %v", answer, r.Fake.Calls)
		}
	}
}

func TestAnAddressOnAnotherMachineIsWarnedOf(t *testing.T) {
	r := kittest.NewRig(t, kittest.Ready())
	s := New(r.UI, r.Fake, &kittest.OBSHosts{Engine: r.Fake}, Appearance{}, NewOBSSheets(r.UI, r.Fake), Sounds{})
	for address, warned := range map[string]bool{
		"192.168.0.5:4455": true, "obs.local": true, "": false, "localhost:4455": false, "127.0.0.1": false, "[::1]:4455": false, "a b": false,
	} {
		s.obs.address.SetText(address)
		s.obs.showAddressHint(address)
		if got := strings.Contains(test.RenderObjectToMarkup(s.obs.address), "ws://"); got != warned {
			t.Errorf("%q is warned of: %v", address, got)
		}
	}
}

// The password was kept unseen, and told to be wrong at the next start.
func TestAWrongPasswordIsToldWhereItWasTyped(t *testing.T) {
	r := kittest.NewRig(t, kittest.Ready())
	sheets := NewOBSSheets(r.UI, r.Fake)
	r.Show(New(r.UI, r.Fake, &kittest.OBSHosts{Engine: r.Fake}, Appearance{}, sheets, Sounds{}))
	r.Fake.Fail["password"] = &obs.Error{Kind: obs.ErrPassword, Op: "connect"}
	sheets.AskPassword()
	field := r.Fields()[0]
	field.SetText("wrong")
	r.Press(r.Button(r.Text("obs.password.do")))
	wrong := r.Explain(r.Fake.Fail["password"]).What
	r.Until("the refusal", func() bool { return strings.Contains(test.RenderObjectToMarkup(field), wrong) })
	if field.Text() == "" {
		t.Error("what was typed is gone")
	}
}

func TestEnterSendsTheOBSPassword(t *testing.T) {
	r := kittest.NewRig(t, kittest.WrongPassword())
	NewOBSSheets(r.UI, r.Fake).AskPassword()
	widgettest.TypeText(r.Win, "hunter-22")
	widgettest.TypeKeys(r.Win, fyne.KeyReturn)
	r.Clock.Advance(time.Second)
	r.Until("the password", func() bool { return r.Fake.Called("password") })
	r.Settle()
	if r.Sheet() != nil || r.Fake.Password.Reveal() != "hunter-22" {
		t.Error("another password was sent, or the question stays")
	}
}

func TestTheHelpWithOBSHasTheKeyboard(t *testing.T) {
	r := kittest.NewRig(t, kittest.NoOBS())
	NewOBSSheets(r.UI, r.Fake).Help()
	widgettest.TypeKeys(r.Win, fyne.KeyReturn)
	if !r.Fake.Called("retry") || r.Sheet() == nil {
		t.Errorf("Enter does %v", r.Fake.Calls)
	}
}

// The help used to say "connected" in a message and stay, and to lie over the question
// for the password, where it was opened with OBS there.
func TestTheHelpWithOBSIsOpenedInEveryState(t *testing.T) {
	r := kittest.NewRig(t, kittest.Ready())
	NewOBSSheets(r.UI, r.Fake).Help()
	if r.Sheet() == nil || len(r.Layer.Toasts()) != 0 {
		t.Errorf("with OBS there: %d messages", len(r.Layer.Toasts()))
	}
	r.Fake.Set(func(s *state.State) { *s = kittest.NoOBS() })
	r.Render()
	r.Fake.Set(func(s *state.State) { *s = kittest.Ready() })
	r.Render()
	if r.Sheet() != nil || len(r.Layer.Toasts()) != 1 {
		t.Error("it stays once OBS is reached")
	}
	r.Fake.Set(func(s *state.State) { *s = kittest.WrongPassword() })
	r.Render()
	NewOBSSheets(r.UI, r.Fake).Help()
	if fields := r.Fields(); len(fields) != 1 {
		t.Fatalf("%d fields where the password is asked for", len(fields))
	}
	if r.CloseSheet(); r.Win.Canvas().Overlays().Top() != nil {
		t.Error("something is left over the window")
	}
}
