package home

import (
	"testing"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/providers"
)

// inConflict is Ready with fields changed here and elsewhere.
func inConflict(ids ...providers.FieldID) state.State {
	s := kittest.Ready()
	title, category, tags, grade := "내 제목", "7", []string{"나"}, 19
	s.Broadcast.Draft = providers.Patch{Title: &title, Category: &category, Hashtags: &tags, AgeGrade: &grade}
	s.Broadcast.Conflicts = ids
	return s
}

func TestWhatWasChangedElsewhereIsAskedAboutAtHome(t *testing.T) {
	ids := []providers.FieldID{providers.FieldTitle, providers.FieldCategory, providers.FieldHashtags}
	r, h := opened(t, inConflict(ids...))
	for _, id := range ids {
		one := h.details.fields[id]
		if !one.conflict.Object.Visible() {
			t.Errorf("nothing is asked about %s", id)
			continue
		}
		r.Press(kittest.ButtonIn(t, one.conflict.Object, r.Text("conflict.mine")))
		r.Press(kittest.ButtonIn(t, one.conflict.Object, r.Text("conflict.theirs")))
		if r.Fake.Times("mine "+string(id)) != 1 || r.Fake.Times("theirs "+string(id)) != 1 {
			t.Errorf("the answers were %v", r.Fake.Asked)
		}
	}
	r.Fake.Set(func(s *state.State) { s.Broadcast.Conflicts = nil })
	r.Render()
	for id, one := range h.details.fields {
		if one.conflict.Object.Visible() {
			t.Errorf("%s is settled and still asked about", id)
		}
	}
}

func TestAConflictOfAFieldOnAnotherScreenIsToldAtHome(t *testing.T) {
	_, h := opened(t, inConflict(providers.FieldAgeGrade))
	if got := h.details.failure.Text(); got != h.details.ui.Text("conflict.elsewhere") {
		t.Errorf("says %q", got)
	}
}

func TestApplyOffersTheChoiceInsteadOfSending(t *testing.T) {
	for id, screen := range map[providers.FieldID]kit.ScreenID{
		providers.FieldTitle: kit.ScreenHome, providers.FieldAgeGrade: kit.ScreenBroadcast,
	} {
		r, h := opened(t, inConflict())
		refused := &state.ConflictError{Fields: []providers.FieldID{id}}
		r.Fake.Fail["apply"] = refused
		r.Fake.Set(func(s *state.State) { s.Broadcast.Conflicts = refused.Fields })
		h.Broadcaster.ApplyDraft()
		r.Clock.Advance(kit.InputDelay)
		r.Until("the answer", func() bool { return len(r.Layer.Toasts()) > 0 })
		toast := r.Layer.Toasts()[0]
		if toast.Text != r.Text("conflict.unsent") {
			t.Errorf("says %q", toast.Text)
		}
		toast.OnAction()
		if !r.Fake.Called("action Open " + string(screen)) {
			t.Errorf("%s leads to %v", id, r.Fake.Calls)
		}
		r.Fake.Set(func(s *state.State) { s.Broadcast.Conflicts = nil })
		r.Render()
		if len(r.Layer.Toasts()) != 0 {
			t.Errorf("%s is settled, and the message stays", id)
		}
	}
}
