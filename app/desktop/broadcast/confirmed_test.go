package broadcast

import (
	"regexp"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"cuelight/app/desktop/catalog"
	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
)

// every is every field of the form.
var every = map[providers.FieldID]func(*fields) *formField{
	providers.FieldTitle: (*fields).titleField, providers.FieldCategory: (*fields).categoryField,
	providers.FieldLanguage: (*fields).languageField, providers.FieldHashtags: (*fields).hashtagsField,
	providers.FieldCover: (*fields).coverField, providers.FieldActivity: (*fields).activityField,
	providers.FieldViewerLimit: (*fields).viewersField, providers.FieldAgeGrade: (*fields).gradeField,
	providers.FieldHidden: (*fields).hiddenField, providers.FieldPassword: (*fields).passwordField,
	providers.FieldEndingMessage: (*fields).endingField, providers.FieldStandby: (*fields).standbyField,
	providers.FieldWatermark: (*fields).watermarkField, providers.FieldExploration: (*fields).explorationField,
	providers.FieldPaidPromotion: (*fields).paidField,
}

// nothing is what a markup has of something that is not seen.
var nothing = regexp.MustCompile(`\s*<container[^>]*>\s*</container>`)

// drawn shows a field as one State after the other and gives how it is drawn then.
// touch, which may be nil, comes before the last State.
func drawn(t *testing.T, build func(*fields) *formField, touch func(*formField), states ...state.State) string {
	t.Helper()
	r := kittest.NewRig(t, states[0])
	one := build(&fields{
		ui: r.UI, engine: r.Fake, catalog: r.Fake, categories: catalog.NewCategories(r.UI, r.Fake),
		languages: catalog.NewLanguages(r.UI, r.Fake), relayout: func() {},
	})
	w := test.NewTempWindow(t, one.object)
	w.Resize(fyne.NewSize(480, 400))
	for i, s := range states {
		if i == len(states)-1 && touch != nil {
			touch(one)
		}
		one.update(s.Broadcast, s.Broadcast.Shown(), nil)
	}
	w.Canvas().Unfocus()
	// What is hidden or says nothing keeps the place where it was drawn last.
	return nothing.ReplaceAllString(test.RenderObjectToMarkup(one.object), "")
}

// touched does with every control of a field what a person could do.
func touched(one *formField) {
	for _, field := range kittest.Find[*control.Switch](one.object) {
		test.Tap(field)
	}
	for _, tiles := range kittest.Find[*control.Tiles](one.object) {
		tiles.SetChosen("19")
	}
	for _, place := range kittest.Find[*control.PositionPicker](one.object) {
		place.SetChosen(1)
	}
	for _, field := range kittest.Find[*input.TextField](one.object) {
		field.SetText("00")
	}
	for _, tags := range kittest.Find[*input.HashtagField](one.object) {
		tags.SetTags([]string{"다른"})
	}
	for _, steps := range kittest.Find[*input.Stepper](one.object) {
		steps.SetValue(9)
	}
}

// everythingElse is another broadcast in every field, with a problem at each.
func everythingElse() state.State {
	s := kittest.Changed()
	category, language, grade, hidden, standby, minutes, mark, refuse := "7", "en_US", 19, true, true, 9, 5, true
	cover, activity := "https://example.invalid/b.png", 77
	d := &s.Broadcast.Draft
	d.Category, d.Language, d.AgeGrade, d.Hidden, d.Standby, d.StandbyMinutes = &category, &language, &grade, &hidden, &standby, &minutes
	d.Watermark, d.RefuseExploration, d.CoverURL, d.Activity = &mark, &refuse, &cover, &activity
	password := secret.New("secret1")
	d.Password = &password
	for id := range every {
		s.Broadcast.Limits[id] = providers.Limit{Min: 1, Max: 10}
		s.Broadcast.Problems[id] = &providers.Error{Kind: providers.ErrUsage, Field: string(id), Reason: "title.too_long", Limit: 10}
	}
	return s
}

// applied is the State after some other field was applied and read back.
func applied() state.State {
	s := kittest.Complete()
	for id := range every {
		s.Broadcast.Limits[id] = providers.Limit{Min: 1, Max: 10}
	}
	s.Broadcast.Confirmed.StandbyMinutes, s.Broadcast.Confirmed.Watermark = 0, 0
	at := time.Date(2026, 1, 2, 21, 0, 0, 0, time.UTC)
	s.Broadcast.AppliedAt, s.Broadcast.ConfirmedAt = at, at
	return s
}

func TestAControlShowsOnlyWhatIsConfirmedOrWaitsToBeSent(t *testing.T) {
	before := applied()
	before.Broadcast.AppliedAt, before.Broadcast.ConfirmedAt = time.Time{}, time.Time{}
	for id, build := range every {
		t.Run(string(id), func(t *testing.T) {
			want := drawn(t, build, nil, applied())
			if got := drawn(t, build, nil, before, everythingElse(), applied()); got != want {
				t.Errorf("once its draft is gone, it shows\n%s\ninstead of\n%s", got, want)
			}
			if got := drawn(t, build, touched, before, applied()); got != want {
				t.Errorf("once other fields are applied, it shows\n%s\ninstead of\n%s", got, want)
			}
		})
	}
}

func TestEveryFieldOfTheFormIsHeldToWhatIsConfirmed(t *testing.T) {
	_, b := opened(t, kittest.Complete(), nil)
	for _, one := range b.fields {
		if every[one.id] == nil {
			t.Errorf("%s is in no table", one.id)
		}
	}
}

func TestAPasswordThatIsMissingIsShownAndBlocksNothing(t *testing.T) {
	r, b := opened(t, kittest.Complete(), nil)
	var password *formField
	for _, one := range b.fields {
		if one.id == providers.FieldPassword {
			password = one
		}
	}
	turn := kittest.Find[*control.Switch](password.object)[0]
	entry := kittest.Find[*input.TextField](password.object)[0]
	r.Press(turn)
	if !turn.Incomplete() || turn.On() || !entry.Visible() {
		t.Errorf("without a password: incomplete %v, on %v, asks %v", turn.Incomplete(), turn.On(), entry.Visible())
	}
	title := "새 제목"
	r.Fake.Draft(providers.Patch{Title: &title})
	r.Render()
	if b.applyBar.apply.Disabled() {
		t.Error("a missing password keeps the title from being applied")
	}
	r.Fake.Set(func(s *state.State) {
		*s = state.Reduce(*s, state.Applied{Account: s.Account.Name, Channel: s.Account.Channel, Sent: s.Broadcast.Draft, At: r.Clock.Now()})
	})
	r.Render()
	if turn.Incomplete() || turn.On() || entry.Visible() {
		t.Error("the title is applied, and the password is shown on though nobody has one")
	}
	r.Press(turn)
	r.Leave()
	r.Show(b)
	if turn.Incomplete() || entry.Visible() {
		t.Error("coming back to the screen, it still waits for a password")
	}
	r.Press(turn)
	r.Press(turn)
	if turn.Incomplete() || turn.On() || entry.Visible() {
		t.Error("pressed twice, it is not off again")
	}
}
