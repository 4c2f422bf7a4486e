package task

import (
	"context"
	"fmt"
	"time"
)

const (
	// onceTimeout bounds what must not stop in the middle.
	onceTimeout = 90 * time.Second
	// InterruptGrace is for how long it goes on once its caller's context has ended:
	// somebody has pressed Ctrl-C and waits.
	InterruptGrace = 10 * time.Second
)

// Once does what must not stop in the middle, such as a reset of the stream key:
// it goes on for a grace period after the caller's context has ended. The error is
// of kind ErrInterrupted where that was not long enough.
func Once(ctx context.Context, grace time.Duration, do func(context.Context) error) error {
	detached, cancel := context.WithTimeout(context.WithoutCancel(ctx), onceTimeout)
	defer cancel()
	stop := context.AfterFunc(ctx, func() {
		timer := time.NewTimer(grace)
		defer timer.Stop()
		select {
		case <-timer.C:
			cancel()
		case <-detached.Done():
		}
	})
	defer stop()
	err := do(detached)
	if err != nil && detached.Err() != nil {
		return fmt.Errorf("%w: %w", ErrInterrupted, err)
	}
	return err
}
