package app

import (
	"fmt"

	"cuelight/app/sessions"
	"cuelight/app/state"
	"cuelight/providers"
)

// adopt makes a configuration the one in use and shows it.
func (e *Engine) adopt(config Config) {
	e.mu.Lock()
	if _, ok := config.Account(e.accountOverride); ok {
		config.Current = e.accountOverride
	}
	e.config = config
	e.mu.Unlock()
	events := []state.Event{state.AccountsChanged{Accounts: config.Accounts}}
	if account, ok := config.Account(config.Current); ok {
		if selected, err := e.describe(account); err == nil {
			events = append(events, selected)
			if e.State().Account.Name != account.Name {
				draft := e.loadDraft(account.Name)
				events = append(events, state.DraftChanged{Draft: draft, Problems: e.judge(account, draft)})
			}
		} else {
			e.notice("account_unusable", account.Name, err)
		}
	} else {
		events = append(events, state.AccountSelected{})
	}
	e.emit(events...)
}

func (e *Engine) describe(account providers.Account) (state.AccountSelected, error) {
	session, err := e.sessions.Session(account)
	if err != nil {
		return state.AccountSelected{}, err
	}
	provider, err := e.opt.Registry.Find(account.Platform)
	if err != nil {
		return state.AccountSelected{}, err
	}
	selected := state.AccountSelected{Account: account, Description: provider.Describe(), Capabilities: sessions.Capabilities(session)}
	if editor, ok := session.(providers.Editor); ok {
		selected.Limits = editor.Limits()
	}
	_, selected.CanNumber = session.(providers.NumberSignIn)
	_, selected.CanToken = session.(providers.TokenSignIn)
	return selected, nil
}

// judge checks a draft with the platform's own rules.
func (e *Engine) judge(account providers.Account, draft providers.Patch) map[providers.FieldID]error {
	session, err := e.sessions.Session(account)
	if err != nil {
		return nil
	}
	editor, ok := session.(providers.Editor)
	if !ok || draft.Empty() {
		return nil
	}
	return state.Problems(editor.Check(draft))
}

// current gives the account in use and its session.
func (e *Engine) current() (providers.Account, providers.Session, error) {
	config := e.Config()
	account, ok := config.Account(config.Current)
	if !ok {
		return providers.Account{}, nil, ErrNoAccount
	}
	session, err := e.sessions.Session(account)
	return account, session, err
}

// openSession opens the session of an account; the pool calls it.
func (e *Engine) openSession(account providers.Account) (providers.Session, error) {
	if e.sandbox != nil {
		account = e.sandbox.Point(account)
	}
	provider, err := e.opt.Registry.Find(account.Platform)
	if err != nil {
		return nil, err
	}
	opened, err := provider.Open(account, providers.Environment{
		Vault: e.vault.Account(account.Name), HTTP: e.opt.HTTP, Waiting: e.waiting(account.Name),
	})
	if err != nil {
		return nil, fmt.Errorf("open account %q: %w", account.Name, err)
	}
	return opened, nil
}
