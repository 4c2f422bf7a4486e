package state

import "time"

// Trigger is what a rule waits for: OBS switches to a scene or a scene
// collection, or a program comes to the front. One of the members is set.
type Trigger struct {
	Scene      string `json:"scene,omitempty"`
	Collection string `json:"collection,omitempty"`
	// Program is the name of its executable file, with or without .exe.
	Program string `json:"program,omitempty"`
}

// Name gives the scene, collection or program.
func (t Trigger) Name() string { return t.Scene + t.Collection + t.Program }

// Rule applies a preset, or proposes it, when something happens.
type Rule struct {
	// ID is a number that no other rule has had.
	ID string `json:"id"`
	On bool   `json:"on"`
	Trigger
	// Preset is the name of the preset.
	Preset string `json:"preset"`
	// Propose asks instead of applying.
	Propose bool `json:"propose"`
}

// RuleSet are all rules.
type RuleSet struct {
	// On is false at first: nothing happens by itself unless the user wants it.
	On bool `json:"on"`
	// QuietSeconds is how long after one change by a rule none makes another.
	QuietSeconds int    `json:"quiet_seconds"`
	Rules        []Rule `json:"rules"`
}

// Quiet is QuietSeconds as a duration.
func (s RuleSet) Quiet() time.Duration { return time.Duration(s.QuietSeconds) * time.Second }

// RuleUndoTime is how long faces offer to undo what a rule has applied.
const RuleUndoTime = 10 * time.Second

// RuleAction is what a rule did, or asks for; the zero value is nothing.
type RuleAction struct {
	Rule Rule
	At   time.Time
}

// RuleState is the rules, and what they do.
type RuleState struct {
	RuleSet
	// Applied is the last change by a rule, to be announced.
	Applied RuleAction
	// Proposed waits for the user's answer.
	Proposed RuleAction
}

// Last gives what a rule did or asks last, and whether it asks.
func (s RuleState) Last() (action RuleAction, proposed bool) {
	if s.Proposed.At.After(s.Applied.At) {
		return s.Proposed, true
	}
	return s.Applied, false
}

// Events of rules.
type (
	// RulesChanged: these are all rules now.
	RulesChanged struct{ Rules RuleSet }
	// RuleApplied: a rule has applied its preset.
	RuleApplied struct{ Action RuleAction }
	// RuleProposed: a rule asks whether its preset is to be applied.
	RuleProposed struct{ Action RuleAction }
	// RuleAnswered: the user has answered what was proposed, or has seen what was
	// applied.
	RuleAnswered struct{}
)

func (e RulesChanged) apply(s State) State {
	s.Rules.RuleSet = e.Rules
	return s
}

func (e RuleApplied) apply(s State) State {
	s.Rules.Applied, s.Rules.Proposed = e.Action, RuleAction{}
	return s
}

func (e RuleProposed) apply(s State) State {
	s.Rules.Proposed = e.Action
	return s
}

func (RuleAnswered) apply(s State) State {
	s.Rules.Applied, s.Rules.Proposed = RuleAction{}, RuleAction{}
	return s
}
