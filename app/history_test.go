package app

import (
	"errors"
	"strings"
	"testing"

	"cuelight/app/state"
	"cuelight/providers"
)

// titlesOf gives the titles of the history, the last used first.
func titlesOf(e *Engine) []string {
	var all []string
	for _, p := range e.State().History {
		all = append(all, p.Title)
	}
	return all
}

func applyDraft(t *testing.T, e *Engine, change providers.Patch) {
	t.Helper()
	e.Broadcast.Draft(change)
	if err := e.Broadcast.Apply(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
}

func TestATemplateIsSentAsTextAndLeavesNoDraft(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	if err := e.Broadcast.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	applyDraft(t, e, providers.Patch{Title: ptr("{회차}화 {{생}}"), Hashtags: &[]string{"게임"}})
	if got := titleAtThePlatform(t, s); got != "1화 {생}" {
		t.Errorf("the platform holds %q", got)
	}
	b := e.State().Broadcast
	if !b.Draft.Empty() || b.Confirmed.Title != "1화 {생}" {
		t.Errorf("left is %+v over %q", b.Draft, b.Confirmed.Title)
	}
	past := e.State().History
	if len(past) != 1 || past[0].Title != "{episode}화 {{생}}" || past[0].Sent != "1화 {생}" || past[0].Category.Number != b.Confirmed.Category.Number {
		t.Errorf("remembered %+v", past)
	}
	// A template of what is there already is no change.
	e.Broadcast.Draft(providers.Patch{Title: ptr("1화 {{생}}")})
	if got := e.State().Broadcast.Draft; !got.Empty() {
		t.Errorf("a change is seen: %+v", got)
	}
}

func TestUndoingIsNothingToRemember(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	if err := e.Broadcast.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := e.State().Broadcast.Confirmed.Title
	if err := e.Broadcast.Update(t.Context(), providers.Patch{Title: ptr("{{a}")}, nil); !errors.Is(err, providers.ErrUsage) {
		t.Fatalf("a brace too few: %v", err)
	}
	applyDraft(t, e, providers.Patch{Title: ptr("{{a}}")})
	if err := e.Broadcast.Undo(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if err := e.Broadcast.Undo(t.Context(), nil); err != nil { // to the letter, braces and all
		t.Fatal(err)
	}
	if got := titleAtThePlatform(t, s); got != "{a}" {
		t.Errorf("the platform holds %q", got)
	}
	if past := e.State().History; len(past) != 1 || past[0].Uses != 1 || past[0].Title == before {
		t.Errorf("remembered %+v", past)
	}
}

func TestADraftIsJudgedByItsExactText(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	if err := e.Broadcast.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	for title, reason := range map[string]string{
		strings.Repeat("가", 74) + "{episode}": "",
		strings.Repeat("가", 75) + "{episode}": "title.too_long",
		strings.Repeat("가", 74) + "{{}}":      "title.too_long",
		"{nonsense}":                          "template.unknown",
		strings.Repeat("가", 80) + "}":         "template.brace",
		"{회차}{시간}" + strings.Repeat("가", 60):  "",
	} {
		e.Broadcast.Draft(providers.Patch{Title: ptr(title)})
		if got := reasonOf(e.State().Broadcast.Problems[providers.FieldTitle]); got != reason {
			t.Errorf("%q: %q, want %q", title, got, reason)
		}
		preview, err := e.Titles.PreviewTitle(t.Context(), providers.Patch{Title: ptr(title)}, nil)
		if got := reasonOf(err); got != reason || (preview.Title == "") != strings.HasPrefix(reason, "template.") || preview.Title != "" && preview.Limit != 75 {
			t.Errorf("%q previews as %+v, %v", title, preview, err)
		}
	}
	e.Broadcast.Draft(providers.Patch{Title: ptr("{nonsense}"), Hashtags: &[]string{"a_b"}})
	if got := reasonOf(e.State().Broadcast.Problems[providers.FieldHashtags]); got == "" {
		t.Error("a wrong title hides what is wrong beside it")
	}
}

func TestAnotherCuelightsTitlesAreShown(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	other := s.open()
	if err := other.Broadcast.Update(t.Context(), providers.Patch{Title: ptr("theirs")}, nil); err != nil {
		t.Fatal(err)
	}
	if err := e.Broadcast.Update(t.Context(), providers.Patch{Title: ptr("mine")}, nil); err != nil {
		t.Fatal(err)
	}
	if got := titlesOf(e); len(got) != 2 || got[0] != "mine" || got[1] != "theirs" {
		t.Errorf("shown are %q", got)
	}
	if got := titlesOf(s.open()); len(got) != 2 {
		t.Errorf("a later one shows %q", got)
	}
}

func TestAPastBroadcastsTitleIsDraftedAgain(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	if err := e.Broadcast.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	applyDraft(t, e, providers.Patch{Title: ptr("{episode}화")})
	applyDraft(t, e, providers.Patch{Title: ptr("something else")})
	for title, want := range map[string]string{"1화": "{episode}화", "of before {x}": "of before {{x}}"} {
		if err := e.Titles.DraftAgain(t.Context(), title, "스타크래프트"); err != nil {
			t.Fatal(err)
		}
		if d := e.State().Broadcast.Draft; d.Title == nil || *d.Title != want || d.Category == nil || *d.Category != "00040001" {
			t.Errorf("%q: the draft is %+v", title, d)
		}
	}
}

func TestARunningStreamsEndIsTheEndOfItsEpisode(t *testing.T) {
	s := newStudio(t)
	e := s.signedIn()
	on, off := e.State(), e.State()
	on.OBS.Stream, off.OBS.Stream = state.StreamOn, state.StreamOff
	before := e.History.LastEnded()
	e.Titles.NoteEnd(off, on)
	e.Titles.NoteEnd(on, off)
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if e.History.LastEnded().Equal(before) {
		t.Error("the end was not kept")
	}
}
