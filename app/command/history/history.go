// Package history holds the verbs of the terminal for what was applied before.
package history

import (
	"context"
	"strings"
	"time"

	"cuelight/app"
	"cuelight/app/command/settings"
	"cuelight/app/state"
	"cuelight/app/words"
)

// Terminal is what a verb is given by the command line.
type Terminal interface {
	// WithEngine opens the Engine for one use case and closes it again.
	WithEngine(ctx context.Context, do func(context.Context, *app.Engine) error) error
	// Words are those of the user's language.
	Words() *words.Words
	// Result gives the outcome: the object with --json, the lines without.
	Result(object any, lines ...string)
	// Progress shows each step of a task.
	Progress(step state.Step)
}

// History are the verbs. Without one, the entries are listed.
type History struct {
	List   list   `cmd:"" default:"1" help:"help_cmd_history_list"`
	Use    use    `cmd:"" help:"help_cmd_history_use"`
	Star   star   `cmd:"" help:"help_cmd_history_star"`
	Unstar unstar `cmd:"" help:"help_cmd_history_unstar"`
	Remove remove `cmd:"" help:"help_cmd_history_remove"`
}

// scriptEntry is one entry for scripts.
type scriptEntry struct {
	ID string `json:"id"`
	// Title is a template.
	Title    string               `json:"title"`
	Category state.StatusCategory `json:"category"`
	Hashtags []string             `json:"hashtags"`
	Platform string               `json:"platform"`
	Uses     int                  `json:"uses"`
	Last     time.Time            `json:"last"`
	Favorite bool                 `json:"favorite"`
}

func scriptEntryOf(p state.Past) scriptEntry {
	return scriptEntry{
		ID: p.ID, Title: p.Title, Category: state.StatusCategory{Number: p.Category.Number, Name: p.Category.Name},
		Hashtags: append([]string{}, p.Hashtags...), Platform: p.Platform, Uses: p.Uses, Last: p.Last.UTC(), Favorite: p.Favorite,
	}
}

type list struct{}

// Run lists the entries, the last used first.
func (list) Run(ctx context.Context, t Terminal) error {
	return t.WithEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		if err := e.History.Reload(ctx); err != nil {
			return err
		}
		entries := []scriptEntry{}
		var lines []string
		for _, p := range e.State().History {
			entries = append(entries, scriptEntryOf(p))
			lines = append(lines, line(t.Words(), p))
		}
		if len(lines) == 0 {
			lines = []string{t.Words().Say("command.history_none")}
		}
		t.Result(map[string]any{"history": entries}, lines...)
		return nil
	})
}

// line gives an entry for people: what it is, then how often and when.
func line(w *words.Words, p state.Past) string {
	mark := " "
	if p.Favorite {
		mark = "★"
	}
	columns := []string{p.ID, mark + " " + p.TitleIn(w.Lang()), state.CategoryText(p.Category)}
	if len(p.Hashtags) > 0 {
		columns = append(columns, "#"+strings.Join(p.Hashtags, " #"))
	}
	columns = append(columns, p.Platform, w.Count("command.history_uses", p.Uses), p.Last.Local().Format("2006-01-02 15:04"))
	return strings.Join(columns, "\t")
}

// which names an entry.
type which struct {
	ID string `arg:"" name:"id" help:"help_history_id"`
}

type use struct {
	which
	settings.Episode
}

// Run applies an entry, as update would.
func (c *use) Run(ctx context.Context, t Terminal) error {
	return t.WithEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		used, err := e.Titles.UseAgain(ctx, c.ID, c.Episodes(), t.Progress)
		if err != nil {
			return err
		}
		title := e.State().Broadcast.Confirmed.Title
		t.Result(map[string]any{"used": scriptEntryOf(used), "title": title},
			t.Words().Say("command.history_used", words.Args{"Title": title}))
		return nil
	})
}

type star struct{ which }

// Run marks an entry as a favourite.
func (c *star) Run(ctx context.Context, t Terminal) error {
	return c.mark(ctx, t, true, "command.history_starred")
}

type unstar struct{ which }

// Run takes the mark away.
func (c *unstar) Run(ctx context.Context, t Terminal) error {
	return c.mark(ctx, t, false, "command.history_unstarred")
}

func (c *which) mark(ctx context.Context, t Terminal, on bool, said string) error {
	return t.WithEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		if err := e.History.Star(ctx, c.ID, on); err != nil {
			return err
		}
		t.Result(map[string]any{"id": c.ID, "favorite": on}, t.Words().Say(said))
		return nil
	})
}

type remove struct{ which }

// Run forgets an entry.
func (c *remove) Run(ctx context.Context, t Terminal) error {
	return t.WithEngine(ctx, func(ctx context.Context, e *app.Engine) error {
		if err := e.History.Remove(ctx, c.ID); err != nil {
			return err
		}
		t.Result(map[string]string{"removed": c.ID}, t.Words().Say("command.history_removed"))
		return nil
	})
}
