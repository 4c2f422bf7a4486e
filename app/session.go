package app

import (
	"fmt"
	"reflect"

	"cuelight/app/state"
	"cuelight/providers"
)

// adopt makes a configuration the one in use and shows it.
func (e *Engine) adopt(config Config) {
	e.mu.Lock()
	if _, ok := config.Account(e.pinned); ok {
		config.Current = e.pinned
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
	session, err := e.sessionOf(account)
	if err != nil {
		return state.AccountSelected{}, err
	}
	provider, err := e.opt.Registry.Find(account.Platform)
	if err != nil {
		return state.AccountSelected{}, err
	}
	selected := state.AccountSelected{Account: account, Description: provider.Describe(), Capabilities: capabilities(session)}
	if editor, ok := session.(providers.Editor); ok {
		selected.Limits = editor.Limits()
	}
	_, selected.CanNumber = session.(providers.NumberSignIn)
	_, selected.CanToken = session.(providers.TokenSignIn)
	return selected, nil
}

// judge checks a draft with the platform's own rules.
func (e *Engine) judge(account providers.Account, draft providers.Patch) map[providers.FieldID]error {
	session, err := e.sessionOf(account)
	if err != nil {
		return nil
	}
	editor, ok := session.(providers.Editor)
	if !ok || draft.Empty() {
		return nil
	}
	return state.Problems(editor.Check(draft))
}

func capabilities(s providers.Session) (c state.Capabilities) {
	_, c.Ingest = s.(providers.Ingester)
	_, c.KeyReset = s.(providers.KeyResetter)
	_, c.Edit = s.(providers.Editor)
	_, c.Categories = s.(providers.Categories)
	_, c.LiveStatus = s.(providers.LiveStatus)
	_, c.Station = s.(providers.StationInfo)
	_, c.Directory = s.(providers.Directory)
	_, c.Overlays = s.(providers.Overlays)
	_, c.Filters = s.(providers.Filters)
	_, c.Embeds = s.(providers.Embeds)
	_, c.Channels = s.(providers.Channels)
	_, c.Statistics = s.(providers.Statistics)
	return c
}

// current gives the account in use and its session.
func (e *Engine) current() (providers.Account, providers.Session, error) {
	config := e.Config()
	account, ok := config.Account(config.Current)
	if !ok {
		return providers.Account{}, nil, ErrNoAccount
	}
	session, err := e.sessionOf(account)
	return account, session, err
}

// sessionOf opens the session of an account, once for as long as its settings
// stay the same.
func (e *Engine) sessionOf(account providers.Account) (providers.Session, error) {
	if e.service != nil {
		account = e.service.point(account)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if open, ok := e.sessions[account.Name]; ok {
		if reflect.DeepEqual(open.account, account) {
			return open.session, nil
		}
		delete(e.sessions, account.Name)
		_ = open.session.Close()
	}
	provider, err := e.opt.Registry.Find(account.Platform)
	if err != nil {
		return nil, err
	}
	session, err := provider.Open(account, providers.Environment{
		Vault: e.vaultOf(account.Name), HTTP: e.opt.HTTP, Waiting: e.waiting(account.Name),
	})
	if err != nil {
		return nil, fmt.Errorf("open account %q: %w", account.Name, err)
	}
	e.sessions[account.Name] = openSession{account: account, session: session}
	return session, nil
}

func (e *Engine) dropSession(name string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if open, ok := e.sessions[name]; ok {
		_ = open.session.Close()
		delete(e.sessions, name)
	}
	delete(e.ingest, name)
}

// able gives what the session can do, or an error that says it cannot.
func able[T any](session providers.Session, what string) (T, error) {
	can, ok := session.(T)
	if !ok {
		return can, &providers.Error{Kind: providers.ErrUsage, Op: what, Reason: "platform.cannot"}
	}
	return can, nil
}
