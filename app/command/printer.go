package command

import (
	"fmt"
	"strings"
	"sync"

	"cuelight/app/command/stdout"
	"cuelight/app/words"
)

// printer keeps results and messages apart.
type printer struct {
	p    Program
	json bool
	// done: the one object that standard output gets was printed.
	done bool

	// mu guards messaged, and keeps two messages from running into one another:
	// it is held while one is written.
	mu sync.Mutex
	// messaged: a message was written already.
	messaged bool
}

// message writes a message for people to standard error.
func (o *printer) message(line string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.messaged = true
	_, _ = fmt.Fprintln(o.p.Stderr, line)
}

// working writes a message unless one was written already.
func (o *printer) working(line string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.messaged {
		o.messaged = true
		_, _ = fmt.Fprintln(o.p.Stderr, line)
	}
}

// endWorking lets working write nothing any more, and waits for one that does.
func (o *printer) endWorking() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.messaged = true
}

// announce prints a line that scripts wait for: to standard output, unless that
// is kept for one object.
func (o *printer) announce(line string) {
	if o.json {
		o.message(line)
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

// Failure is the object that a command that failed gives.
func (o *printer) Failure(exit int, x words.Explanation) {
	o.object(map[string]any{"error": map[string]any{
		"exit": exit, "what": x.What, "why": x.Why, "do": x.Do, "said": x.Said,
	}})
}

func (o *printer) object(object any) {
	if o.done {
		return
	}
	o.done = true
	if encoded, err := stdout.JSON(object, "  "); err == nil {
		_, _ = o.p.Stdout.Write(encoded)
	}
}
