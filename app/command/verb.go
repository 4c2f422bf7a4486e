package command

import (
	"context"

	"cuelight/app"
	"cuelight/app/state"
	"cuelight/app/words"
)

// verb is a run as verbs of other packages are given it.
type verb struct{ r *run }

func (v verb) WithEngine(ctx context.Context, do func(context.Context, *app.Engine) error) error {
	return v.r.withEngine(ctx, do)
}

func (v verb) Words() *words.Words                           { return v.r.words }
func (v verb) Message(line string)                           { v.r.out.message(line) }
func (v verb) Result(object any, lines ...string)            { v.r.out.result(object, lines...) }
func (v verb) Progress(step state.Step)                      { v.r.progress(step) }
func (v verb) FirstLine(ctx context.Context) (string, error) { return v.r.firstLine(ctx) }
func (v verb) ConfirmLeavingOBS(ctx context.Context, e *app.Engine) error {
	return v.r.confirmLeavingOBS(ctx, e)
}
