// Package presets holds the verbs of the terminal for presets and rules.
package presets

import (
	"context"

	"cuelight/app"
	"cuelight/app/state"
	"cuelight/app/words"
)

// Terminal is what a verb is given by the command line.
type Terminal interface {
	// WithEngine opens the Engine for one use case and closes it again.
	WithEngine(ctx context.Context, do func(context.Context, *app.Engine) error) error
	// Words are those of the user's language.
	Words() *words.Words
	// Message is for people, on standard error.
	Message(line string)
	// Result gives the outcome: the object with --json, the lines without.
	Result(object any, lines ...string)
	// Progress shows each step of a task.
	Progress(step state.Step)
	// FirstLine reads a line of standard input.
	FirstLine(ctx context.Context) (string, error)
}

// Preset are the verbs of presets. Without a verb, a name is applied.
type Preset struct {
	Apply  apply      `cmd:"" default:"withargs" help:"help_cmd_preset_apply"`
	List   list       `cmd:"" help:"help_cmd_preset_list"`
	Save   save       `cmd:"" help:"help_cmd_preset_save"`
	Show   show       `cmd:"" help:"help_cmd_preset_show"`
	Rename rename     `cmd:"" help:"help_cmd_preset_rename"`
	Move   move       `cmd:"" help:"help_cmd_preset_move"`
	Remove remove     `cmd:"" help:"help_cmd_preset_remove"`
	Export export     `cmd:"" help:"help_cmd_preset_export"`
	Import importFile `cmd:"" name:"import" help:"help_cmd_preset_import"`
}

// Rule are the verbs of rules.
type Rule struct {
	List   ruleList   `cmd:"" help:"help_cmd_rule_list"`
	Add    ruleAdd    `cmd:"" help:"help_cmd_rule_add"`
	Remove ruleRemove `cmd:"" help:"help_cmd_rule_remove"`
	On     ruleOn     `cmd:"" help:"help_cmd_rule_on"`
	Off    ruleOff    `cmd:"" help:"help_cmd_rule_off"`
	Quiet  ruleQuiet  `cmd:"" help:"help_cmd_rule_quiet"`
}
