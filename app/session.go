package app

import (
	"context"
	"fmt"
	"time"

	"cuelight/app/config"
	"cuelight/app/sessions"
	"cuelight/app/state"
	"cuelight/providers"
)

// describe gives what the State shows of an account: of one that cannot be used,
// its name.
func (a *Accounts) describe(account providers.Account) (state.AccountSelected, error) {
	provider, err := a.opt.Registry.Find(account.Platform)
	if err != nil {
		return state.AccountSelected{Account: account}, err
	}
	session, err := a.sessions.Session(account)
	if err != nil {
		return state.AccountSelected{Account: account}, err
	}
	return sessions.Describe(account, provider.Describe(), session), nil
}

// current gives the account in use and its session.
func (c *core) current() (providers.Account, providers.Session, error) {
	account, ok := c.config.Config().InUse()
	if !ok {
		return providers.Account{}, nil, config.ErrNoAccount
	}
	session, err := c.sessions.Session(account)
	return account, session, err
}

// openSession opens the session of an account; the pool calls it.
func (a *Accounts) openSession(account providers.Account) (providers.Session, error) {
	waits := sessions.Waits{Emit: a.emit, Now: a.now, Log: a.log, Begin: a.background.Begin}
	opened, err := a.open(account, a.vault.Account(account.Name), waits.Of(account.Name))
	if err != nil {
		return nil, fmt.Errorf("open account %q: %w", account.Name, err)
	}
	return opened, nil
}

// open opens a session of an account with these secrets.
func (a *Accounts) open(account providers.Account, secrets providers.Vault, waiting func(op string, wait time.Duration)) (providers.Session, error) {
	provider, err := a.opt.Registry.Find(account.Platform)
	if err != nil {
		return nil, err
	}
	if a.sandbox != nil {
		account = a.sandbox.Point(account)
	}
	return provider.Open(account, providers.Environment{Vault: secrets, HTTP: a.opt.HTTP, Waiting: waiting})
}

// TokenExpires tells when the present sign-in of the account in use ends; zero
// where that is not known or it does not end. It asks the keyring.
func (a *Accounts) TokenExpires(ctx context.Context) (time.Time, error) {
	_, session, err := a.current()
	if err != nil {
		return time.Time{}, err
	}
	info, ok := session.(providers.TokenInfo)
	if !ok {
		return time.Time{}, nil
	}
	return info.TokenExpires(ctx)
}
