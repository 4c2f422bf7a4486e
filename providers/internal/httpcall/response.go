package httpcall

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/oauth"
)

// Response is a response that has not been checked yet.
type Response struct {
	Op     string
	Status int
	Header http.Header
	Body   []byte
	// Received is when the response arrived.
	Received time.Time

	// Secrets are the secrets of the request, masked in the platform's messages.
	Secrets        []secret.Text
	redirectTarget string // where a redirect leads, without path
}

// ServiceError returns what is wrong with a response regardless of its content:
// too many calls, a server error, a redirect, a web page. It is nil where the
// response is the platform's own.
func (r Response) ServiceError() *providers.Error {
	if failure := r.StatusError(r.Message()); failure != nil {
		return failure
	}
	switch shape := r.BodyProblem(); {
	case shape == "":
		return nil
	case r.BlockedByFirewall():
		return r.Error(providers.ErrRefused, "platform.blocked", "")
	default:
		return r.Error(providers.ErrBadAnswer, shape, "")
	}
}

// StatusError returns the error that the HTTP status alone stands for: too many
// calls, a server error, a redirect; nil for any other status. words are the
// platform's message, where it is known.
func (r Response) StatusError(words string) *providers.Error {
	switch s := r.Status; {
	case s == http.StatusTooManyRequests:
		return r.Error(providers.ErrTooFrequent, "platform.too_frequent", words)
	case s >= 500:
		return r.Error(providers.ErrUnreachable, "platform.fault", words)
	case s >= 300 && s < 400:
		e := r.Error(providers.ErrBadAnswer, "answer.moved", "")
		if r.redirectTarget != "" {
			e.Err = errors.New("the service has moved to " + r.redirectTarget)
		}
		return e
	}
	return nil
}

// BodyProblem is the reason that the body cannot be a platform's answer,
// answer.too_large or answer.html; empty where there is none.
func (r Response) BodyProblem() string {
	switch {
	case len(r.Body) > MaxBody:
		return "answer.too_large"
	case bytes.HasPrefix(r.TrimmedBody(), []byte("<")):
		return "answer.html"
	}
	return ""
}

// BlockedByFirewall reports whether the response is a firewall's page (403 with
// HTML), which says nothing about the token.
func (r Response) BlockedByFirewall() bool {
	return r.Status == http.StatusForbidden && r.BodyProblem() == "answer.html"
}

// Error makes an error about the response. message is the platform's own; it is
// cleaned, and secrets that were sent are masked in it.
func (r Response) Error(kind error, reason, message string) *providers.Error {
	e := &providers.Error{
		Kind: kind, Op: r.Op, Reason: reason, Message: oauth.Clean(message, r.Secrets...),
		RetryAfter: oauth.RetryAfter(r.Header, r.Received),
	}
	if r.Status != http.StatusOK {
		e.Code = "HTTP " + strconv.Itoa(r.Status)
	}
	return e
}

// JSON reads the body into v, which should be lenient. The error is of kind
// ErrBadAnswer.
func (r Response) JSON(v any) error {
	body := r.TrimmedBody()
	if !json.Valid(body) {
		return r.Error(providers.ErrBadAnswer, "answer.not_json", "")
	}
	if err := json.Unmarshal(body, v); err != nil {
		return r.MissingError("an object")
	}
	return nil
}

// MissingError is the error for a response without an expected member.
func (r Response) MissingError(member string) error {
	e := r.Error(providers.ErrBadAnswer, "answer.missing", "")
	e.Err = errors.New("no " + member)
	return e
}

// Message returns the member "message" where the body is an object that has one.
func (r Response) Message() string {
	var b struct {
		Message any `json:"message"`
	}
	_ = json.Unmarshal(r.TrimmedBody(), &b)
	words, _ := b.Message.(string)
	return words
}

// TrimmedBody returns the body without a byte order mark and the white space around it.
func (r Response) TrimmedBody() []byte {
	return bytes.TrimSpace(bytes.TrimPrefix(r.Body, []byte("\xef\xbb\xbf")))
}
