package command

import (
	"context"
	"errors"
	"strings"
	"time"

	"cuelight/app"
	"cuelight/app/command/stdout"
	"cuelight/app/config"
	"cuelight/app/sandbox"
	"cuelight/app/state"
	"cuelight/app/vault"
	"cuelight/app/words"
	"cuelight/obs"
	"cuelight/providers"
)

// defaultTimeout is how long a command may take where --timeout says nothing.
const defaultTimeout = 2 * time.Minute

// workingAfter is when a command that has said nothing says that it is at work.
const workingAfter = time.Second

// run is one command at work.
type run struct {
	program Program
	flags   flags
	words   *words.Words
	out     printer
	// printed is what out prints to.
	printed *stdout.Output
	// sandbox is how `cuelight sandbox` was told to listen.
	sandbox sandbox.Addresses
}

// withTimeout bounds a command by --timeout.
func (r *run) withTimeout(ctx context.Context, do func(context.Context) error) error {
	if r.flags.Timeout <= 0 {
		return do(ctx)
	}
	ctx, cancel := context.WithTimeout(ctx, r.flags.Timeout)
	defer cancel()
	err := do(ctx)
	if err != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) && !errors.Is(err, context.DeadlineExceeded) {
		r.out.message(r.words.Say("command.timed_out", words.Args{"Duration": r.flags.Timeout.String()}))
	}
	return err
}

// engine opens the Engine with the account that --account names. Broken
// configuration is said and gone on with: it was kept aside.
func (r *run) engine(ctx context.Context) (*app.Engine, error) {
	options := r.flags.options(r.program, r.words)
	options.SandboxAddresses = r.sandbox
	e, err := app.Open(ctx, options)
	var broken *config.BrokenError
	if errors.As(err, &broken) {
		r.out.message(r.words.Explain(err).Line())
		err = nil
	}
	if err != nil {
		return nil, err
	}
	if r.flags.Account != "" {
		if err := e.Accounts.SelectAccount(r.flags.Account); err != nil {
			return nil, errors.Join(err, e.Close())
		}
	}
	return e, nil
}

// withEngine opens the Engine for one use case and closes it again. Commands that
// leave something for the next one warn where the machine has no keyring.
func (r *run) withEngine(ctx context.Context, do func(context.Context, *app.Engine) error) error {
	if r.flags.Timeout <= 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, defaultTimeout)
		defer cancel()
	}
	slow := time.AfterFunc(workingAfter, func() { r.out.working(r.words.Say("command.working")) })
	defer r.out.endWorking()
	defer slow.Stop()
	return r.withEngineUnbounded(ctx, do)
}

// withEngineUnbounded is withEngine for commands that last as long as the user
// wants.
func (r *run) withEngineUnbounded(ctx context.Context, do func(context.Context, *app.Engine) error) error {
	e, err := r.engine(ctx)
	if err != nil {
		return err
	}
	r.reportBroken(e.State())
	stop := r.reportWaits(e.Observe)
	err = do(ctx, e)
	stop()
	if ring := e.State().Keyring; ring.Known && !ring.Durable {
		r.out.message(r.words.Explain(&vault.MemoryOnlyError{Err: ring.Err}).Line())
	}
	return errors.Join(err, e.Close())
}

// reportBroken tells of files that were kept aside when the Engine was opened.
func (r *run) reportBroken(s state.State) {
	for _, n := range s.Notices {
		if n.Key == app.NoticePresetsBroken || n.Key == app.NoticeRulesBroken {
			r.out.message(r.words.Say("notice."+n.Key, words.Args{"Detail": n.Detail}))
		}
	}
}

// stepSigns are the signs of steps that have ended.
var stepSigns = map[state.StepState]string{
	state.StepDone: "✓", state.StepWarned: "!", state.StepFailed: "✗", state.StepSkipped: "–",
}

// progress shows each step of a task as a line, once it has ended.
func (r *run) progress(step state.Step) {
	sign := stepSigns[step.State]
	if sign == "" {
		return
	}
	line := sign + " " + r.words.Say("step."+string(step.ID))
	if step.State == state.StepSkipped {
		line += " " + r.words.Say("step.skipped")
	}
	if step.Detail != "" {
		line += ": " + step.Detail
	}
	if step.State == state.StepWarned && step.Err != nil {
		line += ": " + r.words.Explain(step.Err).Line()
	}
	r.out.message(line)
}

// hint is the command or flag that helps with an error.
func (r *run) hint(err error) string {
	platform, _ := errors.AsType[*providers.Error](err)
	switch {
	case errors.Is(err, obs.ErrUnprotected):
		return r.words.Say("command.obs_unprotected")
	case platform != nil && (platform.Reason == "creator.choose" || platform.Reason == "creator.gone"):
		return r.words.Say("command.creator_hint")
	}
	return ""
}

// end tells how a command failed, if it did, and gives its exit code: as an
// object with --json, in words always.
func (r *run) end(ctx context.Context, err error) int {
	printing := r.printed.Failure()
	switch {
	case err == nil && printing == nil:
		return ExitDone
	case err == nil && stdout.Gone(printing):
		return ExitOther // there is nobody to tell
	case err == nil:
		r.out.message(notWritten(r.words, printing).Line())
		return ExitOther
	}
	code := Exit(err)
	if ctx.Err() != nil && code != ExitInterrupted {
		// Whatever it says about what was going on: it was asked to end.
		err, code = context.Canceled, ExitInterrupted
	}
	x := r.words.Explain(err)
	x.Do = strings.TrimSpace(x.Do + " " + r.hint(err))
	r.out.message(strings.TrimSpace(x.Line()))
	if r.flags.JSON {
		r.out.Failure(code, x)
	}
	return code
}
