package command

import (
	"context"

	"cuelight/app"
	"cuelight/app/command/replaced"
	"cuelight/app/command/settings"
	"cuelight/app/state"
	"cuelight/app/words"
)

type updateCmd struct {
	target
	settings.Flags
	settings.Episode
	Preview bool `help:"help_preview"`
}

// Run changes the broadcast's settings: only those that were given.
func (c *updateCmd) Run(ctx context.Context, r *run) error {
	return r.withEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		if err := c.selectIn(e); err != nil {
			return err
		}
		patch, changed, err := c.Patch(ctx, e, r.firstLine)
		if err != nil {
			return err
		}
		if c.Preview {
			object, lines, err := settings.PreviewTitle(ctx, e, r.words, patch, c.Episodes())
			if len(lines) > 0 {
				r.out.result(object, lines...)
			}
			return err
		}
		if err := e.Broadcast.UpdateCounting(ctx, patch, c.Episodes(), r.progress); err != nil {
			return err
		}
		if c.Title != nil {
			changed["title"] = e.State().Broadcast.Confirmed.Title // its placeholders are filled in
		}
		if c.Paid != nil && *c.Paid {
			r.out.message(r.words.Say("command.paid_duty"))
		}
		values := replaced.By(e.State().Broadcast.Undo, patch, func(number string) string {
			found, _ := settings.FindCategory(ctx, e, number)
			return found.Name
		})
		r.out.result(map[string]any{"changed": changed, "replaced": values.Object()},
			append([]string{r.words.Say("command.updated")}, values.Lines(r.words)...)...)
		return nil
	})
}

type keyCmd struct {
	Show  keyShowCmd  `cmd:"" help:"help_cmd_key_show"`
	Reset keyResetCmd `cmd:"" help:"help_cmd_key_reset"`
}

type keyShowCmd struct{}

// Run prints server and key: the user asked for exactly that.
func (keyShowCmd) Run(ctx context.Context, r *run) error {
	return r.withEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		ingest, err := e.Stream.Ingest(ctx)
		if err != nil {
			return err
		}
		r.out.message(r.words.Say("command.key_warning"))
		r.out.result(map[string]string{"server": ingest.Server, "key": ingest.Key.Reveal()}, ingest.Server, ingest.Key.Reveal())
		return nil
	})
}

type keyResetCmd struct {
	Yes bool `help:"help_yes"`
}

// Run replaces the stream key, after asking: the old one is dead at once.
func (c *keyResetCmd) Run(ctx context.Context, r *run) error {
	return r.withEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		if !c.Yes {
			e.Support.Probe(ctx)
			r.out.message(r.words.Say("key.reset." + state.KeyResetMeans(e.State())))
			if err := r.confirm(ctx, "command.key_confirm", "reset the stream key", "key.not_confirmed"); err != nil {
				return err
			}
		}
		reset, err := e.Stream.ResetKey(ctx, r.progress)
		if err != nil {
			return err
		}
		key := "command.key_reset"
		if !reset.Written {
			key = "command.key_reset_waits"
			if !e.State().OBS.WriteQueued {
				key = "command.key_reset_only"
			}
		}
		r.out.result(map[string]bool{"reset": true, "written_to_obs": reset.Written, "queued": e.State().OBS.WriteQueued},
			r.words.Say(key, words.Args{}))
		return nil
	})
}
