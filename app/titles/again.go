package titles

import (
	"context"

	"cuelight/app/category"
	"cuelight/app/state"
	"cuelight/app/task"
	"cuelight/app/titletemplate"
	"cuelight/providers"
)

// UseAgain applies an entry of the history, as an update does. episodes is the count
// for {episode}; nil means the history's.
func (t *Titles) UseAgain(ctx context.Context, id string, episodes *titletemplate.Episodes, tell task.Progress) (state.Past, error) {
	past, err := t.opt.History.Entry(ctx, id)
	if err != nil {
		return past, err
	}
	return past, t.opt.Send(ctx, past.PatchIn("en"), episodes, tell)
}

// DraftAgain puts the title of a past broadcast into the draft, with the category of
// that name, where the platform still has it. A title that came from a template
// becomes that template.
func (t *Titles) DraftAgain(ctx context.Context, title, named string) error {
	account, session, err := t.opt.Current()
	if err != nil {
		return err
	}
	change := providers.Patch{}
	for _, past := range t.opt.State().History {
		if past.Platform == account.Platform && past.Sent == title {
			change = past.PatchIn(t.dated().Lang)
			break
		}
	}
	if change.Title == nil {
		template := titletemplate.Escape(title)
		change.Title = &template
	}
	if named != "" {
		list, err := t.opt.Categories(ctx, account.Name, session)
		if err != nil {
			return err
		}
		if found, err := category.Find(list, named); err == nil {
			change.Category = &found.Number
		}
	}
	t.opt.Draft(change)
	return nil
}

// SetEpisode makes a number the next one for {episode} of a title.
func (t *Titles) SetEpisode(ctx context.Context, title string, number int) error {
	account, _, err := t.opt.Current()
	if err != nil {
		return err
	}
	return t.opt.History.SetEpisode(ctx, account.Platform, title, number)
}

// MarkPast marks an entry of the history as a favourite, or takes the mark away.
func (t *Titles) MarkPast(ctx context.Context, id string, favourite bool) error {
	return t.opt.History.Star(ctx, id, favourite)
}

// ForgetPast forgets an entry of the history.
func (t *Titles) ForgetPast(ctx context.Context, id string) error {
	return t.opt.History.Remove(ctx, id)
}
