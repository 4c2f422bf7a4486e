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

type liveCmd struct {
	Category *string `help:"help_category" placeholder:"NUMBER-or-exact-name" xor:"which"`
	Language *string `help:"help_language" placeholder:"CODE" xor:"which"`
	Order    string  `help:"help_order" enum:"viewers,newest" default:"viewers" placeholder:"viewers|newest"`
	Page     *int    `help:"help_page" placeholder:"N" xor:"pages"`
	All      bool    `help:"help_all" xor:"pages"`
}

// liveBroadcast is one live broadcast for scripts.
type liveBroadcast struct {
	ID          string     `json:"id"`
	UserID      string     `json:"user_id"`
	Nick        string     `json:"nick"`
	Title       string     `json:"title"`
	Category    string     `json:"category"`
	Viewers     int        `json:"viewers"`
	Started     *time.Time `json:"started"`
	AgeLimit    int        `json:"age_limit"`
	Password    bool       `json:"password"`
	Paid        bool       `json:"paid_promotion"`
	WatchURL    string     `json:"watch_url"`
	EmbedURL    string     `json:"embed_url"`
	Thumbnail   string     `json:"thumbnail"`
	Picture     string     `json:"picture"`
	BitrateKbps int        `json:"bitrate_kbps,omitempty"`
	Resolution  string     `json:"resolution,omitempty"`
}

// Run lists who is live.
func (c *liveCmd) Run(ctx context.Context, r *run) error {
	return r.withEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		query, err := c.query(ctx, e)
		if err != nil {
			return err
		}
		page, err := c.fetch(ctx, e, r, query)
		if err != nil {
			return err
		}
		list := make([]liveBroadcast, 0, len(page.Entries))
		lines := []string{r.words.Count("command.live_total", page.Total)}
		for _, entry := range page.Entries {
			list = append(list, liveBroadcastOf(entry))
			lines = append(lines, fmt.Sprintf("%7d  %s  %s\t%s", entry.Viewers, r.restrictions(entry), entry.Nick, entry.Title))
		}
		total := &page.Total
		if page.Total < 0 {
			total = nil // the platform does not say
		}
		r.out.result(map[string]any{"total": total, "page": page.Page, "broadcasts": list}, lines...)
		return nil
	})
}

func (c *liveCmd) query(ctx context.Context, e *app.Engine) (providers.DirectoryQuery, error) {
	query := providers.DirectoryQuery{Order: c.Order, Page: 1}
	if c.Language != nil {
		query.Language = *c.Language
	}
	if c.Category != nil {
		category, err := settings.FindCategory(ctx, e, *c.Category)
		if err != nil {
			return query, err
		}
		query.Category = category.Number
	}
	if c.Page != nil {
		query.Page = *c.Page
	}
	if query.Page < 1 {
		return query, &providers.Error{Kind: providers.ErrUsage, Op: "list live broadcasts", Reason: "page.number"}
	}
	return query, nil
}

// fetch gives one page, or all of them joined, without repeats: lists shift
// while they are read.
func (c *liveCmd) fetch(ctx context.Context, e *app.Engine, r *run, query providers.DirectoryQuery) (providers.DirectoryPage, error) {
	page, err := e.Features.Directory(ctx, query)
	if err != nil || !c.All {
		return page, err
	}
	all := page
	seen := make(map[string]bool)
	for _, entry := range page.Entries {
		seen[entry.ID] = true
	}
	told := time.Now()
	for len(page.Entries) > 0 && (all.Total < 0 || len(all.Entries) < all.Total) {
		query.Page++
		if page, err = e.Features.Directory(ctx, query); err != nil {
			return all, err
		}
		fresh := 0
		for _, entry := range page.Entries {
			if !seen[entry.ID] {
				seen[entry.ID] = true
				all.Entries = append(all.Entries, entry)
				fresh++
			}
		}
		if fresh == 0 {
			break // nothing but repeats: the list has ended
		}
		if time.Since(told) > time.Second {
			told = time.Now()
			r.out.message(r.words.Say("command.live_progress", words.Args{"N": len(all.Entries), "Total": max(all.Total, 0)}))
		}
	}
	return all, nil
}

func liveBroadcastOf(entry providers.LiveEntry) liveBroadcast {
	b := liveBroadcast{
		ID: entry.ID, UserID: entry.UserID, Nick: entry.Nick, Title: entry.Title,
		Category: entry.CategoryNumber, Viewers: entry.Viewers, AgeLimit: entry.AgeLimit,
		Password: entry.Password, Paid: entry.PaidPromotion, WatchURL: entry.WatchURL,
		EmbedURL: entry.EmbedURL, Thumbnail: entry.Thumbnail, Picture: entry.Picture,
		BitrateKbps: entry.BitrateKbps, Resolution: entry.Resolution,
	}
	if !entry.Started.IsZero() {
		started := entry.Started.UTC()
		b.Started = &started
	}
	return b
}

// restrictions are what keeps people out: age and password.
func (r *run) restrictions(entry providers.LiveEntry) string {
	mark := "  "
	if entry.AgeLimit > 0 {
		mark = fmt.Sprint(entry.AgeLimit)
	}
	if entry.Password {
		return mark + "*"
	}
	return mark + " "
}
