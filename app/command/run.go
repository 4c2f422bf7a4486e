package command

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"cuelight/app"
	"cuelight/app/sandbox"
	"cuelight/app/state"
	"cuelight/app/vault"
	"cuelight/app/words"
)

// patience is how long a command may take where --timeout says nothing.
const patience = 2 * time.Minute

// silence is after how long a command that has said nothing says that it works.
const silence = time.Second

// run is one command at work.
type run struct {
	program Program
	flags   flags
	words   *words.Words
	out     printer
	// printed is what out prints to.
	printed *output
	// sandbox is how `cuelight sandbox` was told to listen.
	sandbox sandbox.Addresses
}

// within bounds a command by --timeout.
func (r *run) within(ctx context.Context, do func(context.Context) error) error {
	if r.flags.Timeout <= 0 {
		return do(ctx)
	}
	ctx, cancel := context.WithTimeout(ctx, r.flags.Timeout)
	defer cancel()
	err := do(ctx)
	if err != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) && !errors.Is(err, context.DeadlineExceeded) {
		r.out.say(r.words.Say("command.timed_out", words.Args{"Duration": r.flags.Timeout.String()}))
	}
	return err
}

// engine opens the Engine with the account that --account names. Broken
// configuration is said and gone on with: it was kept aside.
func (r *run) engine(ctx context.Context) (*app.Engine, error) {
	options := r.flags.options(r.program, r.words)
	options.SandboxAddresses = r.sandbox
	e, err := app.Open(ctx, options)
	var broken *app.BrokenConfigError
	if errors.As(err, &broken) {
		r.out.say(r.words.Explain(err).Line())
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

// with opens the Engine for one use case and closes it again. Commands that
// leave something for the next one warn where the machine has no keyring.
func (r *run) with(ctx context.Context, do func(context.Context, *app.Engine) error) error {
	if r.flags.Timeout <= 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, patience)
		defer cancel()
	}
	slow := time.AfterFunc(silence, func() { r.out.sayIfSilent(r.words.Say("command.working")) })
	defer r.out.hush()
	defer slow.Stop()
	return r.withLong(ctx, do)
}

func (r *run) withLong(ctx context.Context, do func(context.Context, *app.Engine) error) error {
	e, err := r.engine(ctx)
	if err != nil {
		return err
	}
	stop := r.tellWaits(e)
	err = do(ctx, e)
	stop()
	if ring := e.State().Keyring; ring.Known && !ring.Durable {
		r.out.say(r.words.Explain(&vault.MemoryOnlyError{Err: ring.Err}).Line())
	}
	return errors.Join(err, e.Close())
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
	r.out.say(line)
}

// end tells how a command failed, if it did, and gives its exit code: as an
// object with --json, in words always.
func (r *run) end(ctx context.Context, err error) int {
	printing := r.printed.failure()
	switch {
	case err == nil && printing == nil:
		return ExitDone
	case err == nil && gone(printing):
		return ExitOther // there is nobody to tell
	case err == nil:
		err = fmt.Errorf("write the result: %w", printing)
	}
	code := Exit(err)
	if ctx.Err() != nil && code != ExitInterrupted {
		// Whatever it says about what was going on: it was asked to end.
		err, code = context.Canceled, ExitInterrupted
	}
	x := r.words.Explain(err)
	r.out.say(strings.TrimSpace(x.Line()))
	if r.flags.JSON {
		r.out.failure(code, x)
	}
	return code
}

// printer keeps results and messages apart.
type printer struct {
	p    Program
	json bool
	// speaking keeps two messages from running into one another.
	speaking sync.Mutex
	// done guards the promise of one object on standard output.
	done bool
	// spoke: something was said already.
	spoke bool
}

// say writes a message for people to standard error.
func (o *printer) say(line string) {
	o.speaking.Lock()
	defer o.speaking.Unlock()
	o.spoke = true
	_, _ = fmt.Fprintln(o.p.Stderr, line)
}

// sayIfSilent writes a message unless one was written already.
func (o *printer) sayIfSilent(line string) {
	o.speaking.Lock()
	defer o.speaking.Unlock()
	if !o.spoke {
		o.spoke = true
		_, _ = fmt.Fprintln(o.p.Stderr, line)
	}
}

// hush lets sayIfSilent say nothing any more, and waits for one that is at it.
func (o *printer) hush() {
	o.speaking.Lock()
	defer o.speaking.Unlock()
	o.spoke = true
}

// note prints a line that scripts wait for: to standard output, unless that is
// kept for one object.
func (o *printer) note(line string) {
	if o.json {
		o.say(line)
		return
	}
	_, _ = fmt.Fprintln(o.p.Stdout, line)
}

// result gives the outcome: the object with --json, the lines without.
func (o *printer) result(object any, lines ...string) {
	if o.json {
		o.object(object)
		return
	}
	_, _ = fmt.Fprint(o.p.Stdout, joined(lines))
}

// joined ends each line.
func joined(lines []string) string {
	var all strings.Builder
	for _, line := range lines {
		all.WriteString(line + "\n")
	}
	return all.String()
}

// failure is the object that a command that failed gives.
func (o *printer) failure(exit int, x words.Explanation) {
	o.object(map[string]any{"error": map[string]any{
		"exit": exit, "what": x.What, "why": x.Why, "do": x.Do, "said": x.Said,
	}})
}

func (o *printer) object(object any) {
	if o.done {
		return
	}
	o.done = true
	if encoded, err := encode(object, "  "); err == nil {
		_, _ = o.p.Stdout.Write(encoded)
	}
}
