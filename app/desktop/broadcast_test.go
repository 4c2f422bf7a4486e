package desktop

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cuelight/app"
	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
)

// drafting notes every change that a field drafts.
type drafting struct {
	*fakeEngine
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

// find gives every object of a kind below another.
func find[T fyne.CanvasObject](o fyne.CanvasObject) []T {
	var found []T
	if match, ok := o.(T); ok {
		found = append(found, match)
	}
	var below []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		below = o.Objects
	case fyne.Widget:
		below = test.WidgetRenderer(o).Objects()
	}
	for _, one := range below {
		found = append(found, find[T](one)...)
	}
	return found
}

// slotOf is one field by itself, filled from the State.
func slotOf(t *testing.T, make func(*face) *slot, s state.State) (*slot, *drafting) {
	t.Helper()
	r := newRig(t, s, "dark", "ko")
	d := &drafting{fakeEngine: r.fake}
	r.engine = d
	one := make(r.face)
	w := test.NewTempWindow(t, one.object)
	w.Resize(fyne.NewSize(480, 400))
	one.update(s.Broadcast, s.Broadcast.Shown(), nil)
	return one, d
}

func TestTheViewerLimitTakesDigitsOnly(t *testing.T) {
	one, d := slotOf(t, (*face).viewersSlot, all())
	field := find[*input.TextField](one.object)[0]
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
	s := all()
	s.Broadcast.Confirmed.Standby, s.Broadcast.Confirmed.StandbyMinutes = false, 7
	one, d := slotOf(t, (*face).standbySlot, s)
	steps := find[*input.Stepper](one.object)[0]
	test.Tap(find[*control.Switch](one.object)[0])
	if got := d.last(t); got.Standby == nil || !*got.Standby || got.StandbyMinutes == nil || *got.StandbyMinutes != 7 {
		t.Errorf("drafts %+v", got)
	}
	steps.OnChanged(8)
	if got := d.last(t); got.Standby != nil || *got.StandbyMinutes != 8 {
		t.Errorf("drafts %+v", got)
	}
}

func TestAPasswordIsDraftedWhenTypedAndTakenBackWhenEmptied(t *testing.T) {
	one, d := slotOf(t, (*face).passwordSlot, all())
	field, entry := find[*control.Switch](one.object)[0], find[*input.TextField](one.object)[0]
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
	if d.times("theirs password") != 2 {
		t.Error("an emptied password is still to be sent")
	}
	test.Tap(field)
	if got := d.last(t).Password; got == nil || !got.Empty() {
		t.Error("switching off does not take the password away")
	}
}

func TestAPasswordThatWasSentLeavesTheField(t *testing.T) {
	one, _ := slotOf(t, (*face).passwordSlot, all())
	entry := find[*input.TextField](one.object)[0]
	entry.SetText("secret1")
	s := all()
	s.Broadcast.Confirmed.HasPassword = true
	one.update(s.Broadcast, s.Broadcast.Shown(), nil)
	if entry.Text() != "" || !find[*control.Switch](one.object)[0].On() {
		t.Errorf("the field still holds %d characters", len(entry.Text()))
	}
}

func TestSwitchesPlacesAndGradesDraftWhatTheySay(t *testing.T) {
	hidden, d := slotOf(t, (*face).hiddenSlot, all())
	test.Tap(find[*control.Switch](hidden.object)[0])
	if got := d.last(t).Hidden; got == nil || !*got {
		t.Error("hidden is not drafted")
	}
	refuse, d := slotOf(t, (*face).explorationSlot, all())
	test.Tap(find[*control.Switch](refuse.object)[0])
	if got := d.last(t).RefuseExploration; got == nil || !*got {
		t.Error("the refusal of exploration is not drafted")
	}
	paid, d := slotOf(t, (*face).paidSlot, all())
	test.Tap(find[*control.Switch](paid.object)[0])
	if got := d.last(t).PaidPromotion; got == nil || !*got {
		t.Error("paid promotion is not drafted")
	}
	mark, d := slotOf(t, (*face).watermarkSlot, all())
	find[*control.PositionPicker](mark.object)[0].OnChosen(5)
	if got := d.last(t).Watermark; got == nil || *got != 5 {
		t.Error("the watermark is not drafted")
	}
	grade, d := slotOf(t, (*face).gradeSlot, all())
	find[*control.Tiles](grade.object)[0].OnChosen("19")
	if got := d.last(t).AgeGrade; got == nil || *got != 19 {
		t.Error("the grade is not drafted")
	}
}

func TestAFieldThePlatformHasNotIsNotShown(t *testing.T) {
	s := all()
	delete(s.Broadcast.Limits, providers.FieldLanguage)
	r := newRig(t, s, "dark", "ko")
	r.shell.open(screenBroadcast)
	b := r.screenShown().(*broadcast)
	for _, one := range b.slots {
		if _, want := s.Broadcast.Limits[one.id]; one.object.Visible() != want {
			t.Errorf("%s is seen: %v", one.id, !want)
		}
	}
}

func TestWhatWasChangedElsewhereIsAskedAboutFieldByField(t *testing.T) {
	r := newRig(t, changed(), "dark", "ko")
	r.shell.open(screenBroadcast)
	b := r.screenShown().(*broadcast)
	var asked []providers.FieldID
	for _, one := range b.slots {
		if one.conflict.Visible() {
			asked = append(asked, one.id)
			buttons := find[*control.Button](one.conflict)
			r.press(buttons[0])
			r.press(buttons[1])
		}
	}
	if !slices.Equal(asked, []providers.FieldID{providers.FieldTitle}) {
		t.Errorf("asked about %v", asked)
	}
	if r.fake.times("mine title") != 1 || r.fake.times("theirs title") != 1 {
		t.Errorf("the answers were %v", r.fake.asked)
	}
}

func TestNothingIsAppliedWhileSomethingNeedsMending(t *testing.T) {
	r := newRig(t, changed(), "dark", "ko")
	r.shell.open(screenBroadcast)
	foot := r.screenShown().(*broadcast).foot
	if !foot.apply.Disabled() || foot.discard.Disabled() || !strings.HasPrefix(foot.says.Text(), "바뀐 항목 6개") {
		t.Errorf("says %q; apply can be pressed: %v", foot.says.Text(), !foot.apply.Disabled())
	}
	r.fake.set(func(s *state.State) { s.Broadcast.Problems = nil })
	r.render()
	r.press(foot.apply)
	r.clock.Advance(settle)
	r.until("it is applied", func() bool { return r.fake.called("apply") })
}

func TestTheLastAppliedChangeCanBeUndone(t *testing.T) {
	s := all()
	r := newRig(t, s, "dark", "ko")
	r.shell.open(screenBroadcast)
	foot := r.screenShown().(*broadcast).foot
	if foot.undo.Visible() {
		t.Fatal("there is nothing to undo")
	}
	title := "앞의 제목"
	r.fake.set(func(s *state.State) { s.Broadcast.Undo = providers.Patch{Title: &title} })
	r.render()
	r.press(foot.undo)
	r.until("it is undone", func() bool { return r.fake.times("undo") == 1 })
}

func TestTheKeyIsForgottenWhenTheScreenIsLeft(t *testing.T) {
	r := newRig(t, all(), "dark", "ko")
	withKey(r.fake)
	r.shell.open(screenBroadcast)
	keyThere(r)
	key := r.screenShown().(*broadcast).key
	if key.ingest.Key.Reveal() != "soop1234-not-a-real-key" {
		t.Fatal("there is no key")
	}
	r.shell.open(screenHome)
	if !key.ingest.Key.Empty() || key.known {
		t.Error("the key is still held")
	}
	r.shell.open(screenBroadcast)
	keyThere(r)
}

func TestAResetSaysWhatItDoesAndShowsTheNewKey(t *testing.T) {
	for means, state := range map[string]state.State{"방송을 끝내고 재발급하기": live(), "키 재발급하기": all()} {
		r := newRig(t, state, "dark", "ko")
		withKey(r.fake)
		r.fake.reset = func(context.Context) (app.KeyReset, error) {
			return app.KeyReset{Key: secret.New("soop1234-new"), Written: true}, nil
		}
		r.shell.open(screenBroadcast)
		keyThere(r)
		key := r.screenShown().(*broadcast).key
		r.press(key.reset)
		if r.sheet == nil || r.fake.times("reset") != 0 {
			t.Fatal("it is not asked about first")
		}
		buttons := find[*control.Button](r.sheet.popup)
		last := buttons[len(buttons)-1]
		if last.Text() != means {
			t.Errorf("the button says %q, want %q", last.Text(), means)
		}
		r.press(last)
		r.until("the new key", func() bool { return key.ingest.Key.Reveal() == "soop1234-new" })
	}
}

func TestAStationThatThePlatformKnowsNothingOfIsSaid(t *testing.T) {
	r := newRig(t, all(), "dark", "ko")
	r.fake.station = func(context.Context) (providers.Station, error) { return providers.Station{Loyal: -1}, nil }
	r.shell.open(screenBroadcast)
	card := r.screenShown().(*broadcast).home
	r.until("the station", card.pane.shows)
	if card.nick.Text() != "자러가자" || !strings.Contains(card.name.Text(), "알려 주지 않았습니다") || card.facts.Visible() {
		t.Errorf("says %q, %q, %q", card.nick.Text(), card.name.Text(), card.facts.Text())
	}
}

func TestAnOlderAnswerIsNotHeard(t *testing.T) {
	r := newRig(t, all(), "dark", "ko")
	a := &asking{face: r.face}
	release, cancelled := make(chan struct{}), make(chan struct{})
	var heard []string
	question(a, time.Minute, func(ctx context.Context) (string, error) {
		<-ctx.Done()
		close(cancelled)
		<-release
		return "old", nil
	}, func(s string, _ error) { heard = append(heard, s) })
	question(a, time.Minute, func(context.Context) (string, error) { return "new", nil },
		func(s string, _ error) { heard = append(heard, s) })
	<-cancelled
	r.until("the new answer", func() bool { return len(heard) == 1 })
	close(release)
	(<-r.queue)() // the old answer arrives
	if !slices.Equal(heard, []string{"new"}) || a.running() {
		t.Errorf("heard %v", heard)
	}
}
