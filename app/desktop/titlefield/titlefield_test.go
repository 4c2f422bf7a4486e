package titlefield

import (
	"slices"
	"strings"
	"testing"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/app/titletemplate"
	"cuelight/providers"
)

// shown opens a field with what its changes drafted.
func shown(t *testing.T, s state.State) (*kittest.Rig, *Field, *[]string) {
	t.Helper()
	r := kittest.NewRig(t, s)
	var drafted []string
	f := New(r.UI, r.Fake, func(template string) { drafted = append(drafted, template) })
	f.Update(s.Broadcast, "")
	r.Win.SetContent(f.Object)
	return r, f, &drafted
}

func titled(title string) state.State {
	s := kittest.Ready()
	s.Broadcast.Confirmed.Title = title
	return s
}

func TestChipsPutPlaceholdersInAndTheTextStandsBelow(t *testing.T) {
	r, f, drafted := shown(t, titled("시즌 "))
	if f.Text.Hint() != "" {
		t.Errorf("a plain title has the preview %q", f.Text.Hint())
	}
	r.Press(f.chips[titletemplate.Episode])
	if got := f.Text.Text(); got != "시즌 {회차}" || !slices.Equal(*drafted, []string{got}) {
		t.Fatalf("the field holds %q, drafted %q", got, *drafted)
	}
	if got := f.Text.Hint(); got != "미리보기: 시즌 13" {
		t.Errorf("the preview is %q", got)
	}
	if got := f.chips[titletemplate.Episode].Text(); got != "회차 13 ▾" {
		t.Errorf("the chip says %q", got)
	}
	r.Press(f.chips[titletemplate.Weekday])
	if got := f.Text.Text(); got != "시즌 {회차}{요일}" {
		t.Errorf("the caret is not behind what was put in: %q", got)
	}
}

func TestTheExactTextIsCounted(t *testing.T) {
	s := titled("")
	title := strings.Repeat("가", 74) + "{episode}"
	s.Broadcast.Draft.Title = &title
	_, f, _ := shown(t, s)
	if f.Text.Over() != 1 {
		t.Errorf("76 characters are %d over 75", f.Text.Over())
	}
	title = strings.Repeat("가", 60) + "{{{카테고리}}}"
	f.Update(s.Broadcast, "")
	if f.Text.Over() != 0 {
		t.Errorf("68 characters are %d over", f.Text.Over())
	}
}

func TestATitleOfThePlatformIsShownAsItsTemplate(t *testing.T) {
	s := titled("{foo} bar")
	r, f, _ := shown(t, s)
	if got := f.Text.Text(); got != "{{foo}} bar" {
		t.Errorf("shown as %q", got)
	}
	problem := r.UI.Explain(second(r.Fake.TitleNow(providers.Patch{Title: ptr("{foo}")})))
	if said := kit.JoinSentences(problem.What, problem.Do); !strings.Contains(said, "{foo}") || !strings.Contains(said, "{{") || !strings.Contains(said, "{회차}") {
		t.Errorf("an unknown placeholder is told as %q", said)
	}
}

func second[T any](_ T, err error) error { return err }

func ptr[T any](v T) *T { return &v }

func TestTheEpisodeIsSet(t *testing.T) {
	r, f, _ := shown(t, titled(""))
	f.Text.Insert("{회차}화")
	r.Press(f.chips[titletemplate.Episode])
	if r.Sheet() == nil || f.Text.Text() != "{회차}화" {
		t.Fatalf("nothing is asked; the field holds %q", f.Text.Text())
	}
	number := r.Fields()[0]
	number.SetText("0")
	r.Press(r.Button("저장"))
	r.Clock.Advance(kit.InputDelay)
	if len(r.Fake.Wanted()) != 0 {
		t.Fatal("0 was taken")
	}
	number.SetText("４1")
	r.Press(r.Button("저장"))
	r.Clock.Advance(kit.InputDelay)
	r.Until("it is set", func() bool { return r.Sheet() == nil })
	if got := r.Fake.Wanted(); !slices.Equal(got, []string{"episode 41 of {회차}화"}) {
		t.Errorf("asked %q", got)
	}
	if got := f.Text.Hint(); got != "미리보기: 41화" {
		t.Errorf("the preview is %q", got)
	}
}
