package presets

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/providers"
	"cuelight/widgets/control"
)

// opened opens the screen with some presets and waits for its answers.
func opened(t *testing.T) (*kittest.Rig, *kittest.Presets, *Screen) {
	t.Helper()
	r := kittest.NewRig(t, kittest.WithPresets(kittest.Streaming()))
	fake := &kittest.Presets{Engine: r.Fake, NoCategory: map[string]bool{"먹방": true}}
	engine := Engine{Presets: fake, Rules: &kittest.Rules{Engine: r.Fake}, Core: r.Fake}
	s := New(r.UI, engine, NewActions(r.UI, engine))
	r.Show(s)
	r.Settle()
	return r, fake, s
}

func (s *Screen) texts() (texts []string) {
	for i := range s.presets {
		row := s.row(i)
		texts = append(texts, row.Title+"|"+row.Note)
	}
	return texts
}

func TestPresetsAreListedWithTheirKeys(t *testing.T) {
	_, _, s := opened(t)
	want := []string{"배그 솔로|Alt+1", "소통|Alt+2", "합방 – 종겜|Alt+3", "먹방|Alt+4", "회사 방송|"}
	if got := s.texts(); !slices.Equal(got, want) {
		t.Errorf("listed %q", got)
	}
	if got := s.row(3).Caption; got != "! "+s.ui.Text("presets.gone") {
		t.Errorf("a category that is gone: %q", got)
	}
}

func TestAPresetIsAppliedWithOnePress(t *testing.T) {
	r, fake, s := opened(t)
	s.choose("소통")
	r.Press(s.detail.apply)
	r.Until("it is applied", func() bool { return r.Fake.Called("apply preset 소통") && len(r.Layer.Toasts()) == 1 })
	fake.Fail["apply preset 소통"] = errors.New("no")
	r.Press(s.detail.apply)
	r.Until("the failure is told", func() bool { return len(r.Layer.Toasts()) == 2 })
	s.choose("회사 방송")
	if !s.detail.apply.Disabled() {
		t.Error("another platform's preset can be applied")
	}
}

func TestOnlyWhatIsTickedIsSaved(t *testing.T) {
	r, fake, s := opened(t)
	form := newSaveForm(s.ui, s.engine, state.Preset{}, func(string) {})
	form.open()
	if !form.save.Disabled() {
		t.Error("a preset without a name can be saved")
	}
	form.name.SetText("새 프리셋")
	form.switches[providers.FieldHashtags].SetOn(false)
	form.check()
	r.Press(form.save)
	r.Clock.Advance(kit.InputDelay)
	r.Until("it is saved", func() bool { return r.Fake.Called("save preset 새 프리셋") && r.Sheet() == nil })
	if fake.Saved.Title == nil || fake.Saved.Category == nil || fake.Saved.Hashtags != nil || fake.Saved.Password != nil {
		t.Errorf("saved %+v", fake.Saved)
	}
	again := newSaveForm(s.ui, s.engine, state.Preset{}, func(string) {})
	again.open()
	again.name.SetText("소통")
	again.check()
	again.send()
	if r.Fake.Called("save preset 소통") || again.failure.Text() == "" {
		t.Error("another preset of that name is replaced without a word")
	}
}

func TestTheOrderIsChangedByButtons(t *testing.T) {
	r, _, s := opened(t)
	s.choose("소통")
	r.Press(s.detail.up)
	r.Until("up", func() bool { return r.Fake.Called("move preset 소통 to 0") })
	r.Press(s.detail.down)
	r.Until("down", func() bool { return r.Fake.Called("move preset 소통 to 2") })
	s.choose("배그 솔로")
	s.moveBy(-1)
	if !s.detail.up.Disabled() || r.Fake.Called("move preset 배그 솔로 to -1") {
		t.Error("the first moves up")
	}
}

func TestAPresetIsDeletedAfterAQuestion(t *testing.T) {
	r, _, s := opened(t)
	s.remove()
	if r.Sheet() == nil || r.Fake.Called("remove preset 배그 솔로") {
		t.Fatal("it is not asked about")
	}
	buttons := kittest.Find[*control.Button](r.Sheet())
	r.Press(buttons[len(buttons)-1])
	r.Until("it is removed", func() bool { return r.Fake.Called("remove preset 배그 솔로") })
}

func TestRulesAreSwitchedAndAdded(t *testing.T) {
	r, _, s := opened(t)
	if n := len(s.detail.rules.rows.Objects); n != 2 {
		t.Fatalf("%d rules of the preset", n)
	}
	s.detail.rules.whole.OnTapped()
	r.Until("all off", func() bool { return r.Fake.Called(`rule "" on false`) })
	switches := kittest.Find[*control.Switch](s.detail.rules.rows)
	switches[1].OnTapped()
	r.Until("one on", func() bool { return r.Fake.Called(`rule "2" on true`) })
	form := newRuleForm(s)
	form.open()
	form.choose(kindProgram)
	form.name.SetText("TslGame.exe")
	form.send()
	r.Until("added", func() bool {
		return r.Fake.Called("add rule {Scene: Collection: Program:TslGame.exe}") && r.Sheet() == nil
	})
}

// told gives an Actions that has been told of a rule's action, and its messages.
func told(t *testing.T, event state.Event) (*kittest.Rig, *Actions) {
	t.Helper()
	r, _, s := opened(t)
	title := "earlier"
	r.Fake.Set(func(now *state.State) {
		now.Broadcast.Undo.Title = &title
		*now = state.Reduce(*now, event)
	})
	r.Sync()
	s.actions.Update(r.State())
	return r, s.actions
}

func aRule() state.RuleAction {
	return state.RuleAction{Rule: state.Rule{ID: "1", On: true, Trigger: state.Trigger{Scene: "게임"}, Preset: "소통"}, At: time.Unix(1, 0)}
}

func pressAction(r *kittest.Rig, text string) {
	var found *control.Button
	for _, b := range kittest.Find[*control.Button](fyne.CanvasObject(r.Layer)) {
		if b.Text() == text {
			found = b // messages lie over what the screen has
		}
	}
	if found == nil {
		r.T.Fatalf("no button %q", text)
	}
	r.Press(found)
}

func TestWhatARuleHasDoneIsAnnouncedOnceAndUndone(t *testing.T) {
	r, a := told(t, state.RuleApplied{Action: aRule()})
	a.Update(r.State())
	if n := len(r.Layer.Toasts()); n != 1 {
		t.Fatalf("%d announcements", n)
	}
	r.Clock.Advance(state.RuleUndoTime - time.Second)
	pressAction(r, r.Text("undo"))
	r.Until("it is undone", func() bool { return r.Fake.Times("undo") == 1 && r.Fake.Called("answer rule") })
}

func TestAnAnnouncementGoesAfterItsTime(t *testing.T) {
	r, _ := told(t, state.RuleApplied{Action: aRule()})
	r.Clock.Advance(state.RuleUndoTime + 2*time.Second)
	if n := len(r.Layer.Toasts()); n != 0 {
		t.Errorf("%d announcements are still there", n)
	}
}

func TestWhatARuleProposesIsAppliedOnceItIsPressed(t *testing.T) {
	r, _ := told(t, state.RuleProposed{Action: aRule()})
	if r.Fake.Called("apply preset 소통") {
		t.Fatal("applied without being asked")
	}
	pressAction(r, r.Text("presets.apply"))
	r.Until("it is applied", func() bool { return r.Fake.Called("apply preset 소통") && r.Fake.Called("answer rule") })
}

func TestTheOrderIsChangedByDragging(t *testing.T) {
	r, _, s := opened(t)
	s.list.OnMoved(0, 2)
	r.Until("it is moved", func() bool { return r.Fake.Called("move preset " + s.presets[0].Name + " to 2") })
}

// There were as many ways back as presets applied, and each led back from the last.
func TestTheWayBackIsOfTheLastChangeOnly(t *testing.T) {
	r, _, s := opened(t)
	applied := func(name string, at int64) {
		title := "earlier"
		s.actions.Apply(name)
		r.Until("the message about "+name, func() bool {
			for _, toast := range r.Layer.Toasts() {
				if strings.Contains(toast.Text, name) {
					return true
				}
			}
			return false
		})
		r.Fake.Set(func(now *state.State) { now.Broadcast.Undo.Title, now.Broadcast.AppliedAt = &title, time.Unix(at, 0) })
	}
	applied("소통", 1)
	r.Sync()
	s.actions.Update(r.State())
	applied("배그 솔로", 2)
	if toasts := r.Layer.Toasts(); len(toasts) != 1 || !strings.Contains(toasts[0].Text, "배그 솔로") {
		t.Errorf("%d messages: %+v", len(toasts), toasts)
	}
	r.Sync()
	s.actions.Update(r.State()) // something else was sent since
	if toasts := r.Layer.Toasts(); len(toasts) != 0 {
		t.Errorf("still %+v", toasts)
	}
}
