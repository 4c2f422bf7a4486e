package app

import (
	"context"

	"cuelight/app/preflight"
	"cuelight/app/state"
	"cuelight/obs"
	"cuelight/providers"
)

// Preflight makes the checks before going live, shows them and gives them.
func (st *Stream) Preflight(ctx context.Context) []state.Preflight {
	return preflight.New(preflight.Options{
		Account: func() (preflight.Account, error) {
			account, session, err := st.current()
			return accountInUse{broadcast: st.Broadcast, account: account, session: session}, err
		},
		Connect: func(ctx context.Context) (preflight.OBS, error) { return st.obs.Profiler(ctx) },
		Match: func(present obs.Service) state.Match {
			st.compareService(present)
			return st.states.State().OBS.Matches
		},
		State: st.states.State, Emit: st.emit, Now: st.now,
	}).Check(ctx)
}

// accountInUse is the account in use as the checks see it.
type accountInUse struct {
	broadcast *Broadcast
	account   providers.Account
	session   providers.Session
}

// Session implements preflight.Account.
func (a accountInUse) Session() providers.Session { return a.session }

// Server implements preflight.Account.
func (a accountInUse) Server() string {
	ingest, _ := a.broadcast.sessions.Ingest(a.account)
	return ingest.Server
}

// Refresh implements preflight.Account.
func (a accountInUse) Refresh(ctx context.Context) error {
	return a.broadcast.refreshBroadcast(ctx, a.account, a.session)
}

// Live implements preflight.Account.
func (a accountInUse) Live(ctx context.Context) (providers.Live, bool) {
	return a.broadcast.refreshLive(ctx, a.account, a.session)
}
