package home

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/providers"
)

func (r *recent) titles() []string {
	var all []string
	for i := range r.found {
		all = append(all, r.row(i).Title)
	}
	return all
}

func TestRecentTitlesAreFilteredWhileTyping(t *testing.T) {
	r, h := opened(t, kittest.WithHistory(kittest.Ready()))
	recent := h.recent
	if got := recent.titles(); len(got) != 4 || got[0] != "[생] 자러 가기 전 한 판만 더 · 시즌 {회차}화" {
		t.Fatalf("shows %q", got)
	}
	for query, want := range map[string][]string{
		"노래": {"오랜만에 노래방송"}, "ㅈㅎㄱㅇ": {"{요일} 저녁 종겜"}, "음악": {"오랜만에 노래방송"}, "없는 것": nil,
	} {
		recent.search.SetText(query)
		if got := recent.titles(); !slices.Equal(got, want) {
			t.Errorf("%q shows %q, want %q", query, got, want)
		}
		if recent.empty.Visible() != (want == nil) || recent.list.Visible() == (want == nil) {
			t.Errorf("%q: says that there is nothing: %v", query, recent.empty.Visible())
		}
	}
	recent.search.SetText("")
	r.Press(recent.stars)
	if got := recent.titles(); len(got) != 1 {
		t.Errorf("favourites are %q", got)
	}
	r.Press(recent.stars)
	r.Fake.Set(func(s *state.State) { s.History = slices.Clone(s.History[2:]) })
	r.Render()
	if got := recent.titles(); len(got) != 2 {
		t.Errorf("after some were forgotten: %q", got)
	}
}

func TestOnlyThePlatformInUseHasItsTitlesShown(t *testing.T) {
	s := kittest.WithHistory(kittest.Ready())
	s.History[1].Platform = "kollus"
	_, h := opened(t, s)
	if got := h.recent.titles(); len(got) != 3 {
		t.Errorf("shows %q", got)
	}
}

func TestOneClickFillsTheFormAndAnotherTakesItBack(t *testing.T) {
	r, h := opened(t, kittest.WithHistory(kittest.Ready()))
	mine := "쓰던 제목"
	r.Fake.Draft(providers.Patch{Title: &mine})
	r.Render()
	h.recent.list.OnChosen(0, fyne.Position{})
	r.Render()
	draft := r.Fake.State().Broadcast.Draft
	if draft.Title == nil || *draft.Title != "[생] 자러 가기 전 한 판만 더 · 시즌 {회차}화" || *draft.Category != "00040066" || !slices.Equal(*draft.Hashtags, []string{"게임"}) {
		t.Fatalf("the draft is %+v", draft)
	}
	if r.Fake.Called("apply") {
		t.Error("it was sent as well")
	}
	toasts := r.Layer.Toasts()
	if len(toasts) == 0 || toasts[0].OnAction == nil {
		t.Fatal("there is no way back")
	}
	toasts[0].OnAction()
	r.Render()
	if draft := r.Fake.State().Broadcast.Draft; draft.Title == nil || *draft.Title != mine {
		t.Errorf("taken back, the draft is %+v", draft)
	}
	for _, call := range []string{"theirs category", "theirs hashtags"} {
		if r.Fake.Times(call) == 0 {
			t.Errorf("%s was not asked for", call)
		}
	}
}

func TestEntriesAreStarredAndForgotten(t *testing.T) {
	r, h := opened(t, kittest.WithHistory(kittest.Ready()))
	h.recent.row(0).Actions[0].Do()
	h.recent.row(1).Actions[0].Do()
	h.recent.row(2).Actions[1].Do()
	r.Until("all is asked for", func() bool { return len(r.Fake.Wanted()) == 3 })
	asked := r.Fake.Wanted()
	slices.Sort(asked)
	if want := []string{"forget 2", "mark 3 true", "mark 4 false"}; !slices.Equal(asked, want) {
		t.Errorf("asked %q", asked)
	}
}
