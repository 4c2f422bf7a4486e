package command

import (
	"context"
	"fmt"
	"time"

	"cuelight/app"
	"cuelight/app/command/settings"
	"cuelight/app/words"
	"cuelight/providers"
)

type overlayCmd struct {
	Kind  string `arg:"" enum:"chat,notice,goal" help:"help_overlay_kind"`
	For   string `help:"help_overlay_for" enum:"pc,mobile" default:"pc" placeholder:"pc|mobile"`
	Add   bool   `help:"help_overlay_add"`
	Scene string `help:"help_overlay_scene" placeholder:"NAME"`
}

// Run prints the address of an overlay, or adds it to OBS.
func (c *overlayCmd) Run(ctx context.Context, r *run) error {
	return r.withEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		if c.Scene != "" && !c.Add {
			return &providers.Error{Kind: providers.ErrUsage, Op: "overlay", Reason: "overlay.scene_without_add"}
		}
		if c.Add {
			name := r.words.Say("overlay.source."+c.Kind, words.Args{"Platform": r.words.PlatformName(e.State().Account.Platform, e.State().Account.PlatformName)})
			placed, err := e.Features.AddOverlay(ctx, c.Kind, c.For, c.Scene, name, r.progress)
			if err != nil {
				return err
			}
			key := "command.overlay_updated"
			if placed.Added {
				key = "command.overlay_added"
			}
			r.out.result(map[string]any{"source": placed.Source, "added": placed.Added}, r.words.Say(key, words.Args{"Source": placed.Source}))
			return nil
		}
		address, err := e.Features.Overlay(ctx, c.Kind, c.For)
		if err != nil {
			return err
		}
		r.out.result(map[string]string{"url": address.Reveal()}, address.Reveal())
		return nil
	})
}

type filterCmd struct {
	List   filterListCmd   `cmd:"" help:"help_cmd_filter_list"`
	Add    filterAddCmd    `cmd:"" help:"help_cmd_filter_add"`
	Remove filterRemoveCmd `cmd:"" help:"help_cmd_filter_remove"`
}

// filterKind is what a filter is about; "bj" is AfreecaTV's word for streamer.
type filterKind struct {
	Kind string `arg:"" enum:"streamer,bj,category,keyword" help:"help_filter_kind"`
}

type filterListCmd struct {
	filterKind
}

// scriptFilter is one entry for scripts.
type scriptFilter struct {
	Value     string `json:"value"`
	Name      string `json:"name"`
	Reason    string `json:"reason"`
	Removable bool   `json:"removable"`
}

// Run lists the entries of one kind.
func (c *filterListCmd) Run(ctx context.Context, r *run) error {
	return r.withEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		entries, err := e.Features.Filters(ctx, c.Kind)
		if err != nil {
			return err
		}
		list := []scriptFilter{}
		var lines []string
		for _, f := range entries {
			list = append(list, scriptFilter(f))
			mark := "  "
			if !f.Removable {
				mark = "🔒"
			}
			lines = append(lines, fmt.Sprintf("%s %s\t%s\t%s", mark, f.Value, f.Name, f.Reason))
		}
		if len(lines) == 0 {
			lines = []string{r.words.Say("command.filter_none")}
		}
		r.out.result(map[string]any{"filters": list}, lines...)
		return nil
	})
}

type filterAddCmd struct {
	filterKind
	Value  string `arg:"" help:"help_filter_value"`
	Reason string `help:"help_filter_reason" placeholder:"R" required:""`
}

// Run adds an entry, or changes the reason of one.
func (c *filterAddCmd) Run(ctx context.Context, r *run) error {
	return r.withEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		value, err := filterValue(ctx, e, c.Kind, c.Value)
		if err != nil {
			return err
		}
		if err := e.Features.PutFilter(ctx, c.Kind, value, c.Reason); err != nil {
			return err
		}
		r.out.result(map[string]string{"value": value, "reason": c.Reason}, r.words.Say("command.filter_added", words.Args{"Value": value}))
		return nil
	})
}

type filterRemoveCmd struct {
	filterKind
	Value string `arg:"" help:"help_filter_value"`
}

// Run removes an entry.
func (c *filterRemoveCmd) Run(ctx context.Context, r *run) error {
	return r.withEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		value, err := filterValue(ctx, e, c.Kind, c.Value)
		if err != nil {
			return err
		}
		if err := e.Features.RemoveFilter(ctx, c.Kind, value); err != nil {
			return err
		}
		r.out.result(map[string]string{"removed": value}, r.words.Say("command.filter_removed", words.Args{"Value": value}))
		return nil
	})
}

// filterValue lets a category be named instead of numbered.
func filterValue(ctx context.Context, e *app.Engine, kind, value string) (string, error) {
	if kind != "category" {
		return value, nil
	}
	category, err := settings.FindCategory(ctx, e, value)
	return category.Number, err
}

type vodCmd struct {
	URL   string `arg:"" help:"help_vod_url"`
	Width int    `help:"help_vod_width" placeholder:"N"`
}

// Run turns the address of a video into HTML for a web page.
func (c *vodCmd) Run(ctx context.Context, r *run) error {
	return r.withEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		embed, err := e.Features.Embed(ctx, c.URL, c.Width, 0)
		if err != nil {
			return err
		}
		r.out.result(map[string]any{
			"title": embed.Title, "author": embed.Author, "author_url": embed.AuthorURL,
			"width": embed.Width, "height": embed.Height, "html": embed.HTML,
		}, embed.HTML)
		return nil
	})
}

type stationCmd struct{}

// Run tells about the user's home on the platform.
func (stationCmd) Run(ctx context.Context, r *run) error {
	return r.withEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		s, err := e.Features.Station(ctx)
		if err != nil {
			return err
		}
		object := map[string]any{
			"nick": s.Nick, "name": s.Name, "picture": s.Picture, "viewers": nil, "last_broadcast": nil,
		}
		args := words.Args{"Nick": s.Nick, "Name": s.Name, "Loyal": "–", "Last": "–"}
		if s.Loyal >= 0 {
			object["viewers"], args["Loyal"] = s.Loyal, s.Loyal
		}
		if !s.LastBroadcast.IsZero() {
			object["last_broadcast"] = s.LastBroadcast.UTC().Format(time.RFC3339)
			args["Last"] = s.LastBroadcast.Local().Format("2006-01-02 15:04")
		}
		r.out.result(object, r.words.Say("command.station", args))
		return nil
	})
}
