package httpcall

import (
	"context"
	"time"

	"cuelight/providers"
)

// minReportedWait is the shortest wait that is told.
const minReportedWait = 250 * time.Millisecond

// Wait holds a call back for its turn, and tells so where that takes a while;
// told may be nil. It fails with ErrUnreachable where the context ends first.
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
