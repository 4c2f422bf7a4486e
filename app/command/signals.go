package command

import (
	"context"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

// Interruptible gives a context that ends when the program is asked to end: by
// Ctrl-C, by a service manager or timeout (SIGTERM), or because its terminal was
// closed (SIGHUP, unless nohup has it ignored). What must not stop in the middle
// is ended first; a second Ctrl-C does not wait for that.
//
// A broken pipe is no reason to end: whoever prints finds out.
func Interruptible(ctx context.Context) (interruptible context.Context, stop func()) {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		signals = append(signals, syscall.SIGHUP)
	}
	// Caught rather than ignored: an ignored one would stay so in every program
	// that is started from here.
	pipe := make(chan os.Signal, 1)
	signal.Notify(pipe, syscall.SIGPIPE)
	interruptible, release := signal.NotifyContext(ctx, signals...)
	forget := context.AfterFunc(interruptible, func() { signal.Reset(os.Interrupt) })
	return interruptible, func() {
		forget()
		release()
		signal.Stop(pipe)
	}
}

// languageArg finds --lang before the command line is read, since reading it
// needs the words already. What it misses is only the language of the help.
func languageArg(args []string) string {
	for i, arg := range args {
		if value, ok := strings.CutPrefix(arg, "--lang="); ok {
			return value
		}
		if arg == "--lang" && i+1 < len(args) {
			return args[i+1]
		}
	}
	return environmentLanguage()
}

// environmentLanguage is the language that the environment asks for, where it
// is not the system's own.
func environmentLanguage() string { return os.Getenv("CUELIGHT_LANG") }
