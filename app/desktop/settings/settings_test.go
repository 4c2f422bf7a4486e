package settings

import (
	"testing"

	"cuelight/app/desktop/kit/kittest"
)

func TestAddressesOfOBSAreChecked(t *testing.T) {
	r := kittest.NewRig(t, kittest.Ready())
	s := New(r.UI, r.Fake, Appearance{}, NewOBSSheets(r.UI, r.Fake))
	for address, right := range map[string]bool{
		"": true, "192.168.0.5:4455": true, "obs.local": true, "[::1]:4455": true,
		"192.168.0.5:99999": false, "a b:4455": false, ":4455": false,
	} {
		if got := s.addressProblem(address) == ""; got != right {
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
