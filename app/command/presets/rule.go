package presets

import (
	"context"
	"time"

	"cuelight/app"
	"cuelight/app/foreground"
	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/providers"
)

type ruleList struct{}

// Run lists the rules.
func (ruleList) Run(ctx context.Context, t Terminal) error {
	return t.WithEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		set, err := e.Rules.Load(ctx)
		if err != nil {
			return err
		}
		lines := []string{whole(t, set)}
		for _, r := range set.Rules {
			lines = append(lines, r.ID+"\t"+t.Words().Say("command.rule_"+onOff(r.On))+"\t"+t.Words().RuleLine(r))
		}
		t.Result(set, lines...)
		return nil
	})
}

// whole tells whether the rules are on as a whole.
func whole(t Terminal, set state.RuleSet) string {
	return t.Words().Say("command.rules_"+onOff(set.On), words.Args{"Seconds": set.QuietSeconds})
}

type ruleAdd struct {
	Scene      string `help:"help_rule_scene" placeholder:"NAME" xor:"trigger"`
	Collection string `help:"help_rule_collection" placeholder:"NAME" xor:"trigger"`
	Program    string `help:"help_rule_program" placeholder:"NAME" xor:"trigger"`
	Preset     string `help:"help_rule_preset" placeholder:"NAME" required:""`
	Propose    bool   `help:"help_rule_propose"`
}

// Run adds a rule.
func (c *ruleAdd) Run(ctx context.Context, t Terminal) error {
	return t.WithEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		if c.Program != "" && !foreground.Available {
			return &providers.Error{Kind: providers.ErrUsage, Op: "rule", Reason: "rule.no_programs"}
		}
		found, err := e.Presets.Find(ctx, c.Preset)
		if err != nil {
			return err
		}
		added, err := e.Rules.Add(ctx, state.Rule{
			Trigger: state.Trigger{Scene: c.Scene, Collection: c.Collection, Program: c.Program},
			Preset:  found.Name, Propose: c.Propose,
		})
		if err != nil {
			return err
		}
		lines := []string{t.Words().Say("command.rule_added", words.Args{"ID": added.ID, "Rule": t.Words().RuleLine(added)})}
		if !e.State().Rules.On {
			t.Message(t.Words().Say("command.rule_added_off", words.Args{"ID": added.ID}))
		}
		t.Result(added, lines...)
		return nil
	})
}

type ruleRemove struct {
	ID string `arg:"" help:"help_rule_id"`
}

// Run forgets a rule.
func (c *ruleRemove) Run(ctx context.Context, t Terminal) error {
	return t.WithEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		if err := e.Rules.Remove(ctx, c.ID); err != nil {
			return err
		}
		t.Result(map[string]string{"removed": c.ID}, t.Words().Say("command.rule_removed", words.Args{"ID": c.ID}))
		return nil
	})
}

// ruleSwitched is a rule, or all of them.
type ruleSwitched struct {
	ID string `arg:"" optional:"" help:"help_rule_id_or_all"`
}

type ruleOn struct{ ruleSwitched }

// Run switches a rule on, and with it the rules as a whole.
func (c *ruleOn) Run(ctx context.Context, t Terminal) error { return c.turn(ctx, t, true) }

type ruleOff struct{ ruleSwitched }

// Run switches a rule off, or all of them.
func (c *ruleOff) Run(ctx context.Context, t Terminal) error { return c.turn(ctx, t, false) }

func (c *ruleSwitched) turn(ctx context.Context, t Terminal, on bool) error {
	return t.WithEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		before := e.State().Rules.On
		set, err := e.Rules.Switch(ctx, c.ID, on)
		if err != nil {
			return err
		}
		if c.ID != "" && set.On && !before {
			t.Message(whole(t, set))
		}
		line := whole(t, set)
		if c.ID != "" {
			line = t.Words().Say("command.rule_switched."+onOff(on), words.Args{"ID": c.ID})
		}
		t.Result(map[string]any{"id": c.ID, "on": on, "rules_on": set.On}, line)
		return nil
	})
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

type ruleQuiet struct {
	For time.Duration `arg:"" help:"help_rule_quiet"`
}

// Run sets the quiet period.
func (c *ruleQuiet) Run(ctx context.Context, t Terminal) error {
	return t.WithEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		if err := e.Rules.SetQuiet(ctx, c.For); err != nil {
			return err
		}
		seconds := e.State().Rules.QuietSeconds
		t.Result(map[string]int{"quiet_seconds": seconds}, t.Words().Say("command.rule_quiet", words.Args{"Seconds": seconds}))
		return nil
	})
}
