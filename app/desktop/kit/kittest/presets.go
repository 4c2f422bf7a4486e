package kittest

import (
	"context"
	"fmt"
	"time"

	"cuelight/app/preset"
	"cuelight/app/state"
	"cuelight/app/task"
	"cuelight/providers"
)

// Presets notes what is asked of the presets.
type Presets struct {
	*Engine
	// NoCategory are the presets whose category does not exist any more.
	NoCategory map[string]bool
	// Saved is what was saved last.
	Saved providers.Patch
}

func (p *Presets) Save(_ context.Context, name string, values providers.Patch) (preset.Outcome, error) {
	p.Saved = values
	return preset.Outcome{Preset: state.Preset{Name: name}, Added: true}, p.Note("save preset " + name)
}

func (p *Presets) Apply(_ context.Context, name string, _ task.Progress) (preset.Outcome, error) {
	return preset.Outcome{}, p.Note("apply preset " + name)
}

func (p *Presets) Rename(_ context.Context, from, to string) error {
	return p.Note(fmt.Sprintf("rename preset %s to %s", from, to))
}

func (p *Presets) Remove(_ context.Context, name string) error {
	return p.Note("remove preset " + name)
}

func (p *Presets) Move(_ context.Context, name string, to int) error {
	return p.Note(fmt.Sprintf("move preset %s to %d", name, to))
}

func (p *Presets) Export(_ context.Context, path string) (int, error) {
	return 1, p.Note("export to " + path)
}

func (p *Presets) Import(_ context.Context, path string) ([]string, error) {
	return nil, p.Note("import " + path)
}

func (p *Presets) Gone(context.Context, []state.Preset) (map[string]bool, error) {
	return p.NoCategory, nil
}

// Rules notes what is asked of the rules.
type Rules struct{ *Engine }

func (r *Rules) Add(_ context.Context, added state.Rule) (state.Rule, error) {
	return added, r.Note(fmt.Sprintf("add rule %+v", added.Trigger))
}
func (r *Rules) Remove(_ context.Context, id string) error { return r.Note("remove rule " + id) }

func (r *Rules) Switch(_ context.Context, id string, on bool) (state.RuleSet, error) {
	return state.RuleSet{}, r.Note(fmt.Sprintf("rule %q on %v", id, on))
}

func (r *Rules) SetPropose(_ context.Context, id string, propose bool) error {
	return r.Note(fmt.Sprintf("rule %s proposes %v", id, propose))
}

func (r *Rules) SetQuiet(_ context.Context, quiet time.Duration) error {
	return r.Note("quiet " + quiet.String())
}

// AnswerRule notes that a rule was answered.
func (e *Engine) AnswerRule() {
	_ = e.Note("answer rule")
	e.Set(func(s *state.State) { *s = state.Reduce(*s, state.RuleAnswered{}) })
}

// WithPresets gives a State presets and rules.
func WithPresets(s state.State) state.State {
	text := func(s string) *string { return &s }
	category := func(number, name string) *providers.Category {
		return &providers.Category{Number: number, Name: name}
	}
	grade := 19
	s.Presets = []state.Preset{
		{Name: "배그 솔로", Platform: "soop", Settings: state.Settings{
			Title: text("[생] 자러 가기 전 한 판만 더 · 시즌 {episode}화"), Category: category("00040066", "배틀그라운드"), Hashtags: &[]string{"게임", "배그"},
		}},
		{Name: "소통", Platform: "soop", Settings: state.Settings{Title: text("저녁 먹으면서 이야기"), Category: category("00130000", "토크/캠방")}},
		{Name: "합방 – 종겜", Platform: "soop", Settings: state.Settings{Category: category("00040001", "종합게임"), Grade: &grade}},
		{Name: "먹방", Platform: "soop", Settings: state.Settings{Title: text("오늘의 먹방"), Category: category("00330000", "먹방")}},
		{Name: "회사 방송", Platform: "kollus", Settings: state.Settings{Title: text("주간 회의")}},
	}
	s.Rules.RuleSet = state.RuleSet{On: true, QuietSeconds: 60, Rules: []state.Rule{
		{ID: "1", On: true, Trigger: state.Trigger{Scene: "게임"}, Preset: "배그 솔로"},
		{ID: "2", Trigger: state.Trigger{Program: "TslGame.exe"}, Preset: "배그 솔로", Propose: true},
		{ID: "3", On: true, Trigger: state.Trigger{Scene: "대기"}, Preset: "소통"},
	}}
	return s
}
