package task

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptrace"
	"sync/atomic"
)

// ErrInterrupted: the user broke off in the middle of a change at the platform,
// which may have taken it.
var ErrInterrupted = errors.New("interrupted; the platform may have taken it")

// Interruptible calls a platform to change something. Where the user breaks off
// after a request has begun to leave, the error is ErrInterrupted: whether the
// platform has taken the change is not known then.
func Interruptible(ctx context.Context, call func(context.Context) error) error {
	var sent atomic.Bool
	leaving := func() { sent.Store(true) }
	err := call(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaderField: func(string, []string) { leaving() }}))
	if err != nil && sent.Load() && errors.Is(context.Cause(ctx), context.Canceled) {
		return fmt.Errorf("%w: %w", ErrInterrupted, err)
	}
	return err
}
