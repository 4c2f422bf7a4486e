package httpcall

import (
	"context"
	"time"

	"cuelight/providers"
)

// minReportedWait is the shortest wait that is reported to onWait.
const minReportedWait = 250 * time.Millisecond

// Wait waits for d, and reports so to onWait, which may be nil, where that takes a
// while. It fails with ErrUnreachable where the context ends first.
func Wait(ctx context.Context, op string, d time.Duration, onWait func(op string, wait time.Duration)) error {
	if onWait != nil && d >= minReportedWait {
		onWait(op, d)
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return &providers.Error{Kind: providers.ErrUnreachable, Op: op, Err: ctx.Err()}
	}
}
