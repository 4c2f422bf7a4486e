package app

import (
	"path/filepath"

	"cuelight/app/config"
	"cuelight/app/state"
	"cuelight/providers"
)

// Config gives the configuration in use.
func (e *Engine) Config() config.Config { return e.config.Config() }

// Configure changes the configuration, such as the language or OBS's address.
// It does not wait for the disk: what cannot be saved is told by a notice. The
// function is called several times, with a Config of its own each time, and must
// do nothing else.
func (e *Engine) Configure(change func(*config.Config)) { e.config.Change(change) }

// showConfig puts a configuration into the State. The Store calls it in order.
func (e *Engine) showConfig(before, after config.Config) {
	if before.OBS != after.OBS {
		e.obs.Retry()
	}
	was, _ := before.InUse()
	is, ok := after.InUse()
	events := []state.Event{state.AccountsChanged{Accounts: after.Accounts}}
	if !ok {
		e.emit(append(events, state.AccountSelected{})...)
		return
	}
	another := was.Name != is.Name || was.Channel != is.Channel
	if was.Name == is.Name && another {
		e.sessions.ForgetIngest(is.Name) // it was the other channel's
	}
	selected, err := e.Accounts.describe(is)
	if err != nil && another {
		e.notice("account_unusable", is.Name, err)
	}
	if !another {
		e.emit(append(events, selected)...)
		return
	}
	load := state.DraftLoaded{Account: is.Name, Channel: is.Channel, After: e.config.Draft(is.Name, is.Channel), Check: e.Broadcast.draftCheck(is)}
	e.emit(append(events, selected, load)...)
	// What another process changed before the account was shown went unnoticed.
	load.Before, load.After = load.After, e.config.Draft(is.Name, is.Channel)
	e.emit(load)
}

// showDraft puts into the State what another process made of a draft.
func (e *Engine) showDraft(account, channel string, before, after providers.Patch) {
	loaded := state.DraftLoaded{Account: account, Channel: channel, Before: before, After: after}
	if known, ok := e.Config().Account(account); ok {
		loaded.Check = e.Broadcast.draftCheck(known)
	}
	e.emit(loaded)
}

// keepDraft hands each change of the draft in the State to the Store. It is
// called for every State, in order, and waits for nothing.
func (e *Engine) keepDraft(prev, next state.State) {
	was, is := prev.Account, next.Account
	if was.Name == is.Name && was.Channel == is.Channel && prev.Broadcast.Edits != next.Broadcast.Edits {
		e.config.EditDraft(is.Name, is.Channel, prev.Broadcast.Draft, next.Broadcast.Draft)
	}
}

// fileBroken tells of a file that was kept aside in the middle of a run.
func (e *Engine) fileBroken(file string, broken *config.BrokenError) {
	key := "config_broken"
	if file == config.DraftsFileName {
		key = "drafts_broken"
	}
	e.notice(key, broken.Kept, broken)
}

// fileUnsaved tells that what was decided is in memory only, so far.
func (e *Engine) fileUnsaved(file string, err error) {
	e.notice("unsaved", filepath.Join(e.dir, file), err)
}
