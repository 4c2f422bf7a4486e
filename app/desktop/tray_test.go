package desktop

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
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
	if got := strings.Join(labels, "|"); got != "자러가자 · 방송 중||OBS 설정하기|방송 끝내기|시청 주소 복사||Cuelight 열기|Cuelight 종료" {
		t.Errorf("the menu is %s", got)
	}
	host.menus[1].Items[4].Action()
	r.until("the copied address", func() bool { return r.Clipboard().Content() == kittest.OnAir().Live.WatchURL })
	r.closing()
	if r.life.Err() != nil {
		t.Error("closing quits although the tray stays")
	}
}

func TestADesktopThatDoesNotSayHasNoTray(t *testing.T) {
	r := newRig(t, kittest.Ready(), "dark", "ko")
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
