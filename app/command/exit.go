package command

import (
	"errors"
	"fmt"

	"cuelight/app/command/stdout"
	"cuelight/app/config"
	"cuelight/app/destination"
	"cuelight/app/task"
	"cuelight/app/words"
	"cuelight/obs"
	"cuelight/providers"
)

// The exit codes of every command.
const (
	ExitDone = 0
	// ExitOther is any failure that is none of the others.
	ExitOther = 1
	// ExitUsage: what was asked for cannot be done as it was said.
	ExitUsage = 2
	// ExitSignIn: the account is not signed in, or signing in failed.
	ExitSignIn = 3
	// ExitOBS: OBS could not be reached, or refused.
	ExitOBS = 4
	// ExitRefused: the platform said no.
	ExitRefused = 5
	// ExitUnreachable: the platform could not be reached, or answered what
	// cannot be understood.
	ExitUnreachable = 6
	// ExitInterrupted: the command was interrupted. What it had begun may have been
	// done all the same.
	ExitInterrupted = 7
)

// Exit gives the exit code of a command's error.
func Exit(err error) int {
	var link *obs.Error
	switch {
	case err == nil:
		return ExitDone
	case errors.Is(err, task.ErrInterrupted):
		return ExitInterrupted
	case errors.Is(err, config.ErrUnknownAccount), errors.Is(err, providers.ErrUsage), errors.Is(err, destination.ErrChangedSince):
		return ExitUsage
	case errors.Is(err, providers.ErrSignIn), errors.Is(err, config.ErrNoAccount):
		return ExitSignIn
	case errors.Is(err, obs.ErrUsage):
		return ExitUsage
	case errors.As(err, &link), errors.Is(err, obs.ErrTorn), errors.Is(err, destination.ErrLocked):
		return ExitOBS
	case errors.Is(err, providers.ErrRefused), errors.Is(err, providers.ErrNotGranted), errors.Is(err, providers.ErrTooFrequent):
		return ExitRefused
	case errors.Is(err, providers.ErrUnreachable), errors.Is(err, providers.ErrBadAnswer):
		return ExitUnreachable
	}
	return ExitOther
}

// helpCode gives the exit code of a help that was printed. That it could not be
// written is told.
func helpCode(p Program, w *words.Words, out *stdout.Output, code int) int {
	failure := out.Failure()
	if code != ExitDone || failure == nil {
		return code
	}
	if !stdout.Gone(failure) {
		_, _ = fmt.Fprintln(p.Stderr, notWritten(w, failure).Line())
	}
	return ExitOther
}

// notWritten tells that a result could not be written. What the command was to do
// is done all the same.
func notWritten(w *words.Words, failure error) words.Explanation {
	return words.Explanation{What: w.Say("command.not_written"), Why: w.Explain(failure).What}
}
