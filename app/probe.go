package app

import (
	"context"
	"errors"
)

// Probe finds everything out that a Status shows. What cannot be found out is
// in the errors; the rest is there all the same.
func (sp *Support) Probe(ctx context.Context) []error {
	var errs []error
	if account, session, err := sp.current(); err == nil {
		if sp.Accounts.checkSignedIn(ctx, session, nil) {
			if err := sp.Broadcast.refreshBroadcast(ctx, account, session); err != nil {
				errs = append(errs, err)
			} else {
				sp.Accounts.identify(ctx, session)
				sp.Broadcast.nameCategory(ctx, account.Name, session)
				sp.Broadcast.refreshLive(ctx, account, session)
			}
		}
	} else if !errors.Is(err, ErrNoAccount) {
		errs = append(errs, err)
	}
	client, err := sp.obs.Client(ctx)
	if err != nil {
		return append(errs, err)
	}
	for _, err := range []error{sp.Stream.checkStream(ctx, client), sp.Stream.checkService(ctx)} {
		if err != nil {
			errs = append(errs, err)
		}
	}
	return errs
}
