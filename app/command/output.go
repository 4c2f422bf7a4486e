package command

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"sync"
	"syscall"

	"cuelight/internal/text"
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
	n, err := safe{o.w}.Write(p)
	if err != nil {
		o.err = err
		close(o.failed)
	}
	return n, err
}

// exit gives an exit code that was to be, or that of a failure to write.
func (o *output) exit(code int) int {
	if code == ExitDone && o.failure() != nil {
		return ExitOther
	}
	return code
}

// safe writes for a terminal: without anything in it that a terminal would act
// on, or that changes the direction of what follows. Lines are written whole.
type safe struct{ w io.Writer }

// Write implements io.Writer.
func (s safe) Write(p []byte) (int, error) {
	if _, err := io.WriteString(s.w, text.Block(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// encode gives an object as JSON for scripts. What a terminal would act on is
// escaped: all of it is there, and nothing is done.
func encode(object any, indent string) ([]byte, error) {
	var encoded bytes.Buffer
	encoder := json.NewEncoder(&encoded)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", indent)
	if err := encoder.Encode(object); err != nil {
		return nil, err
	}
	return text.EscapeJSON(encoded.Bytes()), nil
}

// failure gives why not everything could be written.
func (o *output) failure() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.err
}

// gone reports whether a failure to write is just a reader that has left.
func gone(err error) bool { return errors.Is(err, syscall.EPIPE) || errors.Is(err, os.ErrClosed) }
