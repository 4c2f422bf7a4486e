// Package settings reads the settings of a broadcast from a command line.
package settings

import (
	"context"

	"cuelight/app"
	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/providers"
)

// Flags are the settings of a broadcast, as `update` and `preset save` take them.
type Flags struct {
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

// Patch makes the change, and the object that tells of it: without the password,
// of which only is said that there is one. firstLine reads it.
func (c *Flags) Patch(ctx context.Context, e *app.Engine, firstLine func(context.Context) (string, error)) (providers.Patch, map[string]any, error) {
	changed := make(map[string]any)
	patch := providers.Patch{
		Title: note(changed, "title", c.Title), Language: note(changed, "language", c.Language),
		ViewerLimit: note(changed, "viewers", c.Viewers), Hidden: note(changed, "hidden", c.Hidden),
		AgeGrade: note(changed, "grade", c.Grade), EndingMessage: note(changed, "ending", c.Ending),
		Watermark: note(changed, "watermark", c.Watermark), PaidPromotion: note(changed, "paid", c.Paid),
	}
	if c.Category != nil {
		category, err := FindCategory(ctx, e, *c.Category)
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
		refuse := *c.Exploration == state.ExplorationRefuse
		patch.RefuseExploration, changed["exploration"] = &refuse, *c.Exploration
	}
	if c.Standby != nil || c.NoStandby {
		on := c.Standby != nil
		patch.Standby, patch.StandbyMinutes = note(changed, "standby", &on), note(changed, "standby_minutes", c.Standby)
	}
	if c.PasswordStdin || c.NoPassword {
		password, err := c.password(ctx, firstLine)
		if err != nil {
			return patch, nil, err
		}
		patch.Password, changed["password"] = &password, !password.Empty()
	}
	return patch, changed, nil
}

func (c *Flags) password(ctx context.Context, firstLine func(context.Context) (string, error)) (secret.Text, error) {
	if c.NoPassword {
		return secret.Text{}, nil
	}
	line, err := firstLine(ctx)
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

// FindCategory gives the category of the account in use that a number or an exact
// name means.
func FindCategory(ctx context.Context, e *app.Engine, text string) (providers.Category, error) {
	return e.Broadcast.FindCategory(ctx, text)
}
