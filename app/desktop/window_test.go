package desktop

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/widgets/status"
)

func TestOBSPasswordIsAskedForKeptAndForgottenOnScreen(t *testing.T) {
	r := newRig(t, wrongPassword(), "dark", "ko")
	r.press(r.shell.home.ready.big)
	if r.sheet == nil {
		t.Fatal("nothing asks for the password")
	}
	test.Type(r.win.Canvas().Focused(), "p4ss")
	if markup := test.RenderToMarkup(r.win.Canvas()); contains(markup, "p4ss") {
		t.Error("the password is on the screen")
	}
	r.press(r.button("연결하기"))
	r.until("the password", func() bool { return r.sheet == nil })
	if !r.fake.password.Equal(secret.New("p4ss")) {
		t.Error("another password was given on")
	}
}

func TestRemovingAnAccountSaysWhatIsLostAndAsks(t *testing.T) {
	r := newRig(t, several(), "dark", "ko")
	r.shell.open(screenAccounts)
	a := r.shell.made[screenAccounts].(*accounts)
	a.remove(newAccount())
	r.press(r.button("취소"))
	a.remove(newAccount())
	r.press(r.button("계정 삭제"))
	r.until("the removal", func() bool { return r.fake.called("remove 본방") })
}

func TestLanguageAndThemeChangeAtOnce(t *testing.T) {
	r := newRig(t, full(), "dark", "ko")
	r.shell.open(screenSettings)
	r.speak("en")
	if r.shell.at != screenSettings || r.words.Lang() != "en" || r.shell.home.ready.big.Text() != "Go live" {
		t.Errorf("at %s, in %s, says %q", r.shell.at, r.words.Lang(), r.shell.home.ready.big.Text())
	}
	before := r.win.Canvas().Capture().At(400, 30)
	r.wear("light")
	r.render()
	if after := r.win.Canvas().Capture().At(400, 30); after == before {
		t.Error("the theme did not change")
	}
}

func TestAddressesOfOBSAreChecked(t *testing.T) {
	r := newRig(t, full(), "dark", "ko")
	for address, right := range map[string]bool{
		"": true, "192.168.0.5:4455": true, "obs.local": true, "[::1]:4455": true,
		"192.168.0.5:99999": false, "a b:4455": false, ":4455": false,
	} {
		if got := r.addressProblem(address) == ""; got != right {
			t.Errorf("%q is right: %v", address, got)
		}
	}
}

func TestClosingWithoutATrayQuitsAndAsksWhileOnAir(t *testing.T) {
	r := newRig(t, onAir(), "dark", "ko")
	r.closing()
	if r.sheet == nil || r.life.Err() != nil {
		t.Fatal("quit in the middle of a broadcast without a word")
	}
	r.press(r.button("종료하지 않기"))
	r.fake.set(func(s *state.State) { *s = full() })
	r.closing()
	if r.life.Err() == nil {
		t.Error("the window closed and the program goes on, with nothing to be seen of it")
	}
	if r.fake.called("stop") {
		t.Error("quitting stopped OBS")
	}
}

// fakeHost is a desktop with a tray.
type fakeHost struct {
	menus []*fyne.Menu
	icons []fyne.Resource
}

func (h *fakeHost) SetSystemTrayMenu(m *fyne.Menu)       { h.menus = append(h.menus, m) }
func (h *fakeHost) SetSystemTrayIcon(icon fyne.Resource) { h.icons = append(h.icons, icon) }
func (h *fakeHost) SetSystemTrayWindow(fyne.Window)      {}

func TestTheTrayIsRebuiltOnlyWhenItLooksDifferent(t *testing.T) {
	r := newRig(t, full(), "dark", "ko")
	host := &fakeHost{}
	r.tray = &tray{face: r.face, host: host, cue: status.CueState(-1)}
	r.render()
	r.fake.set(func(s *state.State) { s.Live.Viewers = 3 })
	r.render()
	if len(host.menus) != 1 || len(host.icons) != 1 {
		t.Fatalf("%d menus and %d icons for one look", len(host.menus), len(host.icons))
	}
	r.fake.set(func(s *state.State) { *s = onAir() })
	r.render()
	if len(host.menus) != 2 || len(host.icons) != 2 {
		t.Fatalf("%d menus and %d icons for two looks", len(host.menus), len(host.icons))
	}
	var labels []string
	for _, item := range host.menus[1].Items {
		labels = append(labels, item.Label)
	}
	if got := strings.Join(labels, "|"); got != "자러가자 · 방송 중||OBS 설정하기|방송 끝내기|시청 주소 복사||Cuelight 열기|Cuelight 종료" {
		t.Errorf("the menu is %s", got)
	}
	host.menus[1].Items[4].Action()
	r.until("the copied address", func() bool { return r.app.Clipboard().Content() == onAir().Live.WatchURL })
	r.closing()
	if r.life.Err() != nil {
		t.Error("closing quits although the tray stays")
	}
}

func TestADesktopThatDoesNotSayHasNoTray(t *testing.T) {
	r := newRig(t, full(), "dark", "ko")
	r.raiseTray(askForTray(nil))
	if r.tray != nil {
		t.Error("a tray nobody asked for")
	}
	silent := make(chan bool)
	r.raiseTray(silent)
	if r.tray != nil {
		t.Error("a tray on a desktop that never answered")
	}
}
