package desktop

import (
	"strings"
	"testing"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/providers"
)

func onAirWithTwo() state.State {
	s := kittest.OnAir()
	s.Accounts = append(s.Accounts[:len(s.Accounts):len(s.Accounts)], providers.Account{Name: "second", Platform: "soop"})
	s.OBS.SendsFor = s.Account.Name
	return s
}

// Switching the account on air asked nothing.
func TestAnotherAccountIsAskedAboutOnAir(t *testing.T) {
	r := newRig(t, onAirWithTwo(), "dark", "ko")
	r.shell.open(kit.ScreenAccounts)
	r.render()
	r.tap(r.body(), "accounts.use")
	if r.Sheet() == nil || r.fake.Called("use second") {
		t.Fatal("nothing was asked")
	}
	r.press(r.button("이 계정 유지"))
	r.settle()
	if r.Sheet() != nil || r.fake.Called("use second") {
		t.Fatal("staying switched")
	}
	r.tap(r.body(), "accounts.use")
	r.press(r.button("다른 계정 사용"))
	r.until("the switch", func() bool { return r.fake.Called("use second") })
	r.Actions.AddAccount()
	if r.Sheet() == nil || r.welcome != nil {
		t.Error("a further account, which is used at once, was not asked about")
	}
}

func TestOnAirIsShownForTheAccountThatOBSSendsFor(t *testing.T) {
	s := onAirWithTwo()
	first := s.Account.Name
	s.Account.Name, s.Account.Nick, s.Live = "second", "다른 사람", state.LiveState{}
	r := newRig(t, s, "dark", "ko")
	if _, text := r.shell.bar.describeAir(s); text != "ON AIR · "+first {
		t.Errorf("the bar says %q", text)
	}
	r.tray = newTray(r.window, &fakeHost{})
	r.render()
	if !strings.Contains(r.tray.line, first) || strings.Contains(r.tray.line, "다른 사람") {
		t.Errorf("the tray says %q", r.tray.line)
	}
	r.shell.open(kit.ScreenAccounts)
	r.tap(r.body(), "accounts.use")
	if r.Sheet() != nil {
		t.Error("going back is asked about")
	}
}
