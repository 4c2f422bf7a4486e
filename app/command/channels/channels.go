// Package channels holds the verbs of the terminal that list what an account has
// several of: channels and rooms.
package channels

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"cuelight/app"
	"cuelight/app/words"
	"cuelight/providers"
)

// Terminal is what a verb is given by the command line.
type Terminal interface {
	// WithEngine opens the Engine for one use case and closes it again.
	WithEngine(ctx context.Context, do func(context.Context, *app.Engine) error) error
	// Words are those of the user's language.
	Words() *words.Words
	// Result gives the outcome: the object with --json, the lines without.
	Result(object any, lines ...string)
	// Message tells something beside the outcome.
	Message(line string)
}

// Channels is the verb that lists the channels of the account in use.
type Channels struct {
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
func (c *Channels) Run(ctx context.Context, t Terminal) error {
	return t.WithEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		q := providers.ChannelQuery{Search: c.Query, Page: 1}
		if c.Page != nil {
			q.Page = *c.Page
		}
		if q.Page < 1 {
			return &providers.Error{Kind: providers.ErrUsage, Op: "list channels", Reason: "page.number"}
		}
		page, err := every(ctx, t, e, q, c.All)
		if err != nil {
			return err
		}
		list := make([]scriptChannel, 0, len(page.Channels))
		lines := make([]string, 0, len(page.Channels))
		for _, ch := range page.Channels {
			list = append(list, scriptChannel{
				Key: ch.Key, Title: ch.Title, OnAir: ch.OnAir, Facts: ch.Facts,
				Created: TimeOf(ch.Created), Started: TimeOf(ch.Started), Ended: TimeOf(ch.Ended),
			})
			lines = append(lines, fmt.Sprintf("%s %s\t%s", Mark(ch.OnAir), ch.Key, ch.Title))
		}
		t.Result(map[string]any{"channels": list, "total": page.Total}, lines...)
		return nil
	})
}

// Rooms is the verb that lists the live rooms of the account in use.
type Rooms struct {
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
func (c *Rooms) Run(ctx context.Context, t Terminal) error {
	return t.WithEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		page, err := every(ctx, t, e, providers.ChannelQuery{Page: 1, PerPage: c.PageSize}, c.All)
		if err != nil {
			return err
		}
		list := make([]scriptRoom, 0, len(page.Channels))
		lines := make([]string, 0, len(page.Channels))
		for _, ch := range page.Channels {
			list = append(list, scriptRoom{
				ID: ch.Key, Name: ch.Title, Owner: ch.Owner, Viewers: ch.Viewers, Created: TimeOf(ch.Created),
				Cover: ch.CoverURL, Categories: ch.Categories, Activity: ch.Activity,
			})
			lines = append(lines, fmt.Sprintf("%7d  %s\t%s\t%s", ch.Viewers, ch.Key, ch.Title, ch.Owner))
		}
		t.Result(map[string]any{"rooms": list}, lines...)
		return nil
	})
}

// every gives one page, or all of them joined without repeats: lists
// shift while they are read. The rate limits are the provider's to hold.
func every(ctx context.Context, t Terminal, e *app.Engine, q providers.ChannelQuery, all bool) (providers.ChannelPage, error) {
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
			t.Message(t.Words().Say("command.channels_progress", words.Args{"N": len(joined.Channels)}))
		}
	}
	return joined, nil
}

// TimeOf is a time for scripts: in UTC, nil where it is not known.
func TimeOf(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// Mark is what stands before one of several: filled for the one on air or in use.
func Mark(on bool) string {
	if on {
		return "●"
	}
	return "○"
}
