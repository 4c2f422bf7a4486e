package chzzk

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"cuelight/providers"
	"cuelight/providers/internal/httpcall"
	"cuelight/providers/internal/lenient"
)

// reasonRejected is the reason of a token that the platform does not accept.
const reasonRejected = "signin.rejected"

// The platform's words for what is wrong (Tips, error codes); beside them it
// writes sentences.
const (
	wordClient       = "INVALID_CLIENT"
	wordToken        = "INVALID_TOKEN"
	wordUnauthorized = "UNAUTHORIZED"
)

// envelope is what every answer comes in.
type envelope struct {
	Code    lenient.Number  `json:"code"`
	Message lenient.Text    `json:"message"`
	Content json.RawMessage `json:"content"`
}

// answer is the answer of one call.
type answer struct {
	httpcall.Response
	// asUser: the call was made with the token of a sign-in.
	asUser bool
	// right is the scope that the call needs; empty where it needs none.
	right   string
	content json.RawMessage
}

// check reads the envelope, and gives the error that it stands for. An answer
// without a body is one that says nothing but its status.
func (a *answer) check() error {
	if fault := a.ServiceError(); fault != nil {
		return fault
	}
	var e envelope
	if body := a.TrimmedBody(); len(body) > 0 {
		if err := a.JSON(&e); err != nil {
			return err
		}
		a.content = e.Content
	}
	status := statusOf(a.Status, e)
	if status >= 200 && status < 300 {
		return nil
	}
	return a.refusal(status, e.Message.String())
}

// statusOf is the status of an answer: the envelope's own, where HTTP says that all
// is well.
func statusOf(status int, e envelope) int {
	if code := e.Code.Int(0); code != 0 && status >= 200 && status < 300 {
		return code
	}
	return status
}

// refusal is the error that a status of 400 and above stands for.
func (a *answer) refusal(status int, message string) error {
	kind, reason := providers.ErrRefused, ""
	switch {
	case status == http.StatusTooManyRequests:
		kind, reason = providers.ErrTooFrequent, "platform.too_frequent"
	case status >= 500:
		kind, reason = providers.ErrUnreachable, "platform.fault"
	case status == http.StatusUnauthorized && a.asUser && message != wordClient:
		kind, reason = providers.ErrSignIn, reasonRejected
	case status == http.StatusUnauthorized:
		reason = "client.rejected"
	case status == http.StatusForbidden:
		kind, reason = providers.ErrNotGranted, "platform.scope"
	}
	e := a.Error(kind, reason, message)
	if e.Code == "" {
		e.Code = strconv.Itoa(status)
	}
	if errors.Is(kind, providers.ErrNotGranted) {
		e.Right = a.right
	}
	return e
}

// read reads the content into v, which should be lenient. The error is of kind
// ErrBadAnswer.
func (a *answer) read(v any) error {
	if !bytes.HasPrefix(bytes.TrimSpace(a.content), []byte("{")) || json.Unmarshal(a.content, v) != nil {
		return a.MissingError("content")
	}
	return nil
}
