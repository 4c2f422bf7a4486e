package command

import (
	"context"

	"cuelight/app"
	"cuelight/app/command/channels"
	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/providers"
)

type creatorsCmd struct {
	target
	Name string `arg:"" optional:"" help:"help_creator"`
}

// Run lists who may broadcast on the channel, or chooses one of them by name.
func (c *creatorsCmd) Run(ctx context.Context, r *run) error {
	return r.withEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		if err := c.selectIn(e); err != nil {
			return err
		}
		if c.Name != "" {
			if err := e.Features.UseCreator(ctx, c.Name); err != nil {
				return err
			}
		}
		all, err := e.Features.Creators(ctx)
		if err != nil {
			return err
		}
		lines := make([]string, 0, len(all))
		for _, one := range all {
			lines = append(lines, r.creatorLine(one))
		}
		r.out.result(map[string]any{"creators": all}, lines...)
		return nil
	})
}

func (r *run) creatorLine(c providers.Creator) string {
	line := channels.Mark(c.Chosen) + " " + c.Name
	if !c.HasKey {
		line += "  " + r.words.Say("command.creator_without_key")
	}
	return line
}

// addCreator tells a status whose stream key is used, where the channel has
// several people who may broadcast. What cannot be found out is left out.
func (r *run) addCreator(ctx context.Context, e *app.Engine, status *state.Status) (line string) {
	account := e.State().Account
	if !account.Has.Creators || status.Account == nil || !status.Account.SignedIn {
		return ""
	}
	all, err := e.Features.Creators(ctx)
	if err != nil || len(all) < 2 {
		return ""
	}
	for _, one := range all {
		if one.Chosen {
			status.Account.Creator = one.Name
			return r.words.Say("command.status.creator", words.Args{"Name": one.Name})
		}
	}
	return r.words.Say("command.status.creator_none")
}
