// Package features holds the use cases of what a platform offers beside the
// broadcast: who is live, overlays, filters, videos, the station, numbers.
package features

import (
	"context"

	"cuelight/app/sessions"
	"cuelight/app/task"
	"cuelight/obs"
	"cuelight/providers"
)

// Options are what the use cases are given; all are needed.
type Options struct {
	// Current gives the account in use and its session.
	Current func() (providers.Account, providers.Session, error)
	// Answered is told how each question to the platform ended for an account: nil
	// where it was answered.
	Answered func(account string, err error)
	// ForgetIngest is told that what the platform last said of where an account
	// sends to is no longer so.
	ForgetIngest func(account string)
	Tasks        *task.Runner
	// OBS gives the connection to OBS.
	OBS func(context.Context) (*obs.Client, error)
}

// Features are the use cases. Their methods may be called from any goroutine.
type Features struct{ opt Options }

// New makes them.
func New(opt Options) *Features { return &Features{opt} }

// Ask puts one question to the platform for the account in use: it finds what
// the session can do. Its errors are those of the platform, and of kind ErrUsage
// where the platform does not offer that.
func Ask[T, R any](ctx context.Context, f *Features, what string, fn func(context.Context, T) (R, error)) (R, error) {
	var none R
	account, session, err := f.opt.Current()
	if err != nil {
		return none, err
	}
	can, err := sessions.Require[T](session, what)
	if err != nil {
		return none, err
	}
	answer, err := fn(ctx, can)
	f.opt.Answered(account.Name, err)
	return answer, err
}
