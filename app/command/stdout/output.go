// Package stdout is standard output as commands write it: whole or not at all,
// without anything that a terminal would act on, and with a failure to write told.
package stdout

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

// Output is standard output. A reader that goes away, as head does, ends the
// printing and never the work: after the first failure nothing more is written,
// and the command ends with a failure.
type Output struct {
	w io.Writer
	// Failed is closed at the first failure, for commands that do nothing but
	// print.
	Failed chan struct{}

	mu  sync.Mutex // guards err, and keeps two lines from running into one another
	err error
}

// New makes the Output that writes to w.
func New(w io.Writer) *Output { return &Output{w: w, Failed: make(chan struct{})} }

// Write implements io.Writer.
func (o *Output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.err != nil {
		return 0, o.err
	}
	n, err := Safe{W: o.w}.Write(p)
	if err != nil {
		o.err = err
		close(o.Failed)
	}
	return n, err
}

// Safe writes for a terminal: without anything in it that a terminal would act
// on, or that changes the direction of what follows. Lines are written whole.
type Safe struct{ W io.Writer }

// Write implements io.Writer.
func (s Safe) Write(p []byte) (int, error) {
	if _, err := io.WriteString(s.W, text.Block(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// JSON gives an object as JSON for scripts. What a terminal would act on is
// escaped: all of it is there, and nothing is done.
func JSON(object any, indent string) ([]byte, error) {
	var encoded bytes.Buffer
	encoder := json.NewEncoder(&encoded)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", indent)
	if err := encoder.Encode(object); err != nil {
		return nil, err
	}
	return text.EscapeJSON(encoded.Bytes()), nil
}

// Failure gives why not everything could be written.
func (o *Output) Failure() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.err
}

// Gone reports whether a failure to write is just a reader that has left.
func Gone(err error) bool { return errors.Is(err, syscall.EPIPE) || errors.Is(err, os.ErrClosed) }
