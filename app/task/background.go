package task

import (
	"context"
	"sync"
)

// Background owns the goroutines that go on beside the call that began them.
// They end, at the latest, when it is closed.
type Background struct {
	ctx    context.Context
	cancel context.CancelFunc

	// mu guards closed, so that nothing is begun once close waits.
	mu     sync.Mutex
	closed bool
	work   sync.WaitGroup
}

func NewBackground() *Background {
	ctx, cancel := context.WithCancel(context.Background())
	return &Background{ctx: ctx, cancel: cancel}
}

// Begin runs fn beside the caller. fn must return soon after its context has
// ended; it is not run at all after close.
func (b *Background) Begin(fn func(context.Context)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return
	}
	b.work.Go(func() { fn(b.ctx) })
}

// Close ends all of it and waits for that.
func (b *Background) Close() {
	b.mu.Lock()
	b.closed = true
	b.mu.Unlock()
	b.cancel()
	b.work.Wait()
}
