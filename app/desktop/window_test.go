package desktop

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/widgets/fakeclock"
	"cuelight/widgets/input"
	"cuelight/widgets/status"
)

func TestATokenIsWarnedOfBeforeItEndsAndReplaced(t *testing.T) {
	r := newRig(t, kittest.WithChannel(), "dark", "ko")
	r.fake.Expire(fakeclock.New().Now().Add(12*24*time.Hour + time.Hour))
	r.token.Replaced()
	r.render()
	r.settle()
	rows := r.rows()
	i := slices.IndexFunc(rows, func(row status.CheckRow) bool { return row.Title == "토큰이 12일 후 만료됩니다" })
	if i < 0 {
		t.Fatalf("no warning: %+v", rows)
	}
	rows[i].OnAction()
	kittest.Find[*input.TextField](r.Sheet())[0].SetText("new-token")
	r.press(r.button("확인 후 저장"))
	r.clock.Advance(kit.InputDelay)
	r.until("signed in", func() bool { return len(r.layer.Toasts()) > 0 })
	if r.fake.SignedInWith.Token.Reveal() != "new-token" {
		t.Error("another token was used")
	}
	r.fake.Expire(fakeclock.New().Now().Add(364 * 24 * time.Hour))
	r.token.Replaced()
	r.render()
	r.settle()
	if len(r.token.Warnings()) != 0 {
		t.Error("still warns")
	}
}

func TestACallThatWaitsItsTurnIsShownUntilItGoesOn(t *testing.T) {
	r := newRig(t, kittest.WithChannel(), "dark", "ko")
	r.fake.Set(func(s *state.State) { s.Account.WaitUntil = r.clock.Now().Add(9 * time.Second) })
	r.render()
	if _, text, _ := r.shell.bar.describeAccount(r.State()); !strings.Contains(text, "호출 대기 중") {
		t.Fatalf("says %q", text)
	}
	r.clock.Advance(10 * time.Second)
	if _, text, _ := r.shell.bar.describeAccount(r.State()); strings.Contains(text, "차례") || r.shell.bar.stopQueued != nil {
		t.Errorf("says %q when the wait is over", text)
	}
}

func TestAMessageNeverCoversTheBigButton(t *testing.T) {
	for _, size := range []fyne.Size{kit.WindowSize, narrow, fyne.NewSize(900, 500), fyne.NewSize(1400, 900)} {
		for name, state := range map[string]func() state.State{"on air": kittest.Streaming, "in trouble": kittest.Troubled, "ready": kittest.Unwell} {
			r := newRig(t, state(), "dark", "ko")
			r.win.Resize(size)
			r.render()
			for range 3 {
				r.ShowSuccess(strings.Repeat("긴 소식입니다. ", 12))
			}
			r.render()
			big := r.bigButton()
			drv := fyne.CurrentApp().Driver()
			at := drv.AbsolutePositionForObject(big)
			for _, box := range r.layer.Boxes() {
				if box.Position.X < at.X+big.Size().Width && box.Position.X+box.Size.Width > at.X &&
					box.Position.Y < at.Y+big.Size().Height && box.Position.Y+box.Size.Height > at.Y {
					t.Errorf("%s at %v: a message at %v covers the button at %v %v", name, size, box, at, big.Size())
				}
			}
		}
	}
}

func TestEndingAsksFirst(t *testing.T) {
	r := newRig(t, kittest.OnAir(), "dark", "ko")
	r.press(r.bigButton())
	if r.fake.Called("stop") || r.Sheet() == nil {
		t.Fatal("ended without asking")
	}
	r.escape()
	if r.Sheet() != nil {
		t.Fatal("Escape does not close the question")
	}
	r.press(r.bigButton())
	r.press(r.button("방송 종료"))
	r.until("stop", func() bool { return r.fake.Called("stop") })
}

func TestAnInterruptedSignInIsOfferedWhereItIsMissed(t *testing.T) {
	r := newRig(t, kittest.Ready(), "dark", "ko")
	r.ShowError(&providers.Error{Kind: providers.ErrSignIn})
	toast := r.layer.Toasts()[0]
	if toast.Action != "로그인" {
		t.Fatalf("offers %q", toast.Action)
	}
	toast.OnAction()
	r.until("signin", func() bool { return r.fake.Called("signin") })
}

func TestTheTimeOnAirRunsAndNothingElseDoes(t *testing.T) {
	r := newRig(t, kittest.OnAir(), "dark", "ko")
	if got := r.shell.bar.air.Time(); got != "01:24:07" {
		t.Fatalf("shows %q", got)
	}
	r.clock.Advance(3 * time.Second)
	if got := r.shell.bar.air.Time(); got != "01:24:10" {
		t.Errorf("three seconds later it shows %q", got)
	}
	r.fake.Set(func(s *state.State) { *s = kittest.Ready() })
	r.render()
	if n := r.clock.Pending(); n != 0 {
		t.Errorf("off air, %d timers keep the program awake", n)
	}
}

func TestTheRailLeadsToEveryScreen(t *testing.T) {
	s := kittest.SeveralAccounts()
	s.Account.Has = kittest.Everything()
	r := newRig(t, s, "light", "en")
	for _, place := range places() {
		r.shell.open(place.id)
		if r.shell.at != place.id || r.shell.rail.Selected() != string(place.id) || len(r.shell.holder.Objects) != 1 {
			t.Errorf("%s does not open", place.id)
		}
		r.render()
	}
}

func TestNoticesAreToldOnce(t *testing.T) {
	r := newRig(t, kittest.Ready(), "dark", "ko")
	r.fake.Set(func(s *state.State) {
		s.Notices = []state.Notice{{Seq: 1, Key: "keyring_memory", Err: errors.New("no bus")}}
	})
	r.render()
	r.render()
	if n := len(r.layer.Toasts()); n != 1 {
		t.Errorf("told %d times", n)
	}
}

func TestSomebodyWhoIsSignedInIsNotAskedAnything(t *testing.T) {
	r := newRig(t, kittest.Ready(), "dark", "ko")
	if r.welcome != nil || !r.entered {
		t.Error("the way in is shown to somebody who is in")
	}
	r.fake.Set(func(s *state.State) { s.Account.SignedIn = state.SignedOut })
	r.render()
	if r.welcome != nil {
		t.Error("a lost sign-in throws the user out of where they were")
	}
}

func TestOBSPasswordIsAskedForKeptAndForgottenOnScreen(t *testing.T) {
	r := newRig(t, kittest.WrongPassword(), "dark", "ko")
	r.press(r.bigButton())
	if r.Sheet() == nil {
		t.Fatal("nothing asks for the password")
	}
	test.Type(r.win.Canvas().Focused(), "p4ss")
	if markup := test.RenderToMarkup(r.win.Canvas()); strings.Contains(markup, "p4ss") {
		t.Error("the password is on the screen")
	}
	r.press(r.button("연결"))
	r.until("the password", func() bool { return r.Sheet() == nil })
	if !r.fake.Password.Equal(secret.New("p4ss")) {
		t.Error("another password was given on")
	}
}

func TestLanguageAndThemeChangeAtOnce(t *testing.T) {
	r := newRig(t, kittest.Ready(), "dark", "ko")
	r.shell.open(kit.ScreenSettings)
	r.setLanguage("en")
	if r.shell.at != kit.ScreenSettings || r.Words().Lang() != "en" || r.bigButton().Text() != "Go live" {
		t.Errorf("at %s, in %s, says %q", r.shell.at, r.Words().Lang(), r.bigButton().Text())
	}
	before := r.win.Canvas().Capture().At(400, 30)
	r.setTheme("light")
	r.render()
	if after := r.win.Canvas().Capture().At(400, 30); after == before {
		t.Error("the theme did not change")
	}
}

func TestClosingWithoutATrayQuitsAndAsksWhileOnAir(t *testing.T) {
	r := newRig(t, kittest.OnAir(), "dark", "ko")
	r.onClose()
	if r.Sheet() == nil || r.life.Err() != nil {
		t.Fatal("quit in the middle of a broadcast without a word")
	}
	r.press(r.button("취소"))
	r.fake.Set(func(s *state.State) { *s = kittest.Ready() })
	r.onClose()
	if r.life.Err() == nil {
		t.Error("the window closed and the program goes on, with nothing to be seen of it")
	}
	if r.fake.Called("stop") {
		t.Error("quitting stopped OBS")
	}
}

func TestAScreenThatThePlatformHasNotIsAbsent(t *testing.T) {
	r := newRig(t, kittest.Ready(), "dark", "ko")
	r.shell.open(kit.ScreenDiscover)
	if r.shell.at != kit.ScreenHome {
		t.Errorf("at %s", r.shell.at)
	}
	r.fake.Set(func(s *state.State) { s.Account.Has = kittest.Everything() })
	r.render()
	r.shell.open(kit.ScreenDiscover)
	if r.shell.at != kit.ScreenDiscover {
		t.Fatal("it is not there where the platform has it")
	}
	r.settle()
	r.fake.Set(func(s *state.State) { s.Account.Has.Directory = false })
	r.render()
	if r.shell.at != kit.ScreenHome {
		t.Error("one stays on a screen that is gone")
	}
}
