//go:build linux

package endtoend

import (
	"image"
	"testing"
	"time"

	"cuelight/internal/realparts"
)

// What the user sets in OBS after Cuelight has set it up.
const (
	newerServer = "rtmp://127.0.0.1:9/newer"
	newerKey    = "a-newer-stream-key-55e0"
)

// restoreButton is where "put the earlier settings back" is once the list of what is to
// be done is scrolled to its end.
var restoreButton = image.Pt(905, 640)

// TestRealNewerSettingsAreWrittenOverOnlyWhenSaid puts OBS back through the window
// after its user has set it to something else: Enter and Escape keep that.
func TestRealNewerSettingsAreWrittenOverOnlyWhenSaid(t *testing.T) {
	s := startStudio(t)
	s.platform.addAccount(t, s.user)
	s.platform.byNumber(t, s.user)
	s.user.do(t, "setup")
	s.behind.SetService(t, newerServer, newerKey)
	w := openWindow(t, s.user)
	w.settle(t)
	w.Click(t, restoreButton.Sub(image.Pt(-200, 300)))
	w.Scroll(t, 30)
	w.settle(t)
	w.Screenshot(t, picture("restoring-1-newer"))
	kept := func(after string) {
		t.Helper()
		if now := s.behind.Service(t); now.Server != newerServer || now.Key != newerKey {
			t.Fatalf("%s: OBS sends to %s", after, now.Server)
		}
	}
	ask := func() (over image.Point) {
		t.Helper()
		w.Click(t, restoreButton)
		waitFor(t, 20*time.Second, "the question", func() bool {
			patches := realparts.Patches(w.Picture(t), red)
			if len(patches) > 0 {
				over = realparts.Center(patches[0])
			}
			return len(patches) > 0
		})
		return over
	}
	gone := func(after string) {
		t.Helper()
		waitFor(t, 10*time.Second, "the question to be gone", func() bool { return len(realparts.Patches(w.Picture(t), red)) == 0 })
		kept(after)
	}
	ask()
	w.read(t)
	w.Screenshot(t, picture("restoring-2-asked"))
	kept("the question")
	w.Key(t, "Return") // the safe answer has the keyboard
	gone("Enter")
	ask()
	w.Key(t, "Escape")
	gone("Escape")
	over := ask()
	w.read(t)
	w.Click(t, over)
	waitFor(t, 20*time.Second, "the earlier settings", func() bool { return s.behind.Service(t).Server == earlierServer })
	if now := s.behind.Service(t); now.Key != earlierKey {
		t.Error("another key came back")
	}
	w.settle(t)
	w.Screenshot(t, picture("restoring-3-earlier"))
	w.process.Interrupt()
	s.checkNothingLeaked(t, []secret{{"newer stream key", newerKey}})
}
