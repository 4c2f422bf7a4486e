package desktop

import (
	"errors"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cuelight/app/state"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/paint"
)

func TestTypingIsADraftThatARefreshDoesNotTouch(t *testing.T) {
	r := newRig(t, full(), "dark", "ko")
	title := r.shell.home.details.title
	title.SetText("")
	title.Focus()
	test.Type(r.win.Canvas().Focused(), "새 제목")
	r.render()
	if d := r.fake.State().Broadcast.Draft.Title; d == nil || *d != "새 제목" {
		t.Fatalf("the draft holds %v", d)
	}
	// The platform answers something else meanwhile.
	r.fake.set(func(s *state.State) { s.Broadcast.Confirmed.Title = "다른 곳에서 바꾼 제목" })
	r.render()
	test.Type(r.win.Canvas().Focused(), "!")
	r.render()
	if got := title.Text(); got != "새 제목!" {
		t.Errorf("the field became %q", got)
	}
}

func TestApplySendsTheDraftAMomentAfterThePress(t *testing.T) {
	r := newRig(t, full(), "dark", "ko")
	d := r.shell.home.details
	if !d.apply.Disabled() || !d.revert.Disabled() {
		t.Error("nothing is changed, and there is something to press")
	}
	title, tags := "다음 판", []string{"배그"}
	r.fake.Draft(providers.Patch{Title: &title, Hashtags: &tags})
	r.render()
	if got := d.apply.Text(); got != "변경 사항 2개 적용" {
		t.Errorf("the button says %q", got)
	}
	r.press(d.apply)
	if r.fake.called("apply") {
		t.Error("sent before the input method has settled")
	}
	r.clock.Advance(settle)
	r.until("the draft is applied", func() bool { return len(r.layer.Toasts()) > 0 })
	if sent := r.fake.applied; sent.Title == nil || *sent.Title != title || !slices.Equal(*sent.Hashtags, tags) || sent.Category != nil {
		t.Errorf("sent %+v", sent)
	}
	if !d.apply.Disabled() {
		t.Error("applied, and still something to press")
	}
}

func TestAFailedApplyKeepsTheDraftAndSaysWhy(t *testing.T) {
	r := newRig(t, full(), "dark", "ko")
	title := "다음 판"
	r.fake.fail["apply"] = &providers.Error{Kind: providers.ErrRefused, Message: "특수문자는 사용할 수 없습니다.", Code: "-1"}
	r.fake.Draft(providers.Patch{Title: &title})
	r.render()
	r.press(r.shell.home.details.apply)
	r.clock.Advance(settle)
	r.until("the failure is told", func() bool { return len(r.layer.Toasts()) > 0 })
	toast := r.layer.Toasts()[0]
	if toast.Tone != paint.ToneBad || !contains(toast.Text, "특수문자는 사용할 수 없습니다.") {
		t.Errorf("said %+v", toast)
	}
	if got := r.shell.home.details.title.Text(); got != title {
		t.Errorf("the field became %q", got)
	}
}

func TestADraftWithAProblemCannotBeSent(t *testing.T) {
	r := newRig(t, full(), "dark", "ko")
	tags := []string{"a_b"}
	r.fake.Draft(providers.Patch{Hashtags: &tags})
	r.fake.set(func(s *state.State) {
		s.Broadcast.Problems = map[providers.FieldID]error{
			providers.FieldHashtags: &providers.Error{Kind: providers.ErrUsage, Field: "hashtags", Reason: "hashtags.characters"},
		}
	})
	r.render()
	d := r.shell.home.details
	if !d.apply.Disabled() || d.tags.Problem() == "" {
		t.Errorf("can be sent: %v; says %q", !d.apply.Disabled(), d.tags.Problem())
	}
	r.apply()
	r.clock.Advance(settle)
	if r.fake.called("apply") {
		t.Error("the shortcut sent it all the same")
	}
}

func TestOnlyFieldsOfThePlatformAreThere(t *testing.T) {
	s := full()
	s.Broadcast.Limits = providers.Limits{providers.FieldTitle: {Max: 20}}
	r := newRig(t, s, "dark", "ko")
	d := r.shell.home.details
	if !d.title.Visible() || d.category.picker.Visible() || d.tags.Visible() {
		t.Error("a platform with a title alone shows other fields")
	}
}

func TestTheBigButtonIsTheNextStep(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*state.State)
		text   string
		call   string
	}{
		"signed out":   {func(s *state.State) { s.Account.SignedIn = state.SignedOut }, "로그인하기", "signin"},
		"no OBS":       {func(s *state.State) { s.OBS.Link = state.LinkWaiting }, "OBS 설정하기", ""},
		"kicked":       {func(s *state.State) { s.OBS.Link = state.LinkKicked }, "다시 연결", "retry"},
		"elsewhere":    {func(s *state.State) { s.OBS.Matches = state.MatchNo }, "OBS 설정하기", "setup"},
		"ready":        {func(*state.State) {}, "방송 시작", "start"},
		"stopping":     {func(s *state.State) { s.OBS.Stream = state.StreamStopping }, "방송을 끝내는 중…", ""},
		"under way":    {func(s *state.State) { s.Tasks = map[state.Task]state.TaskState{state.TaskSetUp: {Running: true}} }, "OBS를 설정하는 중…", ""},
		"no key there": {func(s *state.State) { s.OBS.Matches, s.Account.Has.Ingest = state.MatchUnknown, false }, "방송 시작", "start"},
	} {
		t.Run(name, func(t *testing.T) {
			s := full()
			r := newRig(t, s, "dark", "ko")
			r.fake.set(c.change)
			r.render()
			big := r.shell.home.ready.big
			if big.Text() != c.text || big.Disabled() != (c.call == "") {
				t.Fatalf("says %q, can be pressed: %v", big.Text(), !big.Disabled())
			}
			r.press(big)
			if c.call != "" {
				r.until(c.call, func() bool { return r.fake.called(c.call) })
			}
		})
	}
}

func TestEndingAsksFirst(t *testing.T) {
	r := newRig(t, onAir(), "dark", "ko")
	r.press(r.shell.home.ready.big)
	if r.fake.called("stop") || r.sheet == nil {
		t.Fatal("ended without asking")
	}
	r.escape()
	if r.sheet != nil {
		t.Fatal("Escape does not close the question")
	}
	r.press(r.shell.home.ready.big)
	r.press(r.button("방송 끝내기"))
	r.until("stop", func() bool { return r.fake.called("stop") })
}

func TestGoingLiveAsksAboutChangesNotSent(t *testing.T) {
	r := newRig(t, full(), "dark", "ko")
	title := "다음 판"
	r.fake.Draft(providers.Patch{Title: &title})
	r.render()
	r.press(r.shell.home.ready.big)
	if r.fake.called("start") || r.sheet == nil {
		t.Fatal("went live with changes nobody was asked about")
	}
	r.press(r.button("적용하고 방송 시작"))
	r.until("start", func() bool { return r.fake.called("start") })
	if !slices.Equal(r.fake.calls[:2], []string{"apply", "start"}) {
		t.Errorf("called %v", r.fake.calls)
	}
}

func TestChecksInTheWayAreShownAndCanBeGonePast(t *testing.T) {
	r := newRig(t, full(), "dark", "ko")
	r.fake.fail["start"] = &state.PreflightError{Checks: []state.Preflight{
		{ID: state.PreConnected, State: state.StepFailed, Reason: "replaces_key", Detail: "Twitch", Blocks: true},
	}}
	r.press(r.shell.home.ready.big)
	r.until("the checks are shown", func() bool { return r.sheet != nil })
	r.fake.mu.Lock()
	delete(r.fake.fail, "start")
	r.fake.mu.Unlock()
	r.press(r.button("그래도 방송 시작"))
	r.until("it goes live", func() bool { return len(r.layer.Toasts()) > 0 })
	if !r.fake.how.Anyway {
		t.Errorf("went live with %+v", r.fake.how)
	}
}

func TestAnInterruptedSignInIsOfferedWhereItIsMissed(t *testing.T) {
	r := newRig(t, full(), "dark", "ko")
	r.fail(&providers.Error{Kind: providers.ErrSignIn})
	toast := r.layer.Toasts()[0]
	if toast.Action != "로그인하기" {
		t.Fatalf("offers %q", toast.Action)
	}
	toast.OnAction()
	r.until("signin", func() bool { return r.fake.called("signin") })
}

func TestTheTimeOnAirRunsAndNothingElseDoes(t *testing.T) {
	r := newRig(t, onAir(), "dark", "ko")
	if got := r.shell.bar.air.Time(); got != "01:24:07" {
		t.Fatalf("shows %q", got)
	}
	r.clock.Advance(3 * time.Second)
	if got := r.shell.bar.air.Time(); got != "01:24:10" {
		t.Errorf("three seconds later it shows %q", got)
	}
	r.fake.set(func(s *state.State) { *s = full() })
	r.render()
	if n := r.clock.Pending(); n != 0 {
		t.Errorf("off air, %d timers keep the program awake", n)
	}
}

func TestTheRailLeadsToEveryScreen(t *testing.T) {
	s := several()
	s.Account.Has = everything
	r := newRig(t, s, "light", "en")
	for _, place := range places() {
		r.shell.open(place.id)
		if r.shell.at != place.id || r.shell.rail.Selected() != string(place.id) || len(r.shell.slot.Objects) != 1 {
			t.Errorf("%s does not open", place.id)
		}
		r.render()
	}
}

func TestNoticesAreToldOnce(t *testing.T) {
	r := newRig(t, full(), "dark", "ko")
	r.fake.set(func(s *state.State) {
		s.Notices = []state.Notice{{Seq: 1, Key: "keyring_memory", Err: errors.New("no bus")}}
	})
	r.render()
	r.render()
	if n := len(r.layer.Toasts()); n != 1 {
		t.Errorf("told %d times", n)
	}
}

// button finds a button by what it says, in the sheet that is shown.
func (r *rig) button(text string) *control.Button {
	r.t.Helper()
	if r.sheet == nil {
		r.t.Fatalf("no sheet to press %q in", text)
	}
	var found *control.Button
	var walk func(fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *control.Button:
			if o.Text() == text {
				found = o
			}
		case *fyne.Container:
			for _, child := range o.Objects {
				walk(child)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(o).Objects() {
				walk(child)
			}
		}
	}
	walk(r.sheet.content)
	if found == nil {
		r.t.Fatalf("there is no button %q", text)
	}
	return found
}
