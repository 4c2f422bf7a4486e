//go:build linux

package endtoend

import (
	"image"
	"testing"
	"time"

	"cuelight/internal/realparts"
)

// TestNothingGoesOnAirUnasked drives the simulated window with real clicks.
func TestNothingGoesOnAirUnasked(t *testing.T) {
	u := newUser(t, realparts.StartKeyring(t).Session)
	u.do(t, "--sandbox", "login", "--number", "111111")
	w := openWindow(t, u, "--sandbox")
	obs := func(names ...string) any {
		return at(u.do(t, "--sandbox", "status", "--json").object(t), append([]string{"obs"}, names...)...)
	}
	streaming := func() bool { return obs("streaming") == true }

	w.settle(t)
	w.Screenshot(t, picture("asking-1-ready"))
	buttons := realparts.Patches(w.Picture(t), primary)
	if len(buttons) == 0 {
		t.Fatal("there is no button to set OBS up")
	}
	big := realparts.Center(buttons[len(buttons)-1])
	w.setUpInABurst(t, u, big)
	w.settle(t)
	w.Screenshot(t, picture("asking-2-set-up"))
	w.unsentChanges(t, u, big, streaming)

	ask := func() (yes image.Point) {
		w.Click(t, big) // go live
		waitFor(t, 20*time.Second, "the question about warnings", func() bool {
			yes = question(w.Picture(t), big)
			return yes != image.Point{}
		})
		w.read(t)
		return yes
	}
	ask()
	w.Screenshot(t, picture("asking-3-warned"))
	w.Key(t, "Return") // the safe choice has the keyboard
	w.settle(t)
	if streaming() {
		t.Fatal("went live before the warnings were answered with a yes")
	}
	w.Click(t, ask())
	waitFor(t, 20*time.Second, "OBS to stream", streaming)
	w.settle(t)
	w.Click(t, accountPill)
	w.settle(t)
	w.Screenshot(t, picture("asking-4-accounts"))

	account := func() any { return at(u.do(t, "--sandbox", "status", "--json").object(t), "account", "name") }
	leave := func() (yes image.Point) {
		w.Click(t, useSecond)
		waitFor(t, 20*time.Second, "the question about leaving", func() bool {
			yes = question(w.Picture(t), big)
			return yes != image.Point{}
		})
		w.read(t)
		return yes
	}
	leave()
	w.Screenshot(t, picture("asking-5-leaving"))
	w.Key(t, "Return")
	w.settle(t)
	if got := account(); got != "practice" {
		t.Fatalf("staying works with %v", got)
	}
	w.Click(t, leave())
	waitFor(t, 20*time.Second, "the other account", func() bool { return account() == "practice-kollus" })
	w.settle(t)
	w.Screenshot(t, picture("asking-6-on-air-elsewhere"))

	w.Click(t, closeButton)
	w.read(t)
	w.Screenshot(t, picture("asking-7-quit"))
	if !streaming() {
		t.Fatal("closing ended the broadcast before it was answered")
	}
	w.press(t, primary, true) // quit
	u.end(t, w.process)
	if streaming() {
		t.Error("the simulated broadcast goes on after its window was closed")
	}
}

// Where things are on the window's screen: what leads to the accounts, and the window
// manager's button that closes.
var (
	accountPill = image.Pt(240, 69)
	useSecond   = image.Pt(265, 467)
	closeButton = image.Pt(1189, 30)
)

// question gives where a question's own button is: in the middle of the window, above
// the big one. There is none where it is the zero point.
func question(p image.Image, big image.Point) image.Point {
	for _, patch := range realparts.Patches(p, primary) {
		if at := realparts.Center(patch); at.Y < big.Y-60 && at.Y > 200 && at.X > 400 {
			return at
		}
	}
	return image.Point{}
}
