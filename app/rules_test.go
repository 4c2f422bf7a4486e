package app

import (
	"strings"
	"testing"
	"time"

	"cuelight/app/state"
	"cuelight/providers"
)

// titlePreset saves a preset that sets the title.
func titlePreset(t *testing.T, e *Engine, name, title string) {
	t.Helper()
	if _, err := e.Presets.Save(t.Context(), name, providers.Patch{Title: &title}); err != nil {
		t.Fatal(err)
	}
}

// addRule adds a rule and switches it on.
func addRule(t *testing.T, e *Engine, r state.Rule) {
	t.Helper()
	added, err := e.Rules.Add(t.Context(), r)
	if err == nil {
		_, err = e.Rules.Switch(t.Context(), added.ID, true)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// A template gives other text than it is written with: what it gave is what a rule
// compares.
func TestARuleSendsATemplateAgainOnlyWhereItGivesAnother(t *testing.T) {
	s := newSharedStudio(t)
	e := s.signedIn()
	titlePreset(t, e, "배그", "{scene} {time} {episode}화")
	for _, scene := range []string{"게임", "대기"} {
		addRule(t, e, state.Rule{Trigger: state.Trigger{Scene: scene}, Preset: "배그"})
	}
	running(t, e)
	begins := func(with string) func(state.State) bool {
		return func(s state.State) bool { return strings.HasPrefix(s.Broadcast.Confirmed.Title, with) }
	}
	until(t, e, "OBS", linked)
	until(t, e, "the settings", func(s state.State) bool { return s.Broadcast.Known })

	s.obs.SetScene("게임")
	sent := until(t, e, "the title of the game", begins("게임 ")).Broadcast
	until(t, e, "the announcement", func(s state.State) bool { return s.Rules.Applied.Rule.ID != "" })
	s.clock.pass(5 * time.Minute)
	e.rules.Happened(state.Trigger{Scene: "게임"})
	time.Sleep(2 * time.Second)
	if now := e.State().Broadcast; now.Confirmed.Title != sent.Confirmed.Title || !now.AppliedAt.Equal(sent.AppliedAt) {
		t.Errorf("%q was sent again as %q", sent.Confirmed.Title, now.Confirmed.Title)
	}
	s.obs.SetScene("대기")
	if now := until(t, e, "the title of the break", begins("대기 ")).Broadcast.Confirmed.Title; !strings.HasSuffix(now, " 1화") {
		t.Errorf("the same broadcast is %q", now)
	}
}
