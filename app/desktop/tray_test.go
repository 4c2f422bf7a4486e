package desktop

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/widgets/control"
)

// fakeHost is a desktop with a tray.
type fakeHost struct {
	menus []*fyne.Menu
	icons []fyne.Resource
}

func (h *fakeHost) SetSystemTrayMenu(m *fyne.Menu) { h.menus = append(h.menus, m) }

func (h *fakeHost) SetSystemTrayIcon(icon fyne.Resource) { h.icons = append(h.icons, icon) }

func (h *fakeHost) SetSystemTrayWindow(fyne.Window) {}

func TestTheTrayIsRebuiltOnlyWhenItLooksDifferent(t *testing.T) {
	r := newRig(t, kittest.Ready(), "dark", "ko")
	host := &fakeHost{}
	r.tray = newTray(r.window, host)
	r.render()
	r.fake.Set(func(s *state.State) { s.Live.Viewers = 3 })
	r.render()
	if len(host.menus) != 1 || len(host.icons) != 1 {
		t.Fatalf("%d menus and %d icons for one look", len(host.menus), len(host.icons))
	}
	r.fake.Set(func(s *state.State) { *s = kittest.OnAir() })
	r.render()
	if len(host.menus) != 2 || len(host.icons) != 2 {
		t.Fatalf("%d menus and %d icons for two looks", len(host.menus), len(host.icons))
	}
	var labels []string
	for _, item := range host.menus[1].Items {
		labels = append(labels, item.Label)
	}
	if got := strings.Join(labels, "|"); got != "자러가자 · 방송 중||OBS 설정하기|방송 종료|시청 주소 복사||Cuelight 열기|Cuelight 종료" {
		t.Errorf("the menu is %s", got)
	}
	host.menus[1].Items[4].Action()
	r.until("the copied address", func() bool { return r.Clipboard().Content() == kittest.OnAir().Live.WatchURL })
	r.onClose()
	if r.life.Err() != nil {
		t.Error("closing quits although the tray stays")
	}
}

func TestADesktopThatDoesNotSayHasNoTray(t *testing.T) {
	r := newRig(t, kittest.Ready(), "dark", "ko")
	r.setUpTray(probeTray(nil))
	if r.tray != nil {
		t.Error("a tray nobody asked for")
	}
	silent := make(chan bool)
	r.setUpTray(silent)
	if r.tray != nil {
		t.Error("a tray on a desktop that never answered")
	}
}

// An entry of a menu that stays open does what it said when it was opened, or nothing.
func TestTheTraysEntryNeverDoesAnotherStepThanItSays(t *testing.T) {
	s := kittest.Ready()
	s.OBS.Matches = state.MatchNo
	r := newRig(t, s, "dark", "ko")
	host := &fakeHost{}
	r.tray = newTray(r.window, host)
	r.render()
	next := func(text string) *fyne.MenuItem {
		for _, item := range host.menus[len(host.menus)-1].Items {
			if item.Label == text {
				return item
			}
		}
		t.Fatalf("no entry says %q", text)
		return nil
	}
	opened := next("OBS 설정하기")
	r.fake.Set(func(s *state.State) { s.OBS.Matches = state.MatchYes })
	opened.Action() // the State is newer than the menu
	r.settle()
	r.render()
	r.clock.Advance(150 * time.Millisecond)
	next("방송 시작").Action()
	r.settle()
	if r.fake.Called("start") {
		t.Fatal("went live by an entry that meant something else a moment ago")
	}
	r.clock.Advance(control.HoldOffTime)
	next("방송 시작").Action()
	r.until("it goes live when asked to", func() bool { return r.fake.Called("start") })
}

func TestPresetsAreAppliedFromTheTrayAndByNumber(t *testing.T) {
	r := newRig(t, kittest.WithPresets(kittest.OnAir()), "dark", "ko")
	host := &fakeHost{}
	r.tray = newTray(r.window, host)
	r.render()
	var offered []*fyne.MenuItem
	for _, item := range host.menus[0].Items {
		if item.Label == r.Text("screen.presets") {
			offered = item.ChildMenu.Items
		}
	}
	if len(offered) != 4 || offered[1].Label != "소통" {
		t.Fatalf("%d presets are offered", len(offered))
	}
	offered[1].Action()
	r.until("the tray's", func() bool { return r.fake.Called("apply preset 소통") })
	r.presets.ApplyNumber(2)
	r.presets.ApplyNumber(8)
	r.until("the key's", func() bool { return r.fake.Called("apply preset 합방 – 종겜") })
	r.fake.Set(func(s *state.State) { s.Presets = nil })
	r.render()
	if len(host.menus) != 2 {
		t.Errorf("%d menus after the presets have gone", len(host.menus))
	}
}

// Leaving a broadcast is asked about wherever it is begun; a question that comes up in a
// hidden window was never seen, such as the one about warnings, which comes later.
func TestWhatTheTrayAsksShowsTheWindow(t *testing.T) {
	r := newRig(t, onAirWithTwo(), "dark", "ko")
	host, raised := &fakeHost{}, 0
	r.tray = newTray(r.window, host)
	r.tray.raise = func() { raised++ }
	r.render()
	entry := func(label string) *fyne.MenuItem {
		for _, item := range host.menus[len(host.menus)-1].Items {
			if item.Label == label {
				return item
			}
		}
		t.Fatalf("no entry says %q", label)
		return nil
	}
	others := entry(r.Text("screen.accounts")).ChildMenu.Items
	if len(others) != len(r.State().Accounts) || !others[0].Checked || others[1].Checked {
		t.Fatalf("the accounts are %+v", others)
	}
	others[0].Action() // the one in use
	others[1].Action()
	r.until("the question", func() bool { return r.Sheet() != nil })
	if raised != 1 || r.fake.Called("use second") {
		t.Fatalf("raised %d times; switched: %v", raised, r.fake.Called("use second"))
	}
	r.press(r.button("다른 계정 사용"))
	r.until("the switch", func() bool { return r.fake.Called("use second") })

	r.fake.Set(func(s *state.State) { *s = kittest.Ready() })
	r.fake.Fail["start"] = &state.WarnedError{Checks: []state.Preflight{{ID: state.PreScene, State: state.StepWarned, Reason: "empty"}}}
	r.render()
	r.clock.Advance(control.HoldOffTime)
	entry("방송 시작").Action()
	r.until("the question about warnings", func() bool { return r.Sheet() != nil })
	if raised != 2 {
		t.Errorf("raised %d times", raised)
	}
	r.escape()
	r.Actions.Stop()
	if raised != 2 {
		t.Error("a question of the window itself raises it")
	}
}
