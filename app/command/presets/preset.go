package presets

import (
	"context"
	"fmt"
	"slices"

	"cuelight/app"
	"cuelight/app/command/settings"
	"cuelight/app/preset"
	"cuelight/app/state"
	"cuelight/app/titletemplate"
	"cuelight/app/words"
	"cuelight/providers"
)

// named is the name of a preset.
type named struct {
	Name string `arg:"" help:"help_preset_name"`
}

type apply struct {
	named
	Episode int `help:"help_episode" placeholder:"N"`
}

// Run applies a preset as a whole.
func (c *apply) Run(ctx context.Context, t Terminal) error {
	return t.WithEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		if c.Episode > 0 {
			found, err := e.Presets.Find(ctx, c.Name)
			if err == nil {
				err = e.Presets.SetEpisodes(ctx, found.Name, titletemplate.EpisodesFrom(c.Episode))
			}
			if err != nil {
				return err
			}
		}
		outcome, err := e.Presets.Apply(ctx, c.Name, t.Progress)
		if err != nil {
			return err
		}
		sayLeft(t, outcome)
		t.Result(map[string]any{"applied": outcome.Preset, "left_out": leftOut(outcome)},
			t.Words().Say("command.preset_applied", words.Args{"Name": outcome.Preset.Name}))
		return nil
	})
}

// sayLeft tells what was left out, and why.
func sayLeft(t Terminal, outcome preset.Outcome) {
	for _, id := range outcome.Left {
		args := words.Args{"Name": outcome.Preset.Name, "Category": ""}
		if c := outcome.Preset.Category; c != nil {
			args["Category"] = c.Name
		}
		t.Message(t.Words().Say("command.preset_left."+string(id), args))
	}
}

// leftOut is never null in JSON.
func leftOut(outcome preset.Outcome) []providers.FieldID {
	return append([]providers.FieldID{}, outcome.Left...)
}

type list struct{}

// Run lists the presets in the user's order.
func (list) Run(ctx context.Context, t Terminal) error {
	return t.WithEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		all, err := e.Presets.Load(ctx)
		if err != nil {
			return err
		}
		lines := make([]string, 0, len(all))
		for i, p := range all {
			lines = append(lines, fmt.Sprintf("%d\t%s\t%s\t%s", i+1, p.Name, p.Platform, t.Words().PresetSummary(p.Settings)))
		}
		if len(lines) == 0 {
			lines = []string{t.Words().Say("command.preset_none")}
		}
		t.Result(map[string]any{"presets": all}, lines...)
		return nil
	})
}

type save struct {
	named
	settings.Flags
}

// Run keeps the settings that were given, or all that the platform holds now.
// Nothing is sent.
func (c *save) Run(ctx context.Context, t Terminal) error {
	return t.WithEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		values, _, err := c.Patch(ctx, e, t.FirstLine)
		if err != nil {
			return err
		}
		var outcome preset.Outcome
		if values.Empty() {
			outcome, err = saveCurrent(ctx, e, c.Name)
		} else {
			outcome, err = e.Presets.Save(ctx, c.Name, values)
		}
		if err != nil {
			return err
		}
		sayLeft(t, outcome)
		said := "command.preset_replaced"
		if outcome.Added {
			said = "command.preset_saved"
		}
		t.Result(map[string]any{"saved": outcome.Preset, "added": outcome.Added, "left_out": leftOut(outcome)},
			t.Words().Say(said, words.Args{"Name": outcome.Preset.Name}))
		return nil
	})
}

func saveCurrent(ctx context.Context, e *app.Engine, name string) (preset.Outcome, error) {
	if err := e.Broadcast.Refresh(ctx); err != nil {
		return preset.Outcome{}, err
	}
	now := e.State()
	if !now.Broadcast.Known {
		return preset.Outcome{}, &providers.Error{Kind: providers.ErrSignIn, Op: "read the broadcast's settings", Err: now.Account.Err}
	}
	return e.Presets.SaveCurrent(ctx, name, state.BroadcastState{Limits: now.Broadcast.Limits, Confirmed: now.Broadcast.Confirmed})
}

type show struct{ named }

// Run shows what a preset names.
func (c *show) Run(ctx context.Context, t Terminal) error {
	return t.WithEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		p, err := e.Presets.Find(ctx, c.Name)
		if err != nil {
			return err
		}
		lines := append([]string{p.Name + "\t" + p.Platform}, t.Words().PresetLines(p.Settings)...)
		t.Result(p, lines...)
		return nil
	})
}

type rename struct {
	Old string `arg:"" help:"help_preset_name"`
	New string `arg:"" help:"help_preset_new_name"`
}

// Run gives a preset another name; its rules follow.
func (c *rename) Run(ctx context.Context, t Terminal) error {
	return t.WithEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		if err := e.Presets.Rename(ctx, c.Old, c.New); err != nil {
			return err
		}
		t.Result(map[string]string{"renamed": c.Old, "name": c.New}, t.Words().Say("command.preset_renamed", words.Args{"Name": c.New}))
		return nil
	})
}

type move struct {
	named
	Place int `arg:"" help:"help_preset_place"`
}

// Run puts a preset at a place in the order, counted from 1.
func (c *move) Run(ctx context.Context, t Terminal) error {
	return t.WithEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		found, err := e.Presets.Find(ctx, c.Name)
		if err != nil {
			return err
		}
		if err := e.Presets.Move(ctx, found.Name, c.Place-1); err != nil {
			return err
		}
		place := 1 + slices.IndexFunc(e.State().Presets, func(p state.Preset) bool { return p.Name == found.Name })
		t.Result(map[string]any{"moved": found.Name, "place": place},
			t.Words().Say("command.preset_moved", words.Args{"Name": found.Name, "Place": place}))
		return nil
	})
}

type remove struct{ named }

// Run forgets a preset, and its rules.
func (c *remove) Run(ctx context.Context, t Terminal) error {
	return t.WithEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		if err := e.Presets.Remove(ctx, c.Name); err != nil {
			return err
		}
		t.Result(map[string]string{"removed": c.Name}, t.Words().Say("command.preset_removed", words.Args{"Name": c.Name}))
		return nil
	})
}

type export struct {
	File string `arg:"" help:"help_preset_export_file"`
}

// Run writes all presets to a file; there is no secret in it.
func (c *export) Run(ctx context.Context, t Terminal) error {
	return t.WithEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		n, err := e.Presets.Export(ctx, c.File)
		if err != nil {
			return err
		}
		t.Result(map[string]any{"exported": n, "file": c.File}, t.Words().Count("command.preset_exported", n, words.Args{"File": c.File}))
		return nil
	})
}

type importFile struct {
	File string `arg:"" help:"help_preset_import_file"`
}

// Run adds the presets of a file: all of them, or none.
func (c *importFile) Run(ctx context.Context, t Terminal) error {
	return t.WithEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		names, err := e.Presets.Import(ctx, c.File)
		if err != nil {
			return err
		}
		t.Result(map[string]any{"imported": names}, append([]string{t.Words().Count("command.preset_imported", len(names))}, names...)...)
		return nil
	})
}
