package app

import (
	"context"
	"time"

	"cuelight/providers"
)

// waitWorthTelling is how long a call has to wait its turn before it is shown:
// an ordinary pause between two calls is nobody's news.
const waitWorthTelling = 2 * time.Second

// waiting shows that calls of an account wait their turn.
func (e *Engine) waiting(account string) func(op string, wait time.Duration) {
	return func(op string, wait time.Duration) {
		if wait < waitWorthTelling {
			return
		}
		e.log.Info("waits for its turn", "account", account, "op", op, "wait", wait)
		// A provider may call this with locks of its own held, and whoever hears
		// of a new State may well call the provider.
		go e.emit(evWaiting{account: account, until: e.now().Add(wait)})
	}
}

type evWaiting struct {
	account string
	until   time.Time
}

func (e evWaiting) apply(s State) State {
	if e.account == s.Account.Name {
		s.Account.WaitUntil = e.until
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
