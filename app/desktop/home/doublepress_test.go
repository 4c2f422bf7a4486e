package home

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/widgets/control"
	"cuelight/widgets/widgettest"
)

// A double-click on "set up OBS" used to go live: the second click met the button
// after its words had changed.
func TestADoubleClickOnSetUpDoesNotGoLive(t *testing.T) {
	s := kittest.Ready()
	s.OBS.Matches = state.MatchNo
	r, h := opened(t, s)
	big := h.ready.big
	r.Press(big)
	r.Until("OBS is set up", func() bool { return r.Fake.Called("setup") })
	r.Fake.Set(func(s *state.State) { s.OBS.Matches = state.MatchYes })
	r.Render()
	if big.Text() != "방송 시작" || big.Disabled() {
		t.Fatalf("the button says %q and is disabled: %v", big.Text(), big.Disabled())
	}
	r.Clock.Advance(150 * time.Millisecond)
	r.Press(big)
	r.Win.Canvas().Focus(big)
	widgettest.TypeKeys(r.Win, fyne.KeySpace, fyne.KeyReturn)
	r.Settle()
	r.Clock.Advance(control.HoldOffTime)
	r.Settle()
	if r.Fake.Called("start") {
		t.Fatal("the second half of a double-click went live")
	}
	r.Press(big)
	r.Until("it goes live when asked to", func() bool { return r.Fake.Called("start") })
}
