package command

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"cuelight/app"
	"cuelight/app/command/channels"
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
				"started": channels.TimeOf(stats.Broadcast.Started), "ended": channels.TimeOf(stats.Broadcast.Ended),
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
