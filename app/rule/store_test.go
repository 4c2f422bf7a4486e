package rule_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"cuelight/app/rule"
	"cuelight/app/state"
	"cuelight/app/storage"
	"cuelight/providers"
)

// openStore opens a Store as a process of its own would.
func openStore(dir string, broken func(string, error)) *rule.Store {
	return rule.NewStore(rule.StoreOptions{
		Dir: dir, Locks: storage.NewLocks(filepath.Join(dir, "locks")), Now: time.Now,
		Emit: func(...state.Event) {}, Changed: func() {}, Broken: broken,
	})
}

func scene(name string) state.Rule {
	return state.Rule{Trigger: state.Trigger{Scene: name}, Preset: "p"}
}

func TestRulesAreOffAtFirstAndSwitchedOneByOne(t *testing.T) {
	s := openStore(t.TempDir(), nil)
	set, err := s.Load(t.Context())
	if err != nil || set.On || set.QuietSeconds != 60 || set.Rules == nil {
		t.Fatalf("at first %+v, %v", set, err)
	}
	one, err := s.Add(t.Context(), scene("가"))
	two, err2 := s.Add(t.Context(), scene("나"))
	if err != nil || err2 != nil || one.ID != "1" || two.ID != "2" || !one.On {
		t.Fatalf("added %+v %+v, %v %v", one, two, err, err2)
	}
	if set, _ = s.Load(t.Context()); set.On {
		t.Error("adding a rule switched the rules on")
	}
	if set, err = s.Switch(t.Context(), "2", false); err != nil || set.On || set.Rules[1].On || !set.Rules[0].On {
		t.Errorf("switching one off: %+v, %v", set, err)
	}
	if set, err = s.Switch(t.Context(), "2", true); err != nil || !set.On || !set.Rules[1].On {
		t.Errorf("switching one on: %+v, %v", set, err)
	}
	if set, err = s.Switch(t.Context(), "", false); err != nil || set.On || !set.Rules[1].On {
		t.Errorf("switching all off: %+v, %v", set, err)
	}
	if err := s.Remove(t.Context(), "2"); err != nil {
		t.Fatal(err)
	}
	if three, err := s.Add(t.Context(), scene("다")); err != nil || three.ID != "3" {
		t.Errorf("an ID was given twice: %+v, %v", three, err)
	}
}

func TestRulesRefuseWhatCannotBe(t *testing.T) {
	s := openStore(t.TempDir(), nil)
	_, none := s.Add(t.Context(), state.Rule{Preset: "p"})
	_, two := s.Add(t.Context(), state.Rule{Trigger: state.Trigger{Scene: "a", Program: "b"}, Preset: "p"})
	_, unseen := s.Add(t.Context(), scene("a\x1b[31m"))
	_, switched := s.Switch(t.Context(), "7", true)
	for what, err := range map[string]error{
		"no trigger": none, "two triggers": two, "an escape": unseen, "an unknown ID switched": switched,
		"an unknown ID removed": s.Remove(t.Context(), "x"), "no quiet": s.SetQuiet(t.Context(), 0),
		"a week of quiet": s.SetQuiet(t.Context(), 7*24*time.Hour),
	} {
		if !errors.Is(err, providers.ErrUsage) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestRulesFollowTheirPreset(t *testing.T) {
	s := openStore(t.TempDir(), nil)
	for _, r := range []state.Rule{scene("가"), {Trigger: state.Trigger{Scene: "나"}, Preset: "q"}} {
		if _, err := s.Add(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.RenamePreset(t.Context(), "p", "새 이름"); err != nil {
		t.Fatal(err)
	}
	if set, _ := s.Load(t.Context()); set.Rules[0].Preset != "새 이름" || set.Rules[1].Preset != "q" {
		t.Errorf("renamed: %+v", set.Rules)
	}
	if err := s.RemovePreset(t.Context(), "새 이름"); err != nil {
		t.Fatal(err)
	}
	if set, _ := s.Load(t.Context()); len(set.Rules) != 1 || set.Rules[0].Preset != "q" {
		t.Errorf("removed: %+v", set.Rules)
	}
}

func TestTwoProcessesLoseNoRule(t *testing.T) {
	dir := t.TempDir()
	var work sync.WaitGroup
	for range 3 {
		s := openStore(dir, nil)
		work.Go(func() {
			for range 15 {
				if _, err := s.Add(t.Context(), scene("가")); err != nil {
					t.Error(err)
				}
			}
		})
	}
	work.Wait()
	set, err := openStore(dir, nil).Load(t.Context())
	seen := make(map[string]bool)
	for _, r := range set.Rules {
		seen[r.ID] = true
	}
	if err != nil || len(seen) != 45 {
		t.Errorf("%d of 45 rules, %v", len(seen), err)
	}
}

func TestBrokenRulesAreKeptAside(t *testing.T) {
	for _, content := range []string{
		`{"rules":[{"id":"1"`, `{"rules":[{"id":"x","scene":"a","preset":"p"}]}`, `{"rules":[{"id":"1","preset":"p"}]}`,
		`{"rules":[{"id":"1","scene":"a","preset":"p"},{"id":"1","scene":"b","preset":"p"}]}`,
		`{"rules":[` + strings.Repeat(`{"id":"1","scene":"a","preset":"p"},`, rule.MaxRules) + `{}]}`,
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, rule.FileName), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		kept := ""
		set, err := openStore(dir, func(name string, _ error) { kept = name }).Load(t.Context())
		if err != nil || len(set.Rules) != 0 || set.On {
			t.Errorf("%.40s: %+v, %v", content, set, err)
		}
		if data, err := os.ReadFile(kept); err != nil || string(data) != content {
			t.Errorf("%.40s is not kept: %v", content, err)
		}
	}
}
