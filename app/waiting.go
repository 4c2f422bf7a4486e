package app

import (
	"context"
	"time"

	"cuelight/providers"
)

// waitWorthShowing is how long a call has to wait its turn before the account
// itself is shown as waiting: an ordinary pause between two calls is nobody's
// news.
const waitWorthShowing = 2 * time.Second

// waiting shows that calls of an account wait their turn, and when they do no
// longer.
func (e *Engine) waiting(account string) func(op string, wait time.Duration) {
	return func(op string, wait time.Duration) {
		if wait >= waitWorthShowing {
			e.log.Info("waits for its turn", "account", account, "op", op, "wait", wait)
		}
		began := evWaiting{account: account, wait: WaitState{Op: op, Wait: wait, Until: e.now().Add(wait)}}
		// A provider may call this with locks of its own held, and whoever hears
		// of a new State may well call the provider.
		go e.emit(began)
		time.AfterFunc(wait, func() { e.emit(evWaited(began)) })
	}
}

type evWaiting struct {
	account string
	wait    WaitState
}

// evWaited is the end of that wait.
type evWaited evWaiting

func (e evWaiting) apply(s State) State {
	if e.account != s.Account.Name {
		return s
	}
	s.Waiting = e.wait
	if e.wait.Wait >= waitWorthShowing {
		s.Account.WaitUntil = e.wait.Until
	}
	return s
}

// A wait that began meanwhile goes on.
func (e evWaited) apply(s State) State {
	if s.Waiting == e.wait {
		s.Waiting = WaitState{}
	}
	return s
}

// TokenExpires tells when the present sign-in of the account in use ends; zero
// where that is not known or it does not end. It asks the keyring.
func (e *Engine) TokenExpires(ctx context.Context) (time.Time, error) {
	_, session, err := e.current()
	if err != nil {
		return time.Time{}, err
	}
	info, ok := session.(providers.TokenInfo)
	if !ok {
		return time.Time{}, nil
	}
	return info.TokenExpires(ctx)
}
