// Package presets is the screen of presets and of the rules that apply them, and
// what other screens show of them: the row on the home screen, the announcement of
// what a rule has done.
package presets

import (
	"context"
	"time"

	"cuelight/app/preset"
	"cuelight/app/state"
	"cuelight/app/task"
	"cuelight/providers"
)

// Presets are the core's.
type Presets interface {
	Save(ctx context.Context, name string, values providers.Patch) (preset.Outcome, error)
	Apply(ctx context.Context, name string, tell task.Progress) (preset.Outcome, error)
	Rename(ctx context.Context, from, to string) error
	Remove(ctx context.Context, name string) error
	Move(ctx context.Context, name string, to int) error
	Export(ctx context.Context, path string) (int, error)
	Import(ctx context.Context, path string) ([]string, error)
	Gone(ctx context.Context, list []state.Preset) (map[string]bool, error)
}

// Rules are the core's.
type Rules interface {
	Add(ctx context.Context, added state.Rule) (state.Rule, error)
	Remove(ctx context.Context, id string) error
	Switch(ctx context.Context, id string, on bool) (state.RuleSet, error)
	SetPropose(ctx context.Context, id string, propose bool) error
	SetQuiet(ctx context.Context, quiet time.Duration) error
}

// Core is what else is needed of the core.
type Core interface {
	// Scenes gives the names of OBS's scenes.
	Scenes(ctx context.Context) ([]string, error)
	Undo(ctx context.Context, tell task.Progress) error
	// AnswerRule ends what a rule has announced or proposed. It is quick.
	AnswerRule()
}

// Engine is the core as this package needs it.
type Engine struct {
	Presets Presets
	Rules   Rules
	Core    Core
}
