package presets

import (
	"context"
	"time"

	"cuelight/app/desktop/kit"
	"cuelight/app/preset"
	"cuelight/app/state"
	"cuelight/providers"
	"cuelight/widgets/layer"
	"cuelight/widgets/paint"
)

// Shortcuts is how many presets have a number key.
const Shortcuts = 9

// Offered are the presets for the account in use, in the user's order.
func Offered(s state.State) []state.Preset {
	if !s.Account.Has.Edit {
		return nil
	}
	var mine []state.Preset
	for _, p := range s.Presets {
		if p.Platform == s.Account.Platform {
			mine = append(mine, p)
		}
	}
	return mine
}

// Actions apply presets, and tell what rules have done.
type Actions struct {
	ui     *kit.UI
	engine Engine
	// told is the action of a rule that was told last.
	told    state.RuleAction
	dismiss func()
	// withdraw takes the message with the way back away, once that would lead back
	// from another change than the one it tells of; changed is when that was sent.
	withdraw func()
	changed  time.Time
}

// NewActions makes them.
func NewActions(ui *kit.UI, engine Engine) *Actions {
	return &Actions{ui: ui, engine: engine, dismiss: func() {}, withdraw: func() {}}
}

// Apply applies a preset and says so, with a way back.
func (a *Actions) Apply(name string) {
	ui := a.ui
	if ui.Latest().Tasks[state.TaskApply].Running {
		return // a second press of the same
	}
	var outcome preset.Outcome
	ui.Run(kit.CallTimeout, func(ctx context.Context) (err error) {
		outcome, err = a.engine.Presets.Apply(ctx, name, nil)
		return err
	}, func(err error) {
		if err != nil {
			ui.ShowError(err)
			return
		}
		toast := layer.Toast{Tone: paint.ToneGood, Text: ui.Text("presets.applied", kit.Arg("Name", name))}
		for _, id := range outcome.Left {
			if id == providers.FieldCategory {
				toast.Tone = paint.ToneWarn
				toast.Text = ui.Text("presets.applied.no_category", kit.Arg("Name", name))
			}
		}
		a.tellUndoable(toast)
	})
}

// Save asks for the name of a new preset of what is set now, and keeps it.
func (a *Actions) Save() { newSaveForm(a.ui, a.engine, state.Preset{}, func(string) {}).open() }

// ApplyNumber applies the preset of a number key, counted from 0.
func (a *Actions) ApplyNumber(i int) {
	if mine := Offered(a.ui.Latest()); i < len(mine) {
		a.Apply(mine[i].Name)
	}
}

// tellUndoable tells what was applied, and offers to take it back where that is known.
func (a *Actions) tellUndoable(toast layer.Toast) {
	ui := a.ui
	now := ui.Latest().Broadcast
	toast.Stay = state.RuleUndoTime
	if !now.Undo.Empty() {
		toast.Action, toast.OnAction = ui.Text("undo"), func() {
			a.engine.Core.AnswerRule()
			ui.Act(kit.CallTimeout, func(ctx context.Context) error { return a.engine.Core.Undo(ctx, nil) }, ui.Text("undone"))
		}
	}
	a.withdraw()
	a.withdraw, a.changed = ui.Toast(toast), now.AppliedAt
}

// Update tells what a rule has done or asks for, once.
func (a *Actions) Update(s state.State) {
	if !s.Broadcast.AppliedAt.Equal(a.changed) {
		a.withdraw()
		a.withdraw = func() {}
	}
	action, proposed := s.Rules.Last()
	if action == a.told {
		return
	}
	a.told = action
	a.dismiss()
	a.dismiss = func() {}
	if action.Rule.ID == "" {
		return
	}
	toast := layer.Toast{Tone: paint.ToneAccent, Text: a.ui.Words().RuleDone(action, proposed)}
	if proposed {
		toast.Stay = proposalStay
		toast.Action, toast.OnAction = a.ui.Text("presets.apply"), func() {
			a.engine.Core.AnswerRule()
			a.Apply(action.Rule.Preset)
		}
		a.dismiss = a.ui.Toast(toast)
		return
	}
	a.tellUndoable(toast)
	a.dismiss = a.withdraw
}
