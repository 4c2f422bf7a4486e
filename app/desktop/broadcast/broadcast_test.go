package broadcast

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cuelight/app"
	"cuelight/app/desktop/catalog"
	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
)

// opened opens the screen and waits for its answers.
func opened(t *testing.T, s state.State, given func(*kittest.Engine)) (*kittest.Rig, *Broadcast) {
	t.Helper()
	r := kittest.NewRig(t, s)
	if given != nil {
		given(r.Fake)
	}
	b := show(r)
	r.Settle()
	return r, b
}

// show opens the screen in a rig.
func show(r *kittest.Rig) *Broadcast {
	b := New(r.UI, r.Fake, r.Fake, catalog.NewCategories(r.UI, r.Fake), catalog.NewLanguages(r.UI, r.Fake))
	r.Show(b)
	return b
}

// drafting notes every change that a field drafts.
type drafting struct {
	*kittest.Engine
	drafts []providers.Patch
}

func (d *drafting) Draft(change providers.Patch) { d.drafts = append(d.drafts, change) }

func (d *drafting) last(t *testing.T) providers.Patch {
	t.Helper()
	if len(d.drafts) == 0 {
		t.Fatal("nothing was drafted")
	}
	return d.drafts[len(d.drafts)-1]
}

// fieldOf is one field by itself, filled from the State.
func fieldOf(t *testing.T, build func(*fields) *formField, s state.State) (*formField, *drafting) {
	t.Helper()
	r := kittest.NewRig(t, s)
	d := &drafting{Engine: r.Fake}
	one := build(&fields{
		ui: r.UI, engine: d, catalog: r.Fake, categories: catalog.NewCategories(r.UI, r.Fake),
		languages: catalog.NewLanguages(r.UI, r.Fake), relayout: func() {},
	})
	w := test.NewTempWindow(t, one.object)
	w.Resize(fyne.NewSize(480, 400))
	one.update(s.Broadcast, s.Broadcast.Shown(), nil)
	return one, d
}

func TestTheViewerLimitTakesDigitsOnly(t *testing.T) {
	one, d := fieldOf(t, (*fields).viewersField, kittest.Complete())
	field := kittest.Find[*input.TextField](one.object)[0]
	if field.Text() != "100000" {
		t.Fatalf("shows %q", field.Text())
	}
	field.SetText("")
	field.OnChanged("1２,a5")
	if got := d.last(t).ViewerLimit; *got != 125 || field.Text() != "125" {
		t.Errorf("drafts %d, shows %q", *got, field.Text())
	}
	field.OnChanged("")
	if got := d.last(t).ViewerLimit; *got != 0 {
		t.Errorf("empty drafts %d, which the platform's check would not refuse", *got)
	}
}

func TestStandbyIsSwitchedOnTogetherWithItsMinutes(t *testing.T) {
	s := kittest.Complete()
	s.Broadcast.Confirmed.Standby, s.Broadcast.Confirmed.StandbyMinutes = false, 7
	one, d := fieldOf(t, (*fields).standbyField, s)
	steps := kittest.Find[*input.Stepper](one.object)[0]
	test.Tap(kittest.Find[*control.Switch](one.object)[0])
	if got := d.last(t); got.Standby == nil || !*got.Standby || got.StandbyMinutes == nil || *got.StandbyMinutes != 7 {
		t.Errorf("drafts %+v", got)
	}
	steps.OnChanged(8)
	if got := d.last(t); got.Standby != nil || *got.StandbyMinutes != 8 {
		t.Errorf("drafts %+v", got)
	}
}

func TestAPasswordIsDraftedWhenTypedAndTakenBackWhenEmptied(t *testing.T) {
	one, d := fieldOf(t, (*fields).passwordField, kittest.Complete())
	field, entry := kittest.Find[*control.Switch](one.object)[0], kittest.Find[*input.TextField](one.object)[0]
	if entry.Visible() {
		t.Fatal("asks for a password before it is switched on")
	}
	test.Tap(field)
	if len(d.drafts) != 0 || !entry.Visible() {
		t.Fatalf("switched on it drafts %v", d.drafts)
	}
	entry.OnChanged("secret1")
	if got := d.last(t).Password; got == nil || got.Reveal() != "secret1" {
		t.Errorf("drafts %v", got)
	}
	entry.OnChanged("")
	if d.Times("theirs password") != 2 {
		t.Error("an emptied password is still to be sent")
	}
	test.Tap(field)
	if got := d.last(t).Password; got == nil || !got.Empty() {
		t.Error("switching off does not take the password away")
	}
}

func TestAPasswordThatWasSentLeavesTheField(t *testing.T) {
	one, _ := fieldOf(t, (*fields).passwordField, kittest.Complete())
	entry := kittest.Find[*input.TextField](one.object)[0]
	entry.SetText("secret1")
	s := kittest.Complete()
	s.Broadcast.Confirmed.HasPassword = true
	one.update(s.Broadcast, s.Broadcast.Shown(), nil)
	if entry.Text() != "" || !kittest.Find[*control.Switch](one.object)[0].On() {
		t.Errorf("the field still holds %d characters", len(entry.Text()))
	}
}

func TestSwitchesPlacesAndGradesDraftWhatTheySay(t *testing.T) {
	hidden, d := fieldOf(t, (*fields).hiddenField, kittest.Complete())
	test.Tap(kittest.Find[*control.Switch](hidden.object)[0])
	if got := d.last(t).Hidden; got == nil || !*got {
		t.Error("hidden is not drafted")
	}
	refuse, d := fieldOf(t, (*fields).explorationField, kittest.Complete())
	test.Tap(kittest.Find[*control.Switch](refuse.object)[0])
	if got := d.last(t).RefuseExploration; got == nil || !*got {
		t.Error("the refusal of exploration is not drafted")
	}
	paid, d := fieldOf(t, (*fields).paidField, kittest.Complete())
	test.Tap(kittest.Find[*control.Switch](paid.object)[0])
	if got := d.last(t).PaidPromotion; got == nil || !*got {
		t.Error("paid promotion is not drafted")
	}
	mark, d := fieldOf(t, (*fields).watermarkField, kittest.Complete())
	kittest.Find[*control.PositionPicker](mark.object)[0].OnChosen(5)
	if got := d.last(t).Watermark; got == nil || *got != 5 {
		t.Error("the watermark is not drafted")
	}
	grade, d := fieldOf(t, (*fields).gradeField, kittest.Complete())
	kittest.Find[*control.Tiles](grade.object)[0].OnChosen("19")
	if got := d.last(t).AgeGrade; got == nil || *got != 19 {
		t.Error("the grade is not drafted")
	}
}

func TestAFieldThePlatformHasNotIsNotShown(t *testing.T) {
	s := kittest.Complete()
	delete(s.Broadcast.Limits, providers.FieldLanguage)
	_, b := opened(t, s, nil)
	for _, one := range b.fields {
		if _, want := s.Broadcast.Limits[one.id]; one.object.Visible() != want {
			t.Errorf("%s is seen: %v", one.id, !want)
		}
	}
}

func TestWhatWasChangedElsewhereIsAskedAboutFieldByField(t *testing.T) {
	r, b := opened(t, kittest.Changed(), nil)
	var asked []providers.FieldID
	for _, one := range b.fields {
		if one.conflict.Object.Visible() {
			asked = append(asked, one.id)
			buttons := kittest.Find[*control.Button](one.conflict.Object)
			r.Press(buttons[0])
			r.Press(buttons[1])
		}
	}
	if !slices.Equal(asked, []providers.FieldID{providers.FieldTitle}) {
		t.Errorf("asked about %v", asked)
	}
	if r.Fake.Times("mine title") != 1 || r.Fake.Times("theirs title") != 1 {
		t.Errorf("the answers were %v", r.Fake.Asked)
	}
}

func TestNothingIsAppliedWhileSomethingNeedsMending(t *testing.T) {
	r, b := opened(t, kittest.Changed(), nil)
	foot := b.applyBar
	if !foot.apply.Disabled() || foot.discard.Disabled() || !strings.HasPrefix(foot.text.Text(), "변경 사항 6개") {
		t.Errorf("says %q; apply can be pressed: %v", foot.text.Text(), !foot.apply.Disabled())
	}
	r.Fake.Set(func(s *state.State) { s.Broadcast.Problems = nil })
	r.Render()
	r.Press(foot.apply)
	if !r.Fake.Called("action ApplyDraft") {
		t.Error("it is not applied")
	}
}

func TestTheLastAppliedChangeCanBeUndone(t *testing.T) {
	s := kittest.Complete()
	r, b := opened(t, s, nil)
	foot := b.applyBar
	if foot.undo.Visible() {
		t.Fatal("there is nothing to undo")
	}
	title := "앞의 제목"
	r.Fake.Set(func(s *state.State) { s.Broadcast.Undo = providers.Patch{Title: &title} })
	r.Render()
	r.Press(foot.undo)
	r.Until("it is undone", func() bool { return r.Fake.Times("undo") == 1 })
}

func TestTheKeyIsForgottenWhenTheScreenIsLeft(t *testing.T) {
	r := kittest.NewRig(t, kittest.Complete())
	kittest.WithKey(r.Fake)
	b := show(r)
	r.Settle()
	key := b.key
	if key.ingest.Key.Reveal() != "soop1234-not-a-real-key" {
		t.Fatal("there is no key")
	}
	r.Leave()
	if !key.ingest.Key.Empty() || key.known {
		t.Error("the key is still held")
	}
	r.Show(b)
	r.Settle()
	if !key.known {
		t.Error("coming back, there is no key")
	}
}

func TestAResetSaysWhatItDoesAndShowsTheNewKey(t *testing.T) {
	for means, state := range map[string]state.State{"방송 종료 후 재발급": kittest.CompleteOnAir(), "키 재발급": kittest.Complete()} {
		r := kittest.NewRig(t, state)
		kittest.WithKey(r.Fake)
		r.Fake.ResetFunc = func(context.Context) (app.KeyReset, error) {
			return app.KeyReset{Key: secret.New("soop1234-new"), Written: true}, nil
		}
		b := show(r)
		r.Settle()
		key := b.key
		r.Press(key.reset)
		if r.Sheet() == nil || r.Fake.Times("reset") != 0 {
			t.Fatal("it is not asked about first")
		}
		buttons := kittest.Find[*control.Button](r.Sheet())
		last := buttons[len(buttons)-1]
		if last.Text() != means {
			t.Errorf("the button says %q, want %q", last.Text(), means)
		}
		r.Press(last)
		r.Until("the new key", func() bool { return key.ingest.Key.Reveal() == "soop1234-new" })
	}
}

func TestAStationThatThePlatformKnowsNothingOfIsSaid(t *testing.T) {
	r := kittest.NewRig(t, kittest.Complete())
	r.Fake.StationFunc = func(context.Context) (providers.Station, error) { return providers.Station{Loyal: -1}, nil }
	card := show(r).station
	r.Until("the station", card.pane.HasContent)
	if card.nick.Text() != "자러가자" || !strings.Contains(card.name.Text(), "확인할 수 없습니다") || card.facts.Visible() {
		t.Errorf("says %q, %q, %q", card.nick.Text(), card.name.Text(), card.facts.Text())
	}
}
