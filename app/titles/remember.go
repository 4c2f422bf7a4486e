package titles

import (
	"context"

	"cuelight/app/history"
	"cuelight/app/state"
	"cuelight/providers"
)

// Remember keeps in the history what a platform has taken. before is the State of
// the moment before that.
func (t *Titles) Remember(ctx context.Context, account providers.Account, session providers.Session, sent Expanded, before state.State) {
	change := sent.Change
	if change.Title == nil && change.Category == nil && change.Hashtags == nil {
		return
	}
	// What was sent is kept, also where whoever sent it has gone away.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), rememberTimeout)
	defer cancel()
	use := history.Use{Platform: account.Platform, Title: sent.Asked.Title, Episodes: sent.Episodes, At: t.opt.Now()}
	if known, ok := confirmed(before, account); ok {
		use.Shown, use.Category, use.Hashtags = known.Title, &known.Category, &known.Hashtags
	}
	if change.Title != nil {
		use.Shown = *change.Title
	}
	if change.Category != nil {
		use.Category = &providers.Category{Number: *change.Category}
	}
	if c := use.Category; c != nil && c.Number != "" && c.Name == "" {
		if named, err := t.Named(ctx, account, session, c.Number); err == nil {
			use.Category = &named
		}
	}
	if change.Hashtags != nil {
		use.Hashtags = change.Hashtags
	}
	if err := t.opt.History.Remember(ctx, use); err != nil {
		t.opt.Failed(err)
	}
}

// NoteEnd keeps that a broadcast has ended: the next one is the next episode. It is
// called for every State, in order, and waits for nothing.
func (t *Titles) NoteEnd(prev, next state.State) {
	stopped := prev.OBS.Stream.Running() && next.OBS.Stream == state.StreamOff
	offAir := prev.Live.OnAir && next.Live.Known && !next.Live.OnAir && prev.Account.Name == next.Account.Name
	if !stopped && !offAir {
		return
	}
	at := t.opt.Now()
	t.opt.Begin(func(ctx context.Context) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), rememberTimeout)
		defer cancel()
		if err := t.opt.History.Ended(ctx, at); err != nil {
			t.opt.Failed(err)
		}
	})
}
