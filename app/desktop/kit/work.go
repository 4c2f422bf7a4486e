package kit

import (
	"context"
	"time"
)

// Run does something that takes a while, beside the window, and hands its
// result back to the window's goroutine; done may be nil.
func (ui *UI) Run(timeout time.Duration, do func(context.Context) error, done func(error)) {
	ui.opt.Go(func() {
		ctx, cancel := context.WithTimeout(ui.opt.Life, timeout)
		err := do(ctx)
		cancel()
		if done == nil {
			return
		}
		ui.opt.Do(func() {
			if ui.opt.Life.Err() == nil {
				done(err)
			}
		})
	})
}

// Act runs a use case that the user asked for. A failure is told in a message;
// success, where there is a text for it, as well.
func (ui *UI) Act(timeout time.Duration, do func(context.Context) error, success string) {
	ui.Run(timeout, do, func(err error) {
		if err != nil {
			ui.ShowError(err)
		} else if success != "" {
			ui.ShowSuccess(success)
		}
	})
}

// WithoutContext fits a function that takes no context.
func WithoutContext(do func() error) func(context.Context) error {
	return func(context.Context) error { return do() }
}

// LatestRequest is at most one request at a time: a new one cancels the one
// before it, and an answer that comes after a newer request, or after Cancel, is
// dropped. It is for the window's goroutine.
type LatestRequest struct {
	ui     *UI
	number int
	cancel context.CancelFunc
}

// NewRequest gives a place for requests, without one.
func NewRequest(ui *UI) LatestRequest { return LatestRequest{ui: ui} }

// Running reports whether an answer is awaited.
func (r *LatestRequest) Running() bool { return r.cancel != nil }

// Cancel gives the request up.
func (r *LatestRequest) Cancel() {
	r.number++
	if r.cancel != nil {
		r.cancel()
		r.cancel = nil
	}
}

// Send runs do beside the window and hands its answer to done on the window's
// goroutine, unless a newer request came meanwhile.
func Send[T any](r *LatestRequest, timeout time.Duration, do func(context.Context) (T, error), done func(T, error)) {
	r.Cancel()
	number, opt := r.number, r.ui.opt
	ctx, cancel := context.WithTimeout(opt.Life, timeout)
	r.cancel = cancel
	opt.Go(func() {
		answer, err := do(ctx)
		opt.Do(func() {
			cancel()
			if number != r.number || opt.Life.Err() != nil {
				return
			}
			r.cancel = nil
			done(answer, err)
		})
	})
}
