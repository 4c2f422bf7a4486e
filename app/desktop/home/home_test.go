package home

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"cuelight/app/desktop/catalog"
	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/providers"
	"cuelight/widgets/paint"
	"cuelight/widgets/status"
)

// opened opens the screen in a rig and waits for its checks.
func opened(t *testing.T, s state.State) (*kittest.Rig, *Home) {
	t.Helper()
	r := kittest.NewRig(t, s)
	var h *Home
	r.Actions.ApplyDraft = func() { h.Broadcaster.ApplyDraft() }
	h = New(r.UI, r.Fake, r.Fake, catalog.NewCategories(r.UI, r.Fake), func() []status.CheckRow { return nil })
	r.Show(h)
	r.Settle()
	return r, h
}

func TestTypingIsADraftThatARefreshDoesNotTouch(t *testing.T) {
	r, h := opened(t, kittest.Ready())
	title := h.details.title.Text
	title.SetText("")
	title.Focus()
	test.Type(r.Win.Canvas().Focused(), "새 제목")
	r.Render()
	if d := r.Fake.State().Broadcast.Draft.Title; d == nil || *d != "새 제목" {
		t.Fatalf("the draft holds %v", d)
	}
	// The platform answers something else meanwhile.
	r.Fake.Set(func(s *state.State) { s.Broadcast.Confirmed.Title = "다른 곳에서 바꾼 제목" })
	r.Render()
	test.Type(r.Win.Canvas().Focused(), "!")
	r.Render()
	if got := title.Text(); got != "새 제목!" {
		t.Errorf("the field became %q", got)
	}
}

func TestApplySendsTheDraftAMomentAfterThePress(t *testing.T) {
	r, h := opened(t, kittest.Ready())
	d := h.details
	if !d.apply.Disabled() || !d.revert.Disabled() {
		t.Error("nothing is changed, and there is something to press")
	}
	title, tags := "다음 판", []string{"배그"}
	r.Fake.Draft(providers.Patch{Title: &title, Hashtags: &tags})
	r.Render()
	if got := d.apply.Text(); got != "변경 사항 2개 적용" {
		t.Errorf("the button says %q", got)
	}
	r.Press(d.apply)
	if r.Fake.Called("apply") {
		t.Error("sent before the input method has settled")
	}
	r.Clock.Advance(kit.InputDelay)
	r.Until("the draft is applied", func() bool { return len(r.Layer.Toasts()) > 0 })
	if sent := r.Fake.Applied; sent.Title == nil || *sent.Title != title || !slices.Equal(*sent.Hashtags, tags) || sent.Category != nil {
		t.Errorf("sent %+v", sent)
	}
	if !d.apply.Disabled() {
		t.Error("applied, and still something to press")
	}
}

func TestAFailedApplyKeepsTheDraftAndSaysWhy(t *testing.T) {
	r, h := opened(t, kittest.Ready())
	title := "다음 판"
	r.Fake.Fail["apply"] = &providers.Error{Kind: providers.ErrRefused, Message: "특수문자는 사용할 수 없습니다.", Code: "-1"}
	r.Fake.Draft(providers.Patch{Title: &title})
	r.Render()
	r.Press(h.details.apply)
	r.Clock.Advance(kit.InputDelay)
	r.Until("the failure is told", func() bool { return len(r.Layer.Toasts()) > 0 })
	toast := r.Layer.Toasts()[0]
	if toast.Tone != paint.ToneBad || !strings.Contains(toast.Text, "특수문자는 사용할 수 없습니다.") {
		t.Errorf("said %+v", toast)
	}
	if got := h.details.title.Text.Text(); got != title {
		t.Errorf("the field became %q", got)
	}
}

func TestADraftWithAProblemCannotBeSent(t *testing.T) {
	r, h := opened(t, kittest.Ready())
	tags := []string{"a_b"}
	r.Fake.Draft(providers.Patch{Hashtags: &tags})
	r.Fake.Set(func(s *state.State) {
		s.Broadcast.Problems = map[providers.FieldID]error{
			providers.FieldHashtags: &providers.Error{Kind: providers.ErrUsage, Field: "hashtags", Reason: "hashtags.characters"},
		}
	})
	r.Render()
	d := h.details
	if !d.apply.Disabled() || d.tags.Problem() == "" {
		t.Errorf("can be sent: %v; says %q", !d.apply.Disabled(), d.tags.Problem())
	}
	h.Broadcaster.ApplyDraft()
	r.Clock.Advance(kit.InputDelay)
	if r.Fake.Called("apply") {
		t.Error("the shortcut sent it all the same")
	}
}

func TestOnlyFieldsOfThePlatformAreThere(t *testing.T) {
	s := kittest.Ready()
	s.Broadcast.Limits = providers.Limits{providers.FieldTitle: {Max: 20}}
	_, h := opened(t, s)
	d := h.details
	if !d.title.Object.Visible() || d.category.Picker.Visible() || d.tags.Visible() {
		t.Error("a platform with a title alone shows other fields")
	}
}
