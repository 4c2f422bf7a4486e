package app

import (
	"context"
	"time"

	"cuelight/app/state"
	"cuelight/providers"
)

// waiting shows that calls of an account wait their turn, and when they do no
// longer.
func (a *Accounts) waiting(account string) func(op string, wait time.Duration) {
	return func(op string, wait time.Duration) {
		if wait >= state.WaitWorthShowing {
			a.log.Info("waits for its turn", "account", account, "op", op, "wait", wait)
		}
		began := state.WaitBegan{Account: account, Wait: state.WaitState{Op: op, Wait: wait, Until: a.now().Add(wait)}}
		// Beside the caller: a provider may call this with locks of its own held,
		// and whoever hears of a new State may well call the provider.
		a.background.Begin(func(ctx context.Context) {
			a.emit(began)
			select {
			case <-time.After(wait):
			case <-ctx.Done():
			}
			a.emit(state.WaitEnded(began))
		})
	}
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
