package rule_test

import (
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"cuelight/app/rule"
	"cuelight/app/state"
	"cuelight/providers"
)

func TestASceneAppliesItsPresetAndIsAnnounced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := twoScenes()
		w.running(func() {
			w.scene("없는 규칙")
			time.Sleep(5 * time.Second)
			w.expect(t, "a scene without a rule")
			w.scene("게임")
			time.Sleep(time.Second)
			w.expect(t, "its scene", "배그")
			if a := w.now().Rules.Applied; a.Rule.ID != "1" || time.Since(a.At) > time.Second {
				t.Errorf("announced %+v", a)
			}
		})
	})
}

func TestNothingHappensByItselfUnlessItIsWanted(t *testing.T) {
	for name, change := range map[string]func(*world, *state.RuleSet){
		"the rules are off as a whole":        func(_ *world, s *state.RuleSet) { s.On = false },
		"the rule is off":                     func(_ *world, s *state.RuleSet) { s.Rules[0].On = false },
		"another Cuelight runs the rules":     func(w *world, _ *state.RuleSet) { w.others = true },
		"the preset is for another platform":  func(_ *world, s *state.RuleSet) { s.Rules[0].Preset = "other" },
		"the preset is not there":             func(_ *world, s *state.RuleSet) { s.Rules[0].Preset = "gone" },
		"the scene's name is only alike":      func(_ *world, s *state.RuleSet) { s.Rules[0].Scene = "게임 " },
		"a collection of that name, no scene": func(_ *world, s *state.RuleSet) { s.Rules[0].Trigger = state.Trigger{Collection: "게임"} },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				set := rules(onScene("1", "게임", "배그"))
				other := titled("other", "x")
				other.Platform = "kollus"
				w := newWorld(set, titled("배그", "한 판"), other)
				change(w, &set)
				w.emit(state.RulesChanged{Rules: set})
				w.running(func() {
					w.scene("게임")
					time.Sleep(2 * time.Minute)
					w.expect(t, name)
				})
			})
		})
	}
}

func TestNoSecondChangeWithinTheQuietPeriod(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := twoScenes()
		w.running(func() {
			w.scene("게임")
			time.Sleep(10 * time.Second)
			w.scene("대기")
			time.Sleep(50 * time.Second)
			w.expect(t, "50.5 s after the first", "배그")
			time.Sleep(time.Second)
			w.expect(t, "where OBS still is when the quiet period ends", "배그", "소통")
			time.Sleep(10 * time.Second)
			w.scene("게임")
			w.scene("대기")
			time.Sleep(5 * time.Minute)
			w.expect(t, "back where it was", "배그", "소통")
		})
	})
}

func TestTheUsersOwnChangeEndsWhatWaited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := twoScenes()
		w.running(func() {
			w.scene("게임")
			time.Sleep(10 * time.Second)
			w.scene("대기")
			time.Sleep(10 * time.Second)
			mine := "직접 쓴 제목"
			w.emit(state.Applied{Account: "a", Sent: providers.Patch{Title: &mine}, At: time.Now()})
			time.Sleep(5 * time.Minute)
			w.expect(t, "the user has written a title meanwhile", "배그")
			w.scene("대기")
			time.Sleep(time.Second)
			w.expect(t, "a new switch counts again", "배그", "소통")
		})
	})
}

func TestAStormOfScenesChangesTheBroadcastOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := twoScenes()
		w.running(func() {
			for i := range 10_000 {
				w.scene([]string{"게임", "대기"}[i%2])
				if i%10 == 0 {
					time.Sleep(20 * time.Millisecond)
				}
			}
			w.expect(t, "in the midst of it")
			time.Sleep(10 * time.Minute)
			w.expect(t, "after it", "소통")
		})
	})
}

// A program that switches the scene whenever a preset is applied would go on for
// ever without a quiet period.
func TestALoopIsHeldToOneChangeAQuietPeriod(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := twoScenes()
		w.running(func() {
			for i := range 300 { // ten minutes
				w.scene([]string{"게임", "대기"}[i%2])
				time.Sleep(2 * time.Second)
			}
			if applied, _ := w.seen(); len(applied) < 1 || len(applied) > 10 {
				t.Errorf("%d changes in 10 minutes", len(applied))
			}
		})
	})
}

func TestUnsentChangesOfTheUserAreLeftAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := twoScenes()
		typed := "쓰는 중"
		w.emit(state.DraftChanged{Account: "a", Set: providers.Patch{Title: &typed}})
		w.running(func() {
			w.scene("게임")
			time.Sleep(time.Minute)
			w.expect(t, "with a draft")
			if _, notices := w.seen(); !slices.Equal(notices, []string{rule.NoticeDraft}) {
				t.Errorf("told %q", notices)
			}
		})
	})
}

func TestAProposalAsksAndAFailureIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asks := onScene("1", "게임", "배그")
		asks.Propose = true
		w := newWorld(rules(asks, onScene("2", "대기", "소통")), titled("배그", "한 판"), titled("소통", "이야기"))
		w.fails = errors.New("no")
		w.running(func() {
			w.scene("게임")
			time.Sleep(time.Second)
			w.expect(t, "a proposal")
			if w.now().Rules.Proposed.Rule.ID != "1" {
				t.Errorf("proposed %+v", w.now().Rules.Proposed)
			}
			w.scene("대기")
			time.Sleep(time.Second)
			if _, notices := w.seen(); !slices.Equal(notices, []string{rule.NoticeFailed}) || w.now().Rules.Applied.Rule.ID != "" {
				t.Errorf("a failure told %q, announced %+v", notices, w.now().Rules.Applied)
			}
		})
	})
}

func TestAProgramThatComesToTheFront(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		set := rules(state.Rule{ID: "1", On: true, Trigger: state.Trigger{Program: "TslGame.exe"}, Preset: "배그"})
		w := newWorld(set, titled("배그", "한 판"))
		w.front = []string{"tslgame"}
		w.running(func() {
			time.Sleep(5 * time.Second)
			w.expect(t, "in front from the beginning")
			w.lock(func() { w.front = []string{"cuelight", "Cuelight"} })
			time.Sleep(5 * time.Second)
			w.lock(func() { w.front = []string{"wine64-preloader", "tslgame.exe"} })
			time.Sleep(5 * time.Second)
			w.expect(t, "came to the front", "배그")
		})
	})
}

func TestThatProgramsCannotBeSeenIsSaidOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		set := rules(state.Rule{ID: "1", On: true, Trigger: state.Trigger{Program: "x"}, Preset: "배그"})
		w := newWorld(set, titled("배그", "한 판"))
		w.noFront = errors.New("not here")
		w.running(func() { time.Sleep(time.Minute) })
		if _, notices := w.seen(); !slices.Equal(notices, []string{rule.NoticePrograms}) {
			t.Errorf("told %q", notices)
		}
	})
}
