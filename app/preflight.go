package app

import (
	"context"

	"cuelight/app/preflight"
	"cuelight/app/state"
	"cuelight/obs"
	"cuelight/providers"
)

// Preflight makes the checks before going live, shows them and gives them.
func (e *Engine) Preflight(ctx context.Context) []state.Preflight {
	return preflight.New(preflight.Options{
		Account: func() (preflight.Account, error) {
			account, session, err := e.current()
			return accountInUse{engine: e, account: account, session: session}, err
		},
		Connect: func(ctx context.Context) (preflight.OBS, error) { return e.obs.Client(ctx) },
		Match: func(present obs.Service) state.Match {
			e.compareService(present)
			return e.State().OBS.Matches
		},
		State: e.State, Emit: e.emit, Now: e.now,
	}).Check(ctx)
}

// accountInUse is the account in use as the checks see it.
type accountInUse struct {
	engine  *Engine
	account providers.Account
	session providers.Session
}

// Session implements preflight.Account.
func (a accountInUse) Session() providers.Session { return a.session }

// Refresh implements preflight.Account.
func (a accountInUse) Refresh(ctx context.Context) error {
	return a.engine.refreshBroadcast(ctx, a.account, a.session)
}

// Live implements preflight.Account.
func (a accountInUse) Live(ctx context.Context) (providers.Live, bool) {
	return a.engine.refreshLive(ctx, a.account, a.session)
}
