package app

import (
	"context"
	"path/filepath"

	"cuelight/app/history"
	"cuelight/app/titles"
)

func (e *Engine) newHistory() *history.History {
	return history.New(history.Options{
		Dir: e.dir, Locks: e.locks, Now: e.now, Emit: e.emit, Changed: e.notifyPeers,
		Broken: func(kept string, err error) { e.notice("history_broken", kept, err) },
	})
}

func (e *Engine) newTitles() *titles.Titles {
	return titles.New(titles.Options{
		History: e.History, State: e.State, Now: e.now, Lang: e.opt.Lang,
		Current: e.current, Live: e.Broadcast.refreshLive, Scene: func(ctx context.Context) (string, error) { return e.obs.Scene(ctx) },
		Categories: e.categories.Named,
		Send:       e.Broadcast.UpdateCounting, Draft: e.Broadcast.Draft, Begin: e.background.Begin,
		Failed: func(err error) { e.notice("history_unsaved", filepath.Join(e.dir, history.FileName), err) },
	})
}
