//go:build linux

package endtoend

import (
	"image"
	"image/color"
	"image/draw"
	"testing"
	"time"

	"cuelight/internal/realparts"
)

// amber is the dark theme's colour of what waits.
var amber = color.RGBA{R: 0xFF, G: 0xB0, B: 0x20, A: 0xFF}

// Where things are in a window of the size it opens with, on its screen.
var (
	keepMine  = image.Pt(235, 317)
	dismissal = image.Pt(1139, 132)
	// The end of the broadcast screen's page.
	hideSwitch     = image.Pt(632, 415)
	passwordSwitch = image.Pt(632, 466)
	passwordRow    = image.Rect(190, 445, 656, 493)
)

// TestRealOnAirThroughTheWindow is somebody on air to whom things happen: a title that
// somebody else changes meanwhile, a password that is never typed, an OBS that hitches
// and one that freezes, and one whose user ends Cuelight's session.
func TestRealOnAirThroughTheWindow(t *testing.T) {
	s := startStudio(t)
	p, u := s.platform, s.user
	p.addAccount(t, u)
	p.byNumber(t, u)
	u.do(t, "setup")
	u.do(t, "start")
	desk := realparts.StartNotifications(t, s.keyring.Session)
	w := openWindow(t, u)
	waitFor(t, 30*time.Second, "the red sign of being on air", func() bool { return len(realparts.Patches(w.Picture(t), red)) > 0 })

	w.titleInConflict(t, p, u)
	w.passwordNeverTyped(t)
	w.hitch(t, s, desk)
	w.frozenOBS(t, s, desk)
	w.kicked(t, s, desk)

	w.process.Interrupt()
	s.checkNothingLeaked(t, nil)
}

// titleInConflict changes the title here and elsewhere; nothing is sent before the
// user has chosen.
func (w *window) titleInConflict(t *testing.T, p *platform, u *user) {
	t.Helper()
	w.settle(t)
	w.Click(t, titleField)
	w.Key(t, "ctrl+a")
	w.Type(t, "Mine")
	u.do(t, "update", "--title", "Theirs")
	w.Key(t, "ctrl+Return")
	waitFor(t, 20*time.Second, "the choice below the title", func() bool {
		return len(realparts.Patches(crop(w.Picture(t), image.Rect(190, 273, 1120, 343)), color.RGBA{R: 0x36, G: 0x2B, B: 0x21, A: 0xFF})) > 0
	})
	w.settle(t)
	w.Screenshot(t, picture("window-8-conflict"))
	if got := p.state(t).Title; got != "Theirs" {
		t.Errorf("sent over what somebody else had set: %q", got)
	}
	w.Click(t, keepMine)
	w.settle(t)
	if got := p.state(t).Title; got != "Theirs" {
		t.Errorf("the choice alone has sent %q", got)
	}
	w.Key(t, "ctrl+Return")
	waitFor(t, 20*time.Second, "the title that was chosen", func() bool { return p.state(t).Title == "Mine" })
}

// passwordNeverTyped switches the password on, types none and applies another field.
func (w *window) passwordNeverTyped(t *testing.T) {
	t.Helper()
	w.Key(t, "ctrl+2")
	w.settle(t)
	w.Click(t, titleField)
	w.Scroll(t, 30)
	w.settle(t)
	before := crop(w.Picture(t), passwordRow)
	waiting := func() bool {
		return color.RGBAModel.Convert(w.Picture(t).At(passwordSwitch.X, passwordSwitch.Y)) == amber
	}
	w.Click(t, passwordSwitch)
	waitFor(t, 10*time.Second, "the switch to wait for a password", waiting)
	w.Click(t, hideSwitch)
	w.settle(t)
	w.Screenshot(t, picture("window-9-password"))
	w.Key(t, "ctrl+Return")
	waitFor(t, 20*time.Second, "the switch to show that nobody set a password", func() bool {
		return !waiting() && realparts.Changed(before, crop(w.Picture(t), passwordRow)) < 50
	})
}

// frozenOBS stops OBS while the window is out of sight.
func (w *window) frozenOBS(t *testing.T, s *studio, desk *realparts.Notifications) {
	t.Helper()
	w.Key(t, "ctrl+1")
	w.Minimize(t, "Cuelight")
	s.obs.Freeze()
	t.Cleanup(s.obs.Thaw)
	waitFor(t, 60*time.Second, "a notification", func() bool { return len(desk.Shown()) > 0 })
	if one := desk.Shown()[0]; one.Title != "Your stream may be down" || one.Hints["urgency"] != byte(2) || one.Hints["sound-name"] == nil {
		t.Errorf("the desktop was to show %+v", one)
	}
	waitFor(t, 10*time.Second, "the window to demand attention", func() bool { return w.DemandsAttention(t, "Cuelight") })
	w.Activate(t, "Cuelight")
	w.settle(t)
	for i, screen := range []string{"ctrl+1", "ctrl+2"} {
		w.Key(t, screen)
		w.settle(t)
		w.Screenshot(t, picture("window-10-lost-"+string(rune('1'+i))))
		if !w.alarmed(t) {
			t.Errorf("%s: there is no red strip", screen)
		}
	}
	w.Click(t, dismissal)
	waitFor(t, 10*time.Second, "the strip to be gone", func() bool { return !w.alarmed(t) })
	s.obs.Thaw()
	waitFor(t, 40*time.Second, "OBS to be back", func() bool { return w.showsOnAir(t) })
	if n := len(desk.Shown()); n != 1 {
		t.Errorf("%d notifications for one loss", n)
	}
}

// alarmed reports whether the strip is there, by its red button.
func (w *window) alarmed(t *testing.T) bool {
	t.Helper()
	return len(realparts.Patches(crop(w.Picture(t), strip), red)) > 0
}

// crop gives a part of a picture, at its place.
func crop(picture image.Image, part image.Rectangle) image.Image {
	to := image.NewRGBA(picture.Bounds())
	draw.Draw(to, part, picture, part.Min, draw.Src)
	return to
}
