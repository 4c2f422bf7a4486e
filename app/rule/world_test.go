package rule_test

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"cuelight/app/rule"
	"cuelight/app/state"
	"cuelight/providers"
)

// world is a Runner with a State of its own, on the clock of a bubble.
type world struct {
	*rule.Runner
	mu      sync.Mutex // guards what follows
	state   state.State
	applied []string
	notices []string
	fails   error
	others  bool // another process runs the rules
	front   []string
	noFront error
}

func newWorld(set state.RuleSet, presets ...state.Preset) *world {
	w := &world{}
	w.state = state.Reduce(w.state, state.AccountSelected{Account: providers.Account{Name: "a", Platform: "soop"}})
	w.emit(state.RulesChanged{Rules: set}, state.PresetsChanged{Presets: presets})
	w.Runner = rule.NewRunner(rule.RunnerOptions{
		State: w.now, Emit: w.emit, Now: time.Now, Log: slog.New(slog.DiscardHandler),
		Notice: func(key, _ string, _ error) { w.lock(func() { w.notices = append(w.notices, key) }) },
		Apply:  w.apply,
		Titles: func(p state.Preset) []string { return []string{*p.Title} },
		Claim: func() func() {
			if w.others {
				return nil
			}
			return func() {}
		},
		OpenPrograms: func() (rule.Programs, error) { return programs{w}, w.noFront },
	})
	return w
}

func (w *world) lock(do func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	do()
}

func (w *world) now() (s state.State) {
	w.lock(func() { s = w.state })
	return s
}

// seen gives what was applied, and the notices.
func (w *world) seen() (applied, notices []string) {
	w.lock(func() { applied, notices = slices.Clone(w.applied), slices.Clone(w.notices) })
	return applied, notices
}

func (w *world) emit(events ...state.Event) {
	w.lock(func() {
		for _, e := range events {
			w.state = state.Reduce(w.state, e)
		}
	})
}

func (w *world) apply(_ context.Context, name string) error {
	if w.fails != nil {
		return w.fails
	}
	found, _ := w.now().Preset(name)
	w.lock(func() { w.applied = append(w.applied, name) })
	w.emit(state.Applied{Account: "a", Sent: found.Patch(), At: time.Now()})
	return nil
}

// programs is the program in front.
type programs struct{ w *world }

func (p programs) Front() (names []string, err error) {
	p.w.lock(func() { names = p.w.front })
	return names, nil
}
func (programs) Close() {}

// running runs the rules in a bubble until the test's steps are done.
func (w *world) running(steps func()) {
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { w.Run(ctx); close(ended) }()
	steps()
	stop()
	<-ended
}

func (w *world) scene(name string) { w.Happened(state.Trigger{Scene: name}) }

func (w *world) expect(t *testing.T, when string, applied ...string) {
	t.Helper()
	if done, told := w.seen(); !slices.Equal(done, applied) {
		t.Errorf("%s: applied %q, want %q (notices %q)", when, done, applied, told)
	}
}

func titled(name, title string) state.Preset {
	return state.Preset{Name: name, Platform: "soop", Settings: state.Settings{Title: &title}}
}

func onScene(id, scene, preset string) state.Rule {
	return state.Rule{ID: id, On: true, Trigger: state.Trigger{Scene: scene}, Preset: preset}
}

func rules(list ...state.Rule) state.RuleSet {
	return state.RuleSet{On: true, QuietSeconds: 60, Rules: list}
}

// twoScenes switches between two presets.
func twoScenes() *world {
	return newWorld(rules(onScene("1", "게임", "배그"), onScene("2", "대기", "소통")), titled("배그", "한 판"), titled("소통", "이야기"))
}
