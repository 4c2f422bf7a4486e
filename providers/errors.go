package providers

import (
	"errors"
	"fmt"
	"time"
)

// The kinds of failure a face must tell apart. Test with errors.Is.
var (
	// ErrSignIn: the platform does not, or no longer, know who is calling. The
	// user has to sign in (again).
	ErrSignIn = errors.New("sign-in needed")
	// ErrNotGranted: the user is signed in and has not given this program the
	// right to do that (see Error.Right), or the platform has not given it to the
	// program. Signing in again, and allowing it there, is the cure.
	ErrNotGranted = errors.New("right not granted")
	// ErrRefused: the platform understood and said no, in its own words.
	ErrRefused = errors.New("refused by the platform")
	// ErrUnreachable: no answer: DNS, connection, time-out, or a server fault.
	ErrUnreachable = errors.New("platform not reachable")
	// ErrTooFrequent: the platform asked for fewer calls; see RetryAfter.
	ErrTooFrequent = errors.New("too many requests")
	// ErrBadAnswer: an answer came that cannot be what the platform documents.
	ErrBadAnswer = errors.New("answer not understood")
	// ErrUsage: what the user gave cannot be sent; nothing was sent.
	ErrUsage = errors.New("not usable as given")
	// ErrNoSecret: the Vault holds nothing under that name.
	ErrNoSecret = errors.New("no such secret")
)

// Error is how every provider fails. It never holds a token or a key.
type Error struct {
	// Kind is one of the sentinels above.
	Kind error
	// Op is what was tried, in the platform's own term, such as "broad/rtmp".
	Op string
	// Code is the platform's own code, such as "-1320" or "HTTP 503"; may be
	// empty.
	Code string
	// Message is the platform's own words, verbatim, to be shown to the user as
	// such; may be empty.
	Message string
	// Field names the Field or broadcast field the failure is about, where it
	// is about one (see FieldID).
	Field string
	// Reason is a stable key for faces to find their own words under, such as
	// "title.too_long"; may be empty.
	Reason string
	// Right is the right that is missing, in the platform's own term, where the Kind
	// is ErrNotGranted and it is known; faces find words under "right.<right>".
	Right string
	// Limit is the number that Reason speaks of, where it does: 75, 5.
	Limit int
	// RetryAfter is how long to wait, where the platform said so.
	RetryAfter time.Duration
	// Err is the cause, where there is one that may be printed.
	Err error
}

// Error returns one English line for logs; faces make their own words from the
// fields.
func (e *Error) Error() string {
	s := e.Op
	if s == "" {
		s = "platform"
	}
	s += ": " + e.Kind.Error()
	if e.Reason != "" {
		s += " (" + e.Reason + ")"
	}
	if e.Message != "" {
		s += fmt.Sprintf(": %q", e.Message)
	}
	if e.Code != "" {
		s += " [" + e.Code + "]"
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Is matches the Kind.
func (e *Error) Is(target error) bool { return target == e.Kind }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Denied reports whether the platform said no, rather than that its answer is
// missing or not understood.
func Denied(err error) bool {
	for _, kind := range []error{ErrRefused, ErrNotGranted, ErrSignIn, ErrTooFrequent, ErrUsage} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}
