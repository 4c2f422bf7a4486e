package desktop

import (
	"context"
	"time"
)

// asking is one question at a time: a new one cancels the one before it, and an
// answer that comes after a newer question, or after drop, is not heard.
type asking struct {
	face   *face
	turn   int
	cancel context.CancelFunc
}

// running tells whether an answer is awaited.
func (a *asking) running() bool { return a.cancel != nil }

// drop gives the question up.
func (a *asking) drop() {
	a.turn++
	if a.cancel != nil {
		a.cancel()
		a.cancel = nil
	}
}

// question asks beside the window, and hands the answer back on the window's
// goroutine.
func question[T any](a *asking, patience time.Duration, do func(context.Context) (T, error), heard func(T, error)) {
	a.drop()
	turn := a.turn
	ctx, cancel := context.WithTimeout(a.face.life, patience)
	a.cancel = cancel
	go func() {
		answer, err := do(ctx)
		a.face.opt.Do(func() {
			cancel()
			if turn != a.turn || a.face.life.Err() != nil {
				return
			}
			a.cancel = nil
			heard(answer, err)
		})
	}()
}
