package app

import (
	"context"
	"slices"

	"cuelight/app/sessions"
	"cuelight/app/state"
	"cuelight/app/titles"
	"cuelight/providers"
)

// Draft lays a change over the draft of the account in use: the fields that
// change sets, the others stay. Nothing is sent, and nothing is waited for.
func (b *Broadcast) Draft(change providers.Patch) {
	if account, ok := b.config.Config().InUse(); ok {
		b.emit(state.DraftChanged{Account: account.Name, Channel: account.Channel, Set: change, Check: b.draftCheck(account)})
	}
}

// Discard forgets the draft.
func (b *Broadcast) Discard() {
	if account, ok := b.config.Config().InUse(); ok {
		b.emit(state.DraftDiscarded{Account: account.Name, Channel: account.Channel})
	}
}

// KeepMine settles a field that was changed elsewhere: the draft stays.
func (b *Broadcast) KeepMine(id providers.FieldID) { b.emit(state.ConflictResolved{Field: id}) }

// TakeTheirs settles a field that was changed elsewhere: the draft's value goes.
func (b *Broadcast) TakeTheirs(id providers.FieldID) {
	if account, ok := b.config.Config().InUse(); ok {
		b.emit(state.DraftChanged{
			Account: account.Name, Channel: account.Channel, Drop: []providers.FieldID{id}, Check: b.draftCheck(account),
		})
	}
}

// draftCheck gives the platform's rules for a draft; nil where it has none.
func (b *Broadcast) draftCheck(account providers.Account) state.DraftCheck {
	session, err := b.sessions.Session(account)
	if err != nil {
		return nil
	}
	if editor, ok := session.(providers.Editor); ok {
		return b.Titles.Check(account, editor.Check)
	}
	return nil
}

// checkConflicts refuses a change of fields that somebody else changed since
// they were last seen here. The platform is asked again for what it holds;
// where it does not answer, what is known decides.
func (b *Broadcast) checkConflicts(ctx context.Context, account providers.Account, editor providers.Editor, change titles.Expanded) error {
	before := b.states.State()
	if before.Account.Name != account.Name || before.Account.Channel != account.Channel {
		return nil // nothing of it was seen that could have changed
	}
	var changed []providers.FieldID
	if before.Broadcast.Known {
		now, ok, err := b.readBack(ctx, account, editor)
		if err != nil {
			return err
		}
		if ok {
			changed = before.Broadcast.ChangedElsewhere(change.Change, now)
		}
	}
	for _, id := range b.states.State().Broadcast.Unsettled(change.Asked) { // seen before, or by another question meanwhile
		if !slices.Contains(changed, id) {
			changed = append(changed, id)
		}
	}
	if len(changed) == 0 {
		return nil
	}
	return &state.ConflictError{Fields: changed}
}

// noteReplaced lets the State know what a change is about to replace.
func (b *Broadcast) noteReplaced(ctx context.Context, account providers.Account, editor providers.Editor, _ titles.Expanded) error {
	_, _, err := b.readBack(ctx, account, editor)
	return err
}

// readBack is sessions.ReadBack, shown in the State.
func (b *Broadcast) readBack(ctx context.Context, account providers.Account, editor providers.Editor) (now providers.Broadcast, ok bool, err error) {
	now, ok, err = sessions.ReadBack(ctx, editor, b.log)
	if ok {
		b.emit(state.BroadcastRead{Account: account.Name, Channel: account.Channel, Confirmed: now, At: b.now()})
	}
	return now, ok, err
}
