//go:build linux

package app

import (
	"testing"
	"time"

	"cuelight/app/state"
	"cuelight/internal/realobs"
)

func titleIs(title string) func(state.State) bool {
	return func(s state.State) bool { return s.Broadcast.Confirmed.Title == title }
}

// Another client, such as a stream deck, switches the scenes; one after the other and
// then a hundred in a second.
func TestRealOBSSwitchesScenesAndItsRulesApplyPresets(t *testing.T) {
	o := realobs.ForTest(t, realobs.Options{})
	user := o.Connect(t)
	for _, scene := range []string{"게임", "대기", "쉬는 시간"} {
		user.Request("CreateScene", map[string]any{"sceneName": scene})
	}
	toScene := func(name string) {
		user.Request("SetCurrentProgramScene", map[string]any{"sceneName": name})
	}
	toScene("쉬는 시간")
	s := newSharedStudio(t)
	e := s.signedIn(withRealOBS(o))
	titlePreset(t, e, "배그", "한 판 더")
	titlePreset(t, e, "소통", "이야기합시다")
	running(t, e)
	until(t, e, "OBS", linked)
	until(t, e, "the settings", func(s state.State) bool { return s.Broadcast.Known })
	before := e.State().Broadcast.Confirmed.Title

	toScene("게임")
	time.Sleep(2 * time.Second)
	if got := e.State().Broadcast.Confirmed.Title; got != before {
		t.Fatalf("without a rule the title became %q", got)
	}
	toScene("쉬는 시간")
	addRule(t, e, state.Rule{Trigger: state.Trigger{Scene: "게임"}, Preset: "배그"})
	addRule(t, e, state.Rule{Trigger: state.Trigger{Scene: "대기"}, Preset: "소통"})
	if err := e.Rules.SetQuiet(t.Context(), 5*time.Second); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Second)
	toScene("게임")
	until(t, e, "the scene's preset", titleIs("한 판 더"))
	until(t, e, "the announcement", func(s state.State) bool { return s.Rules.Applied.Rule.Scene == "게임" })
	if err := e.Broadcast.Undo(t.Context(), nil); err != nil || e.State().Broadcast.Confirmed.Title != before {
		t.Errorf("undone: %v, title %q", err, e.State().Broadcast.Confirmed.Title)
	}

	for i := range 100 {
		toScene([]string{"대기", "게임"}[i%2])
	}
	toScene("대기")
	time.Sleep(2 * time.Second)
	if got := e.State().Broadcast.Confirmed.Title; got != before {
		t.Errorf("in the quiet period the title became %q", got)
	}
	s.clock.pass(6 * time.Second)
	until(t, e, "what the storm ended with", titleIs("이야기합시다"))
}

func TestRealOBSSwitchesItsSceneCollectionAndAPresetIsProposed(t *testing.T) {
	o := realobs.ForTest(t, realobs.Options{})
	user := o.Connect(t)
	for _, name := range []string{"방송용", "연습용"} {
		user.Request("CreateSceneCollection", map[string]any{"sceneCollectionName": name})
	}
	s := newSharedStudio(t)
	e := s.signedIn(withRealOBS(o))
	titlePreset(t, e, "방송", "방송합니다")
	addRule(t, e, state.Rule{Trigger: state.Trigger{Collection: "방송용"}, Preset: "방송", Propose: true})
	running(t, e)
	until(t, e, "OBS", linked)
	until(t, e, "the settings", func(s state.State) bool { return s.Broadcast.Known })
	before := e.State().Broadcast.Confirmed.Title
	user.Request("SetCurrentSceneCollection", map[string]any{"sceneCollectionName": "방송용"})
	until(t, e, "the proposal", func(s state.State) bool { return s.Rules.Proposed.Rule.Preset == "방송" })
	if got := e.State().Broadcast.Confirmed.Title; got != before {
		t.Errorf("a proposal has changed the title to %q", got)
	}
	if _, err := e.Presets.Apply(t.Context(), e.State().Rules.Proposed.Rule.Preset, nil); err != nil {
		t.Fatal(err)
	}
	e.AnswerRule()
	if now := e.State(); now.Rules.Proposed.Rule.ID != "" || now.Broadcast.Confirmed.Title != "방송합니다" {
		t.Errorf("accepted: %+v, title %q", now.Rules, now.Broadcast.Confirmed.Title)
	}
}

// Several windows and `watch` run side by side: one of them follows a rule.
func TestOneOfSeveralCuelightsFollowsARule(t *testing.T) {
	s := newSharedStudio(t)
	first := s.signedIn()
	second := s.beside(t)
	titlePreset(t, first, "배그", "한 판 더")
	addRule(t, first, state.Rule{Trigger: state.Trigger{Scene: "게임"}, Preset: "배그"})
	running(t, first)
	running(t, second)
	for _, e := range []*Engine{first, second} {
		until(t, e, "the rules and settings", func(s state.State) bool {
			return s.Rules.On && len(s.Presets) == 1 && s.Broadcast.Known
		})
	}
	for _, e := range []*Engine{first, second} {
		e.rules.Happened(state.Trigger{Scene: "게임"})
	}
	for _, e := range []*Engine{first, second} {
		until(t, e, "the title", titleIs("한 판 더"))
	}
	done := 0
	for _, e := range []*Engine{first, second} {
		if e.State().Rules.Applied.Rule.ID != "" {
			done++
		}
	}
	if done != 1 {
		t.Errorf("%d of two have applied the preset", done)
	}
}
