package obs

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/andreykaipov/goobs/api/closecodes"
	"github.com/andreykaipov/goobs/api/requests"
	"github.com/gorilla/websocket"

	"cuelight/internal/text"
	"cuelight/obs/wire"
)

// The kinds of failure a caller must tell apart. Test with errors.Is.
var (
	// ErrUnreachable: nothing answers at that address, or what answers says
	// nothing. OBS not running yet is a normal state.
	ErrUnreachable = errors.New("OBS is not reachable")
	// ErrSilent: something listens at that address, took the connection and said
	// nothing: an OBS that hangs, or another program. It counts as
	// ErrUnreachable as well.
	ErrSilent = errors.New("what listens at OBS's address does not answer")
	// ErrPassword: OBS refused the password (close code 4009). Retrying with the
	// same one cannot help.
	ErrPassword = errors.New("OBS refused the password")
	// ErrUnprotected: what listens asked for no password although one is known, so
	// that it may be another program that passes for OBS. It was told nothing.
	ErrUnprotected = errors.New("OBS asked for no password although one is set")
	// ErrKicked: the user removed this session in OBS (close code 4011). The
	// protocol forbids coming back unasked.
	ErrKicked = errors.New("OBS ended this session")
	// ErrClosed: the connection is gone: OBS quit (1001), its server was
	// restarted, it crashed or fell silent, or Close was called.
	ErrClosed = errors.New("the connection to OBS is closed")
	// ErrNoAnswer: the connection lives, but this request got no answer in time.
	ErrNoAnswer = errors.New("OBS did not answer in time")
	// ErrNotReady: OBS is loading or changing its scene collection (207), for
	// longer than the retries last.
	ErrNotReady = errors.New("OBS is not ready")
	// ErrStreaming: refused because an output is running (500).
	ErrStreaming = errors.New("OBS is streaming")
	// ErrNotStreaming: there is no running output to stop (501). An output that
	// is still connecting does not count as running.
	ErrNotStreaming = errors.New("OBS is not streaming")
	// ErrNotStarted: the stream was asked for and did not come up; see
	// Error.Phase.
	ErrNotStarted = errors.New("the stream did not start")
	// ErrNotStopped: the stream was asked to stop and still runs.
	ErrNotStopped = errors.New("the stream did not stop")
	// ErrMismatch: what OBS holds after a write is not what was written.
	ErrMismatch = errors.New("OBS holds something else than was written")
	// ErrChanged: the stream service was not replaced because OBS held another
	// one, or another profile was in use, than the caller had last seen. OBS is
	// left with what it held.
	ErrChanged = errors.New("OBS's stream service has changed meanwhile")
	// ErrTorn: the stream service was changed, or the profile switched, in the
	// very moment of a write that could not be undone. The error is a
	// *TornWriteError, which tells what is known.
	ErrTorn = errors.New("a write to OBS's stream service met another change")
	// ErrNotFound: no such scene, source or parameter (600).
	ErrNotFound = errors.New("not found in OBS")
	// ErrExists: the name is taken; names of sources are global in OBS (601).
	ErrExists = errors.New("already exists in OBS")
	// ErrNoKind: this OBS was built without that kind of source (605).
	ErrNoKind = errors.New("this OBS has no such kind of source")
	// ErrUnsupported: this obs-websocket does not know the request (204).
	ErrUnsupported = errors.New("this version of OBS cannot do that")
	// ErrRefused: any other refusal; Code and Comment are OBS's own.
	ErrRefused = errors.New("refused by OBS")
	// ErrProtocol: what answered does not speak obs-websocket v5, or misspoke.
	ErrProtocol = errors.New("answer not understood as obs-websocket")
	// ErrUsage: what the caller gave cannot be sent.
	ErrUsage = errors.New("not usable as given")
)

// Phase tells how far a start of the stream came.
type Phase string

const (
	// PhaseAsked: OBS took the request and then nothing happened. It drops the
	// request silently while its settings dialog or a wizard is open, and when
	// an encoder or the profile cannot be set up.
	PhaseAsked Phase = "asked"
	// PhaseStarting: OBS began to connect and neither succeeded nor gave up in
	// time. It may still come up later.
	PhaseStarting Phase = "starting"
	// PhaseStopped: OBS began to connect and gave up: the server did not answer
	// or refused the key. OBS usually shows a dialog that says which.
	PhaseStopped Phase = "stopped"
)

// Error is how everything in this package fails. It never holds a password or
// a stream key.
type Error struct {
	// Kind is one of the sentinels above, or context.Canceled.
	Kind error
	// Op is what was tried: a request's name in OBS's own term, "dial",
	// "identify".
	Op string
	// Code is OBS's request status (207, 500, …) or websocket close code (1001,
	// 4009, …); 0 where neither applies.
	Code int
	// Comment is OBS's own words; may be empty.
	Comment string
	// Phase is set with ErrNotStarted.
	Phase Phase
	// Err is the cause, where there is one that may be printed.
	Err error
}

// Error gives one English line for logs; faces make their own words from the
// fields.
func (e *Error) Error() string {
	s := "obs " + e.Op + ": " + e.Kind.Error()
	if e.Phase != "" {
		s += " (" + string(e.Phase) + ")"
	}
	if e.Comment != "" {
		s += fmt.Sprintf(": %q", e.Comment)
	}
	if e.Code != 0 {
		s += fmt.Sprintf(" [%d]", e.Code)
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Is matches the Kind, and ErrUnreachable for ErrSilent.
func (e *Error) Is(target error) bool {
	return target == e.Kind || target == ErrUnreachable && e.Kind == ErrSilent
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// statusSuccess is the one request status that is no failure (protocol.md,
// RequestStatus).
const statusSuccess = 100

// statusKinds are the request statuses that callers tell apart (protocol.md,
// RequestStatus). goobs has their names, not their numbers.
var statusKinds = map[int]error{
	204: ErrUnsupported,  // UnknownRequestType
	207: ErrNotReady,     // NotReady
	500: ErrStreaming,    // OutputRunning
	501: ErrNotStreaming, // OutputNotRunning
	600: ErrNotFound,     // ResourceNotFound
	601: ErrExists,       // ResourceAlreadyExists
	605: ErrNoKind,       // InvalidInputKind
}

// statusError is the one place where a request status becomes a kind.
func statusError(op string, code int, comment string) *Error {
	kind := statusKinds[code]
	if kind == nil {
		kind = ErrRefused
	}
	if comment = displayText(comment); comment == "" {
		comment = requests.GetStatusForCode(code)
	}
	return &Error{Kind: kind, Op: op, Code: code, Comment: comment}
}

// wireError is the one place where what a connection failed with becomes a
// kind.
func wireError(op string, err error) *Error {
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return ctxError(op, err)
	case errors.Is(err, wire.ErrSilent), errors.Is(err, wire.ErrClosed):
		return &Error{Kind: ErrClosed, Op: op, Err: err}
	case errors.Is(err, wire.ErrMalformed):
		return &Error{Kind: ErrProtocol, Op: op, Err: err}
	case errors.Is(err, wire.ErrUnsendable):
		return &Error{Kind: ErrUsage, Op: op, Err: err}
	}
	return closeError(op, err)
}

// closeError is the one place where the end of a connection becomes a kind.
func closeError(op string, err error) *Error {
	var closed *websocket.CloseError
	if wire.IsFlood(err) {
		return &Error{Kind: ErrProtocol, Op: op, Err: err}
	}
	if !errors.As(err, &closed) {
		return &Error{Kind: ErrClosed, Op: op, Err: err}
	}
	return &Error{Kind: closeKind(closed.Code), Op: op, Code: closed.Code, Comment: displayText(closed.Text)}
}

// maxComment bounds OBS's own words, in characters.
const maxComment = 300

// displayText makes words of whatever answers safe to show on a line: it may be
// another program than OBS.
func displayText(words string) string {
	return text.Shorten(strings.TrimSpace(text.Line(words)), maxComment)
}

// closeKind maps close codes: the websocket's own (RFC 6455, section 7.4) and
// those of obs-websocket (protocol.md, WebSocketCloseCode).
func closeKind(code int) error {
	switch code {
	case closecodes.AuthenticationFailed:
		return ErrPassword
	case closecodes.SessionInvalidated:
		return ErrKicked
	case closecodes.MessageDecodeError, closecodes.MissingDataField,
		closecodes.InvalidDataFieldType, closecodes.InvalidDataFieldValue,
		closecodes.UnknownOpCode, closecodes.NotIdentified,
		closecodes.AlreadyIdentified, closecodes.UnsupportedRpcVersion,
		closecodes.UnsupportedFeature,
		websocket.CloseProtocolError, websocket.CloseUnsupportedData,
		websocket.CloseInvalidFramePayloadData, websocket.CloseMessageTooBig:
		return ErrProtocol
	default:
		return ErrClosed
	}
}

// ctxError turns the end of a caller's context into our own error.
func ctxError(op string, err error) *Error {
	if errors.Is(err, context.Canceled) {
		return &Error{Kind: context.Canceled, Op: op}
	}
	return &Error{Kind: ErrNoAnswer, Op: op, Err: err}
}
