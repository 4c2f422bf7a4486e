package command

import (
	"errors"
	"io"
	"os"
	"sync"
	"syscall"
)

// output is standard output. A reader that goes away, as head does, ends the
// printing and never the work: after the first failure nothing more is written,
// and the command ends with a failure.
type output struct {
	w io.Writer
	// failed is closed at the first failure, for commands that do nothing but
	// print.
	failed chan struct{}

	mu  sync.Mutex // guards err, and keeps two lines from running into one another
	err error
}

func newOutput(w io.Writer) *output { return &output{w: w, failed: make(chan struct{})} }

// Write implements io.Writer.
func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.err != nil {
		return 0, o.err
	}
	n, err := o.w.Write(p)
	if err != nil {
		o.err = err
		close(o.failed)
	}
	return n, err
}

// failure gives why not everything could be written.
func (o *output) failure() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.err
}

// gone reports whether a failure to write is just a reader that has left.
func gone(err error) bool { return errors.Is(err, syscall.EPIPE) || errors.Is(err, os.ErrClosed) }
