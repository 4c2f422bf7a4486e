package settings

import (
	"context"

	"cuelight/app"
	"cuelight/app/titletemplate"
	"cuelight/app/words"
	"cuelight/providers"
)

// Episode is the flag that sets the number for {episode} in a title.
type Episode struct {
	Number int `name:"episode" help:"help_episode" placeholder:"N"`
}

// Episodes gives the count to go on with; nil means the one that is kept.
func (e Episode) Episodes() *titletemplate.Episodes {
	if e.Number <= 0 {
		return nil
	}
	from := titletemplate.EpisodesFrom(e.Number)
	return &from
}

// PreviewTitle gives the exact title and its length, as an object for scripts and
// lines for people; nothing is sent. The error says what the platform would refuse.
func PreviewTitle(ctx context.Context, e *app.Engine, w *words.Words, change providers.Patch, episodes *titletemplate.Episodes) (object any, lines []string, err error) {
	if change.Title == nil {
		return nil, nil, &providers.Error{Kind: providers.ErrUsage, Op: "preview the title", Reason: "preview.no_title"}
	}
	preview, err := e.Titles.PreviewTitle(ctx, change, episodes)
	if preview.Title == "" {
		return nil, nil, err
	}
	said := w.Say("command.preview_length", words.Args{"N": preview.Length})
	if preview.Limit > 0 {
		key := "command.preview_length_of"
		if preview.Unit == providers.Bytes {
			key += ".bytes"
		}
		said = w.Say(key, words.Args{"N": preview.Length, "Limit": preview.Limit})
	}
	return map[string]any{"title": preview.Title, "length": preview.Length, "limit": preview.Limit}, []string{preview.Title, said}, err
}
