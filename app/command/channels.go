package command

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"cuelight/app"
	"cuelight/app/words"
	"cuelight/internal/secret"
	"cuelight/internal/text"
	"cuelight/providers"
)

// target chooses the channel or room that a command works on, for platforms
// that have several in one account.
type target struct {
	Channel string `help:"help_channel" placeholder:"KEY" xor:"target"`
	Room    string `help:"help_room" placeholder:"ID" xor:"target"`
}

// key is the channel or room given; empty where none is.
func (t target) key() string {
	return text.Trim(cmp.Or(t.Channel, t.Room))
}

// selectIn makes it the one worked on in this run.
func (t target) selectIn(e *app.Engine) error {
	key := t.key()
	if key == "" {
		return nil
	}
	if !e.State().Account.Has.Channels {
		return &providers.Error{Kind: providers.ErrUsage, Op: "choose the channel", Reason: "platform.cannot"}
	}
	return e.Accounts.SelectChannel(key)
}

type channelsCmd struct {
	Query string `arg:"" optional:"" help:"help_query"`
	Page  *int   `help:"help_page" placeholder:"N" xor:"pages"`
	All   bool   `help:"help_all" xor:"pages"`
}

// scriptChannel is one channel for scripts.
type scriptChannel struct {
	Key     string            `json:"key"`
	Title   string            `json:"title"`
	OnAir   bool              `json:"on_air"`
	Created *time.Time        `json:"created,omitempty"`
	Started *time.Time        `json:"started,omitempty"`
	Ended   *time.Time        `json:"ended,omitempty"`
	Facts   map[string]string `json:"facts,omitempty"`
}

// Run lists the channels of the account.
func (c *channelsCmd) Run(ctx context.Context, r *run) error {
	return r.withEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		q := providers.ChannelQuery{Search: c.Query, Page: 1}
		if c.Page != nil {
			q.Page = *c.Page
		}
		if q.Page < 1 {
			return &providers.Error{Kind: providers.ErrUsage, Op: "list channels", Reason: "page.number"}
		}
		page, err := r.allChannels(ctx, e, q, c.All)
		if err != nil {
			return err
		}
		list := make([]scriptChannel, 0, len(page.Channels))
		lines := make([]string, 0, len(page.Channels))
		for _, ch := range page.Channels {
			list = append(list, scriptChannel{
				Key: ch.Key, Title: ch.Title, OnAir: ch.OnAir, Facts: ch.Facts,
				Created: timeOf(ch.Created), Started: timeOf(ch.Started), Ended: timeOf(ch.Ended),
			})
			lines = append(lines, fmt.Sprintf("%s %s\t%s", onAirMark(ch.OnAir), ch.Key, ch.Title))
		}
		r.out.result(map[string]any{"channels": list, "total": page.Total}, lines...)
		return nil
	})
}

type roomsCmd struct {
	PageSize int  `name:"page-size" help:"help_page_size" placeholder:"N"`
	All      bool `help:"help_all"`
}

// scriptRoom is one live room for scripts.
type scriptRoom struct {
	ID         string     `json:"id"`
	Name       string     `json:"name"`
	Owner      string     `json:"owner"`
	Viewers    int        `json:"viewers"`
	Created    *time.Time `json:"created,omitempty"`
	Cover      string     `json:"cover,omitempty"`
	Categories []int      `json:"categories,omitempty"`
	Activity   int        `json:"activity"`
}

// Run lists the live rooms of the account, most viewers first.
func (c *roomsCmd) Run(ctx context.Context, r *run) error {
	return r.withEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		page, err := r.allChannels(ctx, e, providers.ChannelQuery{Page: 1, PerPage: c.PageSize}, c.All)
		if err != nil {
			return err
		}
		list := make([]scriptRoom, 0, len(page.Channels))
		lines := make([]string, 0, len(page.Channels))
		for _, ch := range page.Channels {
			list = append(list, scriptRoom{
				ID: ch.Key, Name: ch.Title, Owner: ch.Owner, Viewers: ch.Viewers, Created: timeOf(ch.Created),
				Cover: ch.CoverURL, Categories: ch.Categories, Activity: ch.Activity,
			})
			lines = append(lines, fmt.Sprintf("%7d  %s\t%s\t%s", ch.Viewers, ch.Key, ch.Title, ch.Owner))
		}
		r.out.result(map[string]any{"rooms": list}, lines...)
		return nil
	})
}

// allChannels gives one page, or all of them joined without repeats: lists
// shift while they are read. The rate limits are the provider's to hold.
func (r *run) allChannels(ctx context.Context, e *app.Engine, q providers.ChannelQuery, all bool) (providers.ChannelPage, error) {
	page, err := e.Features.Channels(ctx, q)
	if err != nil || !all {
		return page, err
	}
	joined := page
	seen := make(map[string]bool)
	for _, ch := range page.Channels {
		seen[ch.Key] = true
	}
	for told := time.Now(); page.Next != ""; {
		q.Cursor = page.Next
		if next, err := strconv.Atoi(page.Next); err == nil {
			q.Page = next
		}
		if page, err = e.Features.Channels(ctx, q); err != nil {
			return joined, err
		}
		for _, ch := range page.Channels {
			if !seen[ch.Key] {
				seen[ch.Key] = true
				joined.Channels = append(joined.Channels, ch)
			}
		}
		if time.Since(told) > time.Second {
			told = time.Now()
			r.out.message(r.words.Say("command.channels_progress", words.Args{"N": len(joined.Channels)}))
		}
	}
	return joined, nil
}

type statsCmd struct {
	target
}

// Run tells the numbers of a channel.
func (c *statsCmd) Run(ctx context.Context, r *run) error {
	return r.withEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		if err := c.selectIn(e); err != nil {
			return err
		}
		stats, err := e.Features.Statistics(ctx)
		if err != nil {
			return err
		}
		numbers := make(map[string]float64, len(stats.Numbers))
		lines := []string{}
		for _, n := range stats.Numbers {
			numbers[n.Key] = n.Value
			lines = append(lines, fmt.Sprintf("%-28s %s", r.words.Name("stat."+n.Key, n.Key), statText(n)))
		}
		type point struct {
			At      time.Time `json:"at"`
			Viewers int       `json:"viewers"`
		}
		points := make([]point, 0, len(stats.Viewers))
		for _, v := range stats.Viewers {
			points = append(points, point{v.At.UTC(), v.Count})
			lines = append(lines, fmt.Sprintf("%s  %d", v.At.Local().Format("01-02 15:04"), v.Count))
		}
		r.out.result(map[string]any{
			"broadcast": map[string]any{
				"key": stats.Broadcast.Key, "title": stats.Broadcast.Title, "on_air": stats.Broadcast.OnAir,
				"started": timeOf(stats.Broadcast.Started), "ended": timeOf(stats.Broadcast.Ended),
			},
			"summary": numbers, "viewers": points, "step_seconds": int(stats.Step / time.Second),
		}, lines...)
		return nil
	})
}

// statText writes a number as a person reads it: seconds as a duration.
func statText(n providers.StatNumber) string {
	if strings.HasSuffix(n.Key, "_seconds") {
		return (time.Duration(n.Value) * time.Second).String()
	}
	return strconv.FormatFloat(n.Value, 'f', -1, 64)
}

// storeIngest keeps a server and key that the command line gave for a channel
// whose answer has none.
func (r *run) storeIngest(ctx context.Context, e *app.Engine, server string, keyStdin bool) error {
	if server == "" && !keyStdin {
		return nil
	}
	given := providers.Ingest{Server: server}
	if keyStdin {
		line, err := r.firstLine(ctx)
		if err != nil {
			return err
		}
		given.Key = secret.New(line)
	}
	return e.Features.KeepIngest(ctx, given)
}

func timeOf(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

func onAirMark(on bool) string {
	if on {
		return "●"
	}
	return "○"
}
