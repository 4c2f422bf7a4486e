package alarm

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/widgets/control"
)

// told notes what reaches the user outside the window.
type told struct {
	said     []string
	attracts int
	bells    int
	// silent: the last one was to make no sound.
	silent bool
}

func (n *told) Notify(_ context.Context, title, text string, silent bool) error {
	n.said, n.silent = append(n.said, title+" / "+text), silent
	return nil
}

func (n *told) Attract(fyne.Window) { n.attracts++ }

func (n *told) Bell() { n.bells++ }

func TestALossReachesTheUserOnceOutsideTheWindow(t *testing.T) {
	r := kittest.NewRig(t, kittest.OnAir())
	n := &told{}
	w := NewWatch(r.UI, Outside{Notifier: n})
	w.Update(kittest.OnAir())
	lost := kittest.LostOnAir()
	for range 5 {
		w.Update(lost)
	}
	r.Settle()
	want := []string{r.Text("alarm.obs_lost.title") + " / " + r.Text("alarm.obs_lost")}
	if !slices.Equal(n.said, want) || n.attracts != 1 {
		t.Errorf("said %q, attracted %d times", n.said, n.attracts)
	}
	for _, private := range []string{lost.Account.Nick, lost.Broadcast.Confirmed.Title, lost.Account.PlatformName} {
		if strings.Contains(strings.Join(n.said, ""), private) {
			t.Errorf("%q leaves the window", private)
		}
	}
}

func TestNobodyIsReachedWithoutANotifier(t *testing.T) {
	r := kittest.NewRig(t, kittest.OnAir())
	NewWatch(r.UI, Outside{}).Update(kittest.LostOnAir())
}

func TestTheStripSaysWhatHappenedAndCountsOn(t *testing.T) {
	r := kittest.NewRig(t, kittest.LostOnAir())
	b := NewBanner(r.UI, r.Fake)
	if !b.Update(kittest.LostOnAir()) || !b.Object.Visible() {
		t.Fatal("there is no strip")
	}
	if !strings.Contains(b.Object.Title(), "SOOP에서는 아직 방송 중") {
		t.Errorf("says %q", b.Object.Title())
	}
	if !strings.Contains(b.Object.Detail(), "4:46") {
		t.Errorf("says %q", b.Object.Detail())
	}
	r.Clock.Advance(2 * time.Second)
	if !strings.Contains(b.Object.Detail(), "4:44") {
		t.Errorf("after two seconds it says %q", b.Object.Detail())
	}
	if b.Update(kittest.LostOnAir()) {
		t.Error("the same State changes its height")
	}
	if !b.Update(kittest.OnAir()) || b.Object.Visible() {
		t.Error("the strip stays once OBS is back")
	}
}

func TestTheStripPromisesNothingThatThePlatformDoesNotSay(t *testing.T) {
	r := kittest.NewRig(t, kittest.LostOnAir())
	b := NewBanner(r.UI, r.Fake)
	s := kittest.LostOnAir()
	s.Live = state.LiveState{}
	b.Update(s)
	if strings.Contains(b.Object.Title(), "아직 방송 중") {
		t.Errorf("says %q, though the platform tells nothing", b.Object.Title())
	}
	for _, button := range kittest.Find[*control.Button](b.Object) {
		if button.Visible() && button.Text() == r.Text("alarm.watch") {
			t.Error("offers a page that there is not")
		}
	}
}

func TestWhatTheStripOffers(t *testing.T) {
	r := kittest.NewRig(t, kittest.LostOnAir())
	b := NewBanner(r.UI, r.Fake)
	b.Update(kittest.LostOnAir())
	for key, call := range map[string]string{
		"alarm.retry": "retry", "alarm.watch": "open " + kittest.OnAir().Live.WatchURL, "alarm.dismiss": "dismiss loss",
	} {
		r.Press(kittest.ButtonIn(t, b.Object, r.Text(key)))
		r.Settle()
		if !r.Fake.Called(call) {
			t.Errorf("%s does not lead to %q but to %v", key, call, r.Fake.Calls)
		}
	}
}

// A freeze of three or four seconds, as at a switch of scene collections, used to ring.
func TestAFreezeRingsOnlyWhenItLasts(t *testing.T) {
	r := kittest.NewRig(t, kittest.OnAir())
	n := &told{}
	w, b := NewWatch(r.UI, Outside{Notifier: n}), NewBanner(r.UI, r.Fake)
	update := func() {
		w.Update(r.Latest())
		b.Update(r.Latest())
	}
	silent := func() {
		r.Fake.Set(func(s *state.State) {
			*s = state.Reduce(kittest.OnAir(), state.LinkChanged{Link: state.LinkWaiting, Transient: true, At: r.Clock.Now()})
		})
		update()
	}
	silent()
	r.Clock.Advance(2 * time.Second)
	r.Settle()
	if len(n.said) != 0 || b.Object.Visible() {
		t.Fatalf("a freeze of two seconds: %q, a strip: %v", n.said, b.Object.Visible())
	}
	r.Fake.Set(func(s *state.State) { *s = state.Reduce(*s, state.StreamChanged{Stream: state.StreamOn}) })
	update()
	r.Clock.Advance(time.Minute)
	r.Settle()
	if len(n.said) != 0 {
		t.Fatalf("rings for an OBS that is back: %q", n.said)
	}
	silent()
	r.Clock.Advance(state.LossGrace)
	r.Settle()
	update()
	if len(n.said) != 1 || !b.Object.Visible() {
		t.Errorf("a freeze that lasts: %q, a strip: %v", n.said, b.Object.Visible())
	}
}

func TestAnOBSThatShutsCuelightOutRingsForNothingAndSaysSo(t *testing.T) {
	r := kittest.NewRig(t, kittest.OnAir())
	n := &told{}
	w, b := NewWatch(r.UI, Outside{Notifier: n}), NewBanner(r.UI, r.Fake)
	// The last one's button is pressed below.
	for _, c := range []struct {
		link state.LinkState
		says string
	}{{state.LinkKicked, "연결을 끊었습니다"}, {state.LinkPassword, "비밀번호가 바뀌었습니다"}} {
		link, says := c.link, c.says
		s := state.Reduce(kittest.OnAir(), state.LinkChanged{Link: link, At: r.Clock.Now()})
		r.Fake.Set(func(now *state.State) { *now = s })
		w.Update(s)
		b.Update(s)
		r.Settle()
		if len(n.said) != 0 || n.attracts != 0 {
			t.Errorf("rings: %q", n.said)
		}
		if !b.Object.Visible() || !strings.Contains(b.Object.Title(), says) || !strings.Contains(b.Object.Title(), "OBS에서 계속됩니다") {
			t.Errorf("link %d: says %q", link, b.Object.Title())
		}
	}
	r.Press(kittest.ButtonIn(t, b.Object, r.Text("action.obs_password")))
	if !r.Fake.Called("action AskOBSPassword") {
		t.Error("the password is not asked for")
	}
}
