package sessions

import (
	"context"
	"log/slog"
	"time"

	"cuelight/app/state"
)

// Waits shows that calls of an account wait their turn. All fields are needed.
type Waits struct {
	Emit func(...state.Event)
	Now  func() time.Time
	Log  *slog.Logger
	// Begin runs what goes on beside the caller, until its context ends.
	Begin func(func(context.Context))
}

// Of shows that calls of an account wait their turn, and when they do no longer.
func (w Waits) Of(account string) func(op string, wait time.Duration) {
	return func(op string, wait time.Duration) {
		if wait >= state.WaitWorthShowing {
			w.Log.Info("waits for its turn", "account", account, "op", op, "wait", wait)
		}
		began := state.WaitBegan{Account: account, Wait: state.WaitState{Op: op, Wait: wait, Until: w.Now().Add(wait)}}
		// Beside the caller: a provider may call this with locks of its own held,
		// and whoever hears of a new State may well call the provider.
		w.Begin(func(ctx context.Context) {
			w.Emit(began)
			select {
			case <-time.After(wait):
			case <-ctx.Done():
			}
			w.Emit(state.WaitEnded(began))
		})
	}
}
