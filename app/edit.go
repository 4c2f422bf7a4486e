package app

import (
	"context"
	"fmt"

	"cuelight/app/sessions"
	"cuelight/app/state"
	"cuelight/app/task"
	"cuelight/app/titles"
	"cuelight/app/titletemplate"
	"cuelight/providers"
)

// Apply sends the draft. A failed send keeps it; a successful one keeps only
// what the user typed meanwhile. Nothing is sent over what somebody else changed
// since it was last seen here: that is a *state.ConflictError.
func (b *Broadcast) Apply(ctx context.Context, tell task.Progress) error {
	return b.send(ctx, sending{change: b.states.State().Broadcast.Draft, before: b.checkConflicts}, tell)
}

// Undo sends what the last applied change replaced, unless somebody else has
// changed that since, see Apply.
func (b *Broadcast) Undo(ctx context.Context, tell task.Progress) error {
	return b.send(ctx, sending{change: b.states.State().Broadcast.Undo, before: b.checkConflicts, undo: true}, tell)
}

// Update sends a change of the broadcast's settings as it is: whoever asks for it
// names the values and has not begun from what was shown. Its title is a template.
// What the change replaced is in the State's Undo afterwards, as far as the platform
// told. A change that the user breaks off on its way is ErrInterrupted.
func (b *Broadcast) Update(ctx context.Context, change providers.Patch, tell task.Progress) error {
	return b.UpdateCounting(ctx, change, nil, tell)
}

// UpdateCounting is Update with a count of its own for {episode}, which is changed
// where it was sent; nil means the history's.
func (b *Broadcast) UpdateCounting(ctx context.Context, change providers.Patch, episodes *titletemplate.Episodes, tell task.Progress) error {
	return b.send(ctx, sending{change: change, before: b.noteReplaced, episodes: episodes}, tell)
}

// sending is a change on its way.
type sending struct {
	change providers.Patch
	// episodes is the count of {episode}; nil means the history's.
	episodes *titletemplate.Episodes
	// before looks at the change just before it is sent, and may refuse it.
	before func(context.Context, providers.Account, providers.Editor, titles.Expanded) error
	// undo: it brings back what was there, to the letter; that is nothing new to
	// remember.
	undo bool
}

func (b *Broadcast) send(ctx context.Context, what sending, tell task.Progress) error {
	account, session, err := b.current()
	if err != nil {
		return err
	}
	editor, err := sessions.Require[providers.Editor](session, "change the broadcast")
	if err != nil {
		return err
	}
	if what.change.Empty() {
		return &providers.Error{Kind: providers.ErrUsage, Op: "change the broadcast", Reason: "update.nothing"}
	}
	change := titles.Expanded{Asked: what.change, Change: what.change}
	if !what.undo {
		if change, err = b.Titles.Expand(ctx, account, session, what.change, what.episodes); err != nil {
			return err
		}
	}
	if err := editor.Check(change.Change); err != nil {
		return err
	}
	return b.tasks.Run(ctx, state.TaskApply, tell, []state.StepID{state.StepSend}, func(ctx context.Context, s *task.Steps) error {
		return s.Do(state.StepSend, func() (string, error) {
			if err := what.before(ctx, account, editor, change); err != nil {
				return "", err
			}
			err := task.Interruptible(ctx, func(ctx context.Context) error { return editor.Update(ctx, change.Change) })
			if err != nil {
				b.signInLost(account.Name, err)
				return "", fmt.Errorf("change the broadcast: %w", err)
			}
			b.applied(ctx, account, session, what, change)
			return "", nil
		})
	})
}

// applied shows and keeps what the platform has taken.
func (b *Broadcast) applied(ctx context.Context, account providers.Account, session providers.Session, what sending, change titles.Expanded) {
	before := b.states.State()
	b.emit(state.Applied{Account: account.Name, Channel: account.Channel, Asked: change.Asked, Sent: change.Change, At: b.now()})
	b.refresh.Soon() // a platform may have tidied up what it took
	if !what.undo {
		b.Titles.Remember(ctx, account, session, change, before)
	}
	if what.episodes != nil && change.Episodes != nil {
		*what.episodes = *change.Episodes
	}
	b.nameCategory(ctx, account, session)
	if number := change.Change.Category; number != nil && *number != "" {
		b.UseCategory(account.Name, *number)
	}
}

// Refresh asks the platform for everything shown: who is signed in, the
// broadcast's settings, and whether it is on air. The draft is not touched.
func (b *Broadcast) Refresh(ctx context.Context) error {
	account, session, err := b.current()
	if err != nil {
		return err
	}
	return b.tasks.Run(ctx, state.TaskRefresh, nil, nil, func(ctx context.Context, _ *task.Steps) error {
		if !b.Accounts.checkSignedIn(ctx, account.Name, session) {
			return nil
		}
		err := b.refreshBroadcast(ctx, account, session)
		if err != nil {
			return err
		}
		if b.states.State().Account.Nick == "" || b.identityStale.Swap(false) {
			b.Accounts.identify(ctx, account, session)
		}
		b.nameCategory(ctx, account, session)
		b.refreshLive(ctx, account, session)
		_ = b.Stream.checkService(ctx) // what is shown stays unknown then
		return nil
	})
}

func (b *Broadcast) refreshBroadcast(ctx context.Context, account providers.Account, session providers.Session) error {
	_, broadcast, err := b.fetch(ctx, account, session)
	b.emit(state.BroadcastRead{Account: account.Name, Channel: account.Channel, Confirmed: broadcast, At: b.now(), Err: err})
	if err != nil {
		b.signInLost(account.Name, err)
		return fmt.Errorf("read the broadcast's settings: %w", err)
	}
	b.emit(state.SignInChanged{Account: account.Name, State: state.SignedIn})
	return nil
}

// fetch asks for ingest and settings, in one call where the platform answers
// both at once, and remembers the ingest for comparing OBS with it.
func (c *core) fetch(ctx context.Context, account providers.Account, session providers.Session) (providers.Ingest, providers.Broadcast, error) {
	var ingest providers.Ingest
	var broadcast providers.Broadcast
	var err error
	switch can := session.(type) {
	case providers.IngestEditor:
		ingest, broadcast, err = can.IngestAndBroadcast(ctx)
	default:
		if in, ok := session.(providers.Ingester); ok {
			ingest, err = in.Ingest(ctx)
		}
		if editor, ok := session.(providers.Editor); ok && err == nil {
			broadcast, err = editor.Broadcast(ctx)
		}
	}
	if err != nil {
		return ingest, broadcast, err
	}
	c.sessions.KeepIngest(account, ingest)
	c.vault.Conceal(ingest.Key)
	return ingest, broadcast, nil
}

// refreshLive asks whether the platform sees the broadcast. Platforms answer
// that question or not; no answer is no failure of anything else.
func (b *Broadcast) refreshLive(ctx context.Context, account providers.Account, session providers.Session) (providers.Live, bool) {
	can, ok := session.(providers.LiveStatus)
	if !ok {
		return providers.Live{}, false
	}
	live, err := can.Live(ctx)
	b.emit(state.LiveRead{Account: account.Name, Channel: account.Channel, Live: live, At: b.now(), Err: err})
	return live, err == nil
}
