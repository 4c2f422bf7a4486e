package command

import (
	"context"

	"cuelight/app"
	"cuelight/app/category"
	"cuelight/app/command/replaced"
	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/internal/secret"
	"cuelight/providers"
)

type updateCmd struct {
	target
	Title         *string `help:"help_title" placeholder:"T"`
	Category      *string `help:"help_category" placeholder:"NUMBER-or-exact-name"`
	Language      *string `help:"help_language" placeholder:"CODE"`
	Viewers       *int    `help:"help_viewers" placeholder:"N"`
	PasswordStdin bool    `name:"password-stdin" help:"help_password_stdin" xor:"password"`
	NoPassword    bool    `name:"no-password" help:"help_no_password" xor:"password"`
	Hidden        *bool   `help:"help_hidden" negatable:""`
	Grade         *int    `help:"help_grade" placeholder:"0|19"`
	Hashtags      *string `help:"help_hashtags" placeholder:"a,b,c"`
	Ending        *string `help:"help_ending" placeholder:"T"`
	Standby       *int    `help:"help_standby" placeholder:"MINUTES" xor:"standby"`
	NoStandby     bool    `name:"no-standby" help:"help_no_standby" xor:"standby"`
	Watermark     *int    `help:"help_watermark" placeholder:"1..6"`
	Exploration   *string `help:"help_exploration" enum:"allow,refuse" placeholder:"allow|refuse"`
	Paid          *bool   `help:"help_paid" negatable:""`
}

// Run changes the broadcast's settings: only those that were given.
func (c *updateCmd) Run(ctx context.Context, r *run) error {
	return r.withEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		if err := c.selectIn(e); err != nil {
			return err
		}
		patch, changed, err := c.patch(ctx, e, r)
		if err != nil {
			return err
		}
		if err := e.Broadcast.Update(ctx, patch, r.progress); err != nil {
			return err
		}
		if c.Paid != nil && *c.Paid {
			r.out.message(r.words.Say("command.paid_duty"))
		}
		values := replaced.By(e.State().Broadcast.Undo, patch, func(number string) string {
			found, _ := findCategory(ctx, e, number)
			return found.Name
		})
		r.out.result(map[string]any{"changed": changed, "replaced": values.Object()},
			append([]string{r.words.Say("command.updated")}, values.Lines(r.words)...)...)
		return nil
	})
}

// patch makes the change, and the object that tells of it: without the
// password, of which only is said that there is one.
func (c *updateCmd) patch(ctx context.Context, e *app.Engine, r *run) (providers.Patch, map[string]any, error) {
	changed := make(map[string]any)
	patch := providers.Patch{
		Title: note(changed, "title", c.Title), Language: note(changed, "language", c.Language),
		ViewerLimit: note(changed, "viewers", c.Viewers), Hidden: note(changed, "hidden", c.Hidden),
		AgeGrade: note(changed, "grade", c.Grade), EndingMessage: note(changed, "ending", c.Ending),
		Watermark: note(changed, "watermark", c.Watermark), PaidPromotion: note(changed, "paid", c.Paid),
	}
	if c.Category != nil {
		category, err := findCategory(ctx, e, *c.Category)
		if err != nil {
			return patch, nil, err
		}
		patch.Category = &category.Number
		changed["category"] = state.StatusCategory{Number: category.Number, Name: category.Name}
	}
	if c.Hashtags != nil {
		tags := providers.ParseHashtags(*c.Hashtags)
		patch.Hashtags = note(changed, "hashtags", &tags)
	}
	if c.Exploration != nil {
		refuse := *c.Exploration == "refuse"
		patch.RefuseExploration, changed["exploration"] = &refuse, *c.Exploration
	}
	if c.Standby != nil || c.NoStandby {
		on := c.Standby != nil
		patch.Standby, patch.StandbyMinutes = note(changed, "standby", &on), note(changed, "standby_minutes", c.Standby)
	}
	if c.PasswordStdin || c.NoPassword {
		password, err := c.password(ctx, r)
		if err != nil {
			return patch, nil, err
		}
		patch.Password, changed["password"] = &password, !password.Empty()
	}
	return patch, changed, nil
}

func (c *updateCmd) password(ctx context.Context, r *run) (secret.Text, error) {
	if c.NoPassword {
		return secret.Text{}, nil
	}
	line, err := r.firstLine(ctx)
	if err == nil && line == "" {
		err = &providers.Error{
			Kind: providers.ErrUsage, Op: "password", Field: string(providers.FieldPassword), Reason: "field.missing",
		}
	}
	return secret.New(line), err
}

// note puts a value that was given into the object that tells of the change.
func note[T any](changed map[string]any, name string, value *T) *T {
	if value != nil {
		changed[name] = *value
	}
	return value
}

func findCategory(ctx context.Context, e *app.Engine, text string) (providers.Category, error) {
	list, err := e.Broadcast.Categories(ctx, "")
	if err != nil {
		return providers.Category{}, err
	}
	return category.Find(list, text)
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
