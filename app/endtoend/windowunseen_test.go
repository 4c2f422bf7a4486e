//go:build linux

package endtoend

import (
	"image"
	"testing"
	"time"

	"cuelight/internal/realparts"
)

// lossGrace is how long an OBS that fell silent is waited for before it is rung for.
const lossGrace = 4 * time.Second

// strip is where the strip is that tells of an OBS out of sight.
var strip = image.Rect(156, 98, 1200, 170)

// hitch freezes OBS for as long as a switch of large scene collections takes.
func (w *window) hitch(t *testing.T, s *studio, desk *realparts.Notifications) {
	t.Helper()
	s.obs.Freeze()
	t.Cleanup(s.obs.Thaw)
	time.Sleep(3500 * time.Millisecond)
	s.obs.Thaw()
	for until := time.Now().Add(lossGrace + time.Second); time.Now().Before(until); {
		if w.alarmed(t) {
			t.Error("there is a red strip for a hitch")
			break
		}
	}
	if shown := desk.Shown(); len(shown) != 0 {
		t.Errorf("the desktop was to show %+v for a hitch", shown)
	}
	waitFor(t, 20*time.Second, "the red sign of being on air", func() bool { return w.showsOnAir(t) })
}

// kicked ends Cuelight's session in OBS's own dialog: the broadcast goes on, nothing
// rings, and the window says what it can see no more.
func (w *window) kicked(t *testing.T, s *studio, desk *realparts.Notifications) {
	t.Helper()
	rung := len(desk.Shown())
	s.behind.Close() // OBS lists the oldest session first
	if err := s.obs.UI.KickSession(t.Context()); err != nil {
		t.Fatal(err)
	}
	var again []image.Rectangle
	waitFor(t, 20*time.Second, "the strip with its button", func() bool {
		again = realparts.Patches(crop(w.Picture(t), strip), primary)
		return len(again) > 0
	})
	w.settle(t)
	w.Screenshot(t, picture("window-11-kicked"))
	if w.alarmed(t) || w.showsOnAir(t) {
		t.Error("it is told as a loss, or as if OBS were seen")
	}
	if !s.platform.state(t).OnAir {
		t.Error("the broadcast has ended")
	}
	w.Click(t, realparts.Center(again[0]))
	waitFor(t, 20*time.Second, "OBS to be seen again", func() bool { return w.showsOnAir(t) })
	if n := len(desk.Shown()); n != rung {
		t.Errorf("%d notifications for a kick", n-rung)
	}
}

// showsOnAir reports whether the bar has the filled red sign.
func (w *window) showsOnAir(t *testing.T) bool {
	t.Helper()
	return len(realparts.Patches(crop(w.Picture(t), image.Rect(1000, 40, 1200, 98)), red)) > 0
}
