package app

import (
	"context"
	"errors"
)

// Probe finds everything out that a Status shows. What cannot be found out is
// in the errors; the rest is there all the same.
func (e *Engine) Probe(ctx context.Context) []error {
	var errs []error
	if account, session, err := e.current(); err == nil {
		if e.checkSignedIn(ctx, session, nil) {
			if err := e.refreshBroadcast(ctx, account, session); err != nil {
				errs = append(errs, err)
			} else {
				e.identify(ctx, session)
				e.nameCategory(ctx, account.Name, session)
				e.refreshLive(ctx, account, session)
			}
		}
	} else if !errors.Is(err, ErrNoAccount) {
		errs = append(errs, err)
	}
	client, err := e.obs.Client(ctx)
	if err != nil {
		return append(errs, err)
	}
	e.checkStream(ctx, client)
	e.checkService(ctx)
	return errs
}
