package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"cuelight/app"
	"cuelight/app/destination"
	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/obs"
	"cuelight/providers"
)

type setupCmd struct {
	target
	Server   string `help:"help_server" placeholder:"URL"`
	KeyStdin bool   `name:"key-stdin" help:"help_key_stdin"`
}

// Run points OBS at the account in use. The channel or room that OBS is set up
// for is the one that later commands work on, where they name none.
func (c *setupCmd) Run(ctx context.Context, r *run) error {
	return r.withEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		if err := c.selectIn(e); err != nil {
			return err
		}
		if err := r.storeIngest(ctx, e, c.Server, c.KeyStdin); err != nil {
			return err
		}
		address := cmp.Or(r.flags.OBS, e.Config().OBS.Address)
		if at, err := obs.ParseEndpoint(address); err == nil && !at.Local() {
			r.out.message(r.words.Say("obs.unencrypted"))
		}
		result, err := e.Stream.SetUp(ctx, r.progress)
		if err != nil {
			return err
		}
		if key := c.key(); key != "" {
			if err := e.Accounts.UseChannel(ctx, key); err != nil {
				return err
			}
		}
		if e.State().Sandbox && !e.State().OBS.Simulated {
			r.out.message(r.words.Say("command.real_obs_in_sandbox"))
		}
		key := "command.obs_set"
		if !result.Changed {
			key = "command.obs_already_set"
		}
		account := e.State().Account
		r.out.result(map[string]any{
			"server": result.Server, "changed": result.Changed, "kept": result.Kept, "matches": true,
			"account": account.Name, "platform": account.Platform, "user_id": result.User.UserID,
		}, r.words.Say(key, words.Args{"Server": result.Server}),
			r.words.Say("setup.whose", words.Args{"Platform": r.words.PlatformName(account.Platform, account.PlatformName), "Who": cmp.Or(result.User.String(), account.Name)}))
		return nil
	})
}

type categoriesCmd struct {
	Query string `arg:"" optional:"" help:"help_query"`
}

// Run lists the categories, or those that a query finds.
func (c *categoriesCmd) Run(ctx context.Context, r *run) error {
	return r.withEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		if e.State().Account.Has.CategorySearch && c.Query != "" {
			found, err := e.Broadcast.SearchCategories(ctx, c.Query)
			if err != nil {
				return err
			}
			return c.print(r, found, nil)
		}
		index, err := e.Broadcast.CategoryIndex(ctx)
		if err != nil {
			return err
		}
		all := index.All()
		names := make(map[string]string, len(all))
		for _, category := range all {
			names[category.Number] = category.Name
		}
		return c.print(r, index.Search(c.Query), names)
	})
}

// print prints categories, each with its group; names are by number.
func (c *categoriesCmd) print(r *run, found []providers.Category, names map[string]string) error {
	lines := make([]string, 0, len(found))
	for _, category := range found {
		line := category.Number + "\t" + category.Name
		if parent := names[category.Parent]; parent != "" {
			line += "\t" + parent
		}
		lines = append(lines, line)
	}
	if len(found) == 0 {
		found = []providers.Category{}
		key := "command.no_category"
		if c.Query == "" {
			key = "command.category_search"
		}
		r.out.message(r.words.Say(key, words.Args{"Query": c.Query}))
	}
	r.out.result(map[string]any{"categories": found}, lines...)
	return nil
}

type startCmd struct {
	target
	Anyway bool `help:"help_anyway"`
}

// Run goes live. What the checks warn of is asked about at a terminal, and said and
// gone on with in a script.
func (c *startCmd) Run(ctx context.Context, r *run) error {
	return r.withEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		if err := c.selectIn(e); err != nil {
			return err
		}
		err := e.Stream.Start(ctx, app.GoLive{Anyway: c.Anyway, Ask: !c.Anyway && r.atTerminal()}, r.progress)
		r.printChecks(e.State().Preflight)
		if errors.Is(err, state.ErrWarned) {
			if err = r.confirm(ctx, "command.start_confirm", "go live", "start.not_confirmed"); err == nil {
				err = e.Stream.Start(ctx, app.GoLive{Checked: true}, r.progress)
			}
		}
		if err := r.acceptUnconfirmed(err); err != nil {
			return err
		}
		s := r.statusAfter(ctx, e)
		key := "command.started"
		if s.Live.OnAir {
			key = "command.started_on_air"
		}
		r.out.result(s, r.words.Say(key, words.Args{"Server": s.OBS.Service.Server, "URL": s.Live.WatchURL}))
		return nil
	})
}

type stopCmd struct{}

// Run ends the stream.
func (stopCmd) Run(ctx context.Context, r *run) error {
	return r.withEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		if err := e.Stream.Stop(ctx, r.progress); err != nil {
			return err
		}
		r.out.result(r.statusAfter(ctx, e), r.words.Say("command.stopped"))
		return nil
	})
}

type restoreCmd struct {
	Overwrite bool   `help:"help_overwrite"`
	From      string `help:"help_restore_from" placeholder:"PROFILE"`
	FromOBS   string `name:"from-obs" help:"help_restore_from_obs" placeholder:"HOST:PORT"`
}

// Run puts OBS's earlier stream settings back.
func (c *restoreCmd) Run(ctx context.Context, r *run) error {
	return r.withEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		err := e.Stream.RestoreFrom(ctx, destination.Origin{OBS: c.FromOBS, Profile: c.From}, c.Overwrite, r.progress)
		if errors.Is(err, destination.ErrChangedSince) {
			r.out.message(r.words.Say("command.restore_overwrite"))
		}
		if moved, ok := errors.AsType[*destination.MovedError](err); ok {
			for _, o := range moved.Origins {
				r.out.message(r.words.Say("command.restore_origin", words.Args{"Profile": o.Profile, "OBS": o.OBS, "Place": o.Earlier}))
			}
		}
		if err != nil {
			return err
		}
		now := e.State().OBS
		r.out.result(map[string]any{"server": now.Server, "name": now.ServiceName},
			r.words.Say("command.restored", words.Args{"Server": now.Place()}))
		return nil
	})
}

// yesNo puts a yes or no into words.
func (r *run) yesNo(yes bool) string {
	return r.words.Say(fmt.Sprintf("command.%t", yes))
}
