package app

import (
	"context"
	"fmt"
	"reflect"

	"cuelight/app/sessions"
	"cuelight/app/state"
	"cuelight/providers"
)

// Draft lays a change over the draft of the account in use: the fields that
// change sets, the others stay. Nothing is sent.
func (e *Engine) Draft(change providers.Patch) {
	e.redraft(func(draft providers.Patch) providers.Patch { return state.Merge(draft, change) })
}

// Discard forgets the draft.
func (e *Engine) Discard() {
	e.redraft(func(providers.Patch) providers.Patch { return providers.Patch{} })
}

func (e *Engine) redraft(change func(providers.Patch) providers.Patch) {
	account, _, err := e.current()
	if err != nil {
		return
	}
	now := e.State().Broadcast
	draft := change(now.Draft)
	if now.Known {
		draft = state.WithoutEqual(draft, now.Confirmed)
	}
	e.emit(state.DraftChanged{Draft: draft, Problems: e.judge(account, draft)})
	e.saveDraft(account.Name, draft)
}

// Apply sends the draft. A failed send keeps it; a successful one keeps only
// what the user typed meanwhile.
func (e *Engine) Apply(ctx context.Context, tell Progress) error {
	draft := e.State().Broadcast.Draft
	return e.Update(ctx, draft, tell)
}

// Update sends a change of the broadcast's settings.
func (e *Engine) Update(ctx context.Context, change providers.Patch, tell Progress) error {
	account, session, err := e.current()
	if err != nil {
		return err
	}
	editor, err := sessions.Require[providers.Editor](session, "change the broadcast")
	if err != nil {
		return err
	}
	if change.Empty() {
		return &providers.Error{Kind: providers.ErrUsage, Op: "change the broadcast", Reason: "update.nothing"}
	}
	if err := editor.Check(change); err != nil {
		e.emit(state.DraftChanged{Draft: e.State().Broadcast.Draft, Problems: state.Problems(err)})
		return err
	}
	return e.tasks.run(ctx, state.TaskApply, tell, []state.StepID{state.StepSend}, func(ctx context.Context, s *steps) error {
		return s.do(state.StepSend, func() (string, error) {
			if err := editor.Update(ctx, change); err != nil {
				e.signInLost(err)
				return "", fmt.Errorf("change the broadcast: %w", err)
			}
			before := e.State().Broadcast.Draft
			e.emit(state.Applied{Account: account.Name, Sent: change, At: e.now()})
			if left := e.State().Broadcast.Draft; !reflect.DeepEqual(left, before) {
				e.saveDraft(account.Name, left) // else it is what a window beside this command keeps
			}
			e.nameCategory(ctx, session)
			if change.Category != nil {
				e.useCategory(ctx, account.Name, *change.Category)
			}
			return "", nil
		})
	})
}

// Refresh asks the platform for everything shown: who is signed in, the
// broadcast's settings, and whether it is on air. The draft is not touched.
func (e *Engine) Refresh(ctx context.Context) error {
	account, session, err := e.current()
	if err != nil {
		return err
	}
	return e.tasks.run(ctx, state.TaskRefresh, nil, nil, func(ctx context.Context, _ *steps) error {
		if !e.checkSignedIn(ctx, session, nil) {
			return nil
		}
		err := e.refreshBroadcast(ctx, account, session)
		if err != nil {
			return err
		}
		if e.State().Account.Nick == "" || e.refresh.identityStale.Swap(false) {
			e.identify(ctx, session)
		}
		e.nameCategory(ctx, session)
		e.refreshLive(ctx, account, session)
		e.checkService(ctx)
		return nil
	})
}

func (e *Engine) refreshBroadcast(ctx context.Context, account providers.Account, session providers.Session) error {
	_, broadcast, err := e.fetch(ctx, account, session)
	e.emit(state.BroadcastRead{Account: account.Name, Confirmed: broadcast, At: e.now(), Err: err})
	if err != nil {
		e.signInLost(err)
		return fmt.Errorf("read the broadcast's settings: %w", err)
	}
	return nil
}

// fetch asks for ingest and settings, in one call where the platform answers
// both at once, and remembers the ingest for comparing OBS with it.
func (e *Engine) fetch(ctx context.Context, account providers.Account, session providers.Session) (providers.Ingest, providers.Broadcast, error) {
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
	e.sessions.KeepIngest(account.Name, ingest)
	e.vault.conceal(ingest.Key)
	return ingest, broadcast, nil
}

// refreshLive asks whether the platform sees the broadcast. Platforms answer
// that question or not; no answer is no failure of anything else.
func (e *Engine) refreshLive(ctx context.Context, account providers.Account, session providers.Session) (providers.Live, bool) {
	can, ok := session.(providers.LiveStatus)
	if !ok {
		return providers.Live{}, false
	}
	live, err := can.Live(ctx)
	e.emit(state.LiveRead{Account: account.Name, Live: live, At: e.now(), Err: err})
	return live, err == nil
}
