package app

import (
	"context"
	"path/filepath"

	findcategory "cuelight/app/category"
	"cuelight/app/config"
	"cuelight/app/history"
	"cuelight/app/state"
	"cuelight/app/task"
	"cuelight/app/titles"
	"cuelight/app/titletemplate"
	"cuelight/providers"
)

func (e *Engine) newHistory() *history.History {
	return history.New(history.Options{
		Dir: e.dir, Locks: e.locks, Now: e.now, Emit: e.emit, Changed: e.notifyPeers,
		Broken: func(kept string, err error) { e.notice("history_broken", kept, err) },
	})
}

func (e *Engine) newTitles() *titles.Titles {
	return titles.New(titles.Options{
		History: e.History, State: e.State, Now: e.now, Lang: e.opt.Lang, Live: e.Broadcast.refreshLive,
		Scene: func(ctx context.Context) (string, error) {
			client, err := e.obs.Client(ctx)
			if err != nil {
				return "", err
			}
			scenes, err := client.Scenes(ctx)
			return scenes.Current, err
		},
		Categories: func(ctx context.Context, account string, platform providers.Categories) ([]providers.Category, error) {
			return e.categories.List(ctx, account, platform, "")
		},
		Failed: func(err error) { e.notice("history_unsaved", filepath.Join(e.dir, "history.json"), err) },
	})
}

// reloadHistory takes over what other processes applied.
func (e *Engine) reloadHistory(ctx context.Context) {
	if err := e.History.Reload(ctx); err != nil {
		e.log.Warn("read the history", "err", err)
	}
}

// noteEnd keeps that a broadcast has ended. It is called for every State, in order,
// and waits for nothing.
func (e *Engine) noteEnd(prev, next state.State) {
	stopped := prev.OBS.Stream.Running() && next.OBS.Stream == state.StreamOff
	offAir := prev.Live.OnAir && next.Live.Known && !next.Live.OnAir && prev.Account.Name == next.Account.Name
	if stopped || offAir {
		e.background.Begin(e.titles.Ended)
	}
}

// UseAgain applies an entry of the history, as Update does. episodes is the count
// for {episode}; nil means the history's.
func (b *Broadcast) UseAgain(ctx context.Context, id string, episodes *titletemplate.Episodes, tell task.Progress) (state.Past, error) {
	past, err := b.History.Entry(ctx, id)
	if err != nil {
		return past, err
	}
	return past, b.UpdateCounting(ctx, past.Patch(), episodes, tell)
}

// DraftAgain puts the title of a past broadcast into the draft, with the category of
// that name, where the platform still has it. A title that came from a template
// becomes that template.
func (b *Broadcast) DraftAgain(ctx context.Context, title, category string) error {
	account, session, err := b.current()
	if err != nil {
		return err
	}
	change := providers.Patch{}
	for _, past := range b.states.State().History {
		if past.Platform == account.Platform && past.Sent == title {
			change = past.Patch()
			break
		}
	}
	if change.Title == nil {
		template := titletemplate.Escape(title)
		change.Title = &template
	}
	if categories, ok := session.(providers.Categories); ok && category != "" {
		list, err := b.categories.List(ctx, account.Name, categories, "")
		if err != nil {
			b.log.Warn("find the category of a past broadcast", "err", err)
		}
		if found, err := findcategory.Find(list, category); err == nil {
			change.Category = &found.Number
		}
	}
	b.Draft(change)
	return nil
}

// PreviewTitle gives the exact title that a change would be sent with now, and
// sends nothing; see titles.Titles.
func (b *Broadcast) PreviewTitle(ctx context.Context, change providers.Patch, episodes *titletemplate.Episodes) (titles.Preview, error) {
	account, session, err := b.current()
	if err != nil {
		return titles.Preview{}, err
	}
	return b.titles.Preview(ctx, account, session, change, episodes)
}

// TitleNow gives the title that a change would be sent with, as far as that is known
// without asking anybody.
func (b *Broadcast) TitleNow(change providers.Patch) (titles.Text, error) {
	account, ok := b.config.Config().InUse()
	if !ok {
		return titles.Text{}, config.ErrNoAccount
	}
	return b.titles.Now(account, change)
}

// SetEpisode makes a number the next one for {episode} of a title.
func (b *Broadcast) SetEpisode(ctx context.Context, title string, number int) error {
	account, ok := b.config.Config().InUse()
	if !ok {
		return config.ErrNoAccount
	}
	return b.History.SetEpisode(ctx, account.Platform, title, number)
}

// MarkPast marks an entry of the history as a favourite, or takes the mark away.
func (b *Broadcast) MarkPast(ctx context.Context, id string, favourite bool) error {
	return b.History.Star(ctx, id, favourite)
}

// ForgetPast forgets an entry of the history.
func (b *Broadcast) ForgetPast(ctx context.Context, id string) error {
	return b.History.Remove(ctx, id)
}

// SetLang takes another language for the dates in titles, "ko" or "en".
func (b *Broadcast) SetLang(lang string) { b.titles.SetLang(lang) }
