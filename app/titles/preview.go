package titles

import (
	"context"

	"cuelight/app/titletemplate"
	"cuelight/internal/text"
	"cuelight/providers"
)

// Text is the text of a title.
type Text struct {
	Text string
	// Episode is what {episode} stands for; 0 where the title has none.
	Episode int
}

// TitleNow gives the title that a change would be sent with, as far as that is known
// without asking anybody.
func (t *Titles) TitleNow(change providers.Patch) (Text, error) {
	account, _, err := t.opt.Current()
	if err != nil || change.Title == nil {
		return Text{}, err
	}
	return t.now(account)(change)
}

// Preview is a title as it would be sent now.
type Preview struct {
	Title string
	// Length is measured as the platform measures it, Limit is the most that it
	// takes; 0 where it says nothing.
	Length, Limit int
	Unit          providers.Unit
}

// PreviewTitle gives the title that a change would be sent with now, and sends
// nothing. Its error says what is
// wrong with the title; the Preview is there all the same where it could be made.
func (t *Titles) PreviewTitle(ctx context.Context, change providers.Patch, episodes *titletemplate.Episodes) (Preview, error) {
	account, session, err := t.opt.Current()
	if err != nil {
		return Preview{}, err
	}
	expanded, err := t.Expand(ctx, account, session, change, episodes)
	if err != nil || expanded.Change.Title == nil {
		return Preview{}, err
	}
	title := text.Title(*expanded.Change.Title)
	preview := Preview{Title: title, Length: providers.Characters.Length(title)}
	editor, ok := session.(providers.Editor)
	if !ok {
		return preview, nil
	}
	limit := editor.Limits()[providers.FieldTitle]
	preview.Length, preview.Limit, preview.Unit = limit.Unit.Length(title), limit.Max, limit.Unit
	return preview, editor.Check(providers.Patch{Title: &title})
}
