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

// Answer is what came back, not yet judged.
type Answer struct {
	Op     string
	Status int
	Header http.Header
	Body   []byte
	// At is when it came.
	At time.Time

	// Sent are the secrets of the request, kept out of the platform's words.
	Sent []secret.Text
	to   string // where a redirect leads, without path
}

// Fault gives what is wrong with an answer before the platform's own members
// are looked at: too many calls, a server's fault, a redirect, a web page. It
// is nil where the answer is the platform's own.
func (a Answer) Fault() *providers.Error {
	if ill := a.Ill(a.Words()); ill != nil {
		return ill
	}
	switch shape := a.Shape(); {
	case shape == "":
		return nil
	case a.Blocked():
		return a.Fail(providers.ErrRefused, "platform.blocked", "")
	default:
		return a.Fail(providers.ErrBadAnswer, shape, "")
	}
}

// Ill gives what the status alone says is wrong with the service: too many
// calls, a server's fault, a redirect; nil where it is none of those. words are
// the platform's own, where they are known.
func (a Answer) Ill(words string) *providers.Error {
	switch s := a.Status; {
	case s == http.StatusTooManyRequests:
		return a.Fail(providers.ErrTooFrequent, "platform.too_frequent", words)
	case s >= 500:
		return a.Fail(providers.ErrUnreachable, "platform.fault", words)
	case s >= 300 && s < 400:
		e := a.Fail(providers.ErrBadAnswer, "answer.moved", "")
		if a.to != "" {
			e.Err = errors.New("the service has moved to " + a.to)
		}
		return e
	}
	return nil
}

// Shape is the reason that a body can be no platform's answer, answer.too_large
// or answer.html; empty where it can.
func (a Answer) Shape() string {
	switch {
	case len(a.Body) > MaxAnswer:
		return "answer.too_large"
	case bytes.HasPrefix(a.Plain(), []byte("<")):
		return "answer.html"
	}
	return ""
}

// Blocked reports whether a firewall answers with a page of its own: it knows
// nothing of tokens.
func (a Answer) Blocked() bool {
	return a.Status == http.StatusForbidden && a.Shape() == "answer.html"
}

// Fail makes the error of an answer. message is the platform's own words, made
// fit to be shown and free of what was sent.
func (a Answer) Fail(kind error, reason, message string) *providers.Error {
	e := &providers.Error{
		Kind: kind, Op: a.Op, Reason: reason, Message: oauth.Clean(message, a.Sent...),
		RetryAfter: oauth.RetryAfter(a.Header, a.At),
	}
	if a.Status != http.StatusOK {
		e.Code = "HTTP " + strconv.Itoa(a.Status)
	}
	return e
}

// JSON reads the body into v, which should be lenient. The error is of kind
// ErrBadAnswer.
func (a Answer) JSON(v any) error {
	body := a.Plain()
	if !json.Valid(body) {
		return a.Fail(providers.ErrBadAnswer, "answer.not_json", "")
	}
	if err := json.Unmarshal(body, v); err != nil {
		return a.Missing("an object")
	}
	return nil
}

// Missing is the error of an answer without an expected member.
func (a Answer) Missing(member string) error {
	e := a.Fail(providers.ErrBadAnswer, "answer.missing", "")
	e.Err = errors.New("no " + member)
	return e
}

// Words gives the member "message" where the body is an object that has one.
func (a Answer) Words() string {
	var b struct {
		Message any `json:"message"`
	}
	_ = json.Unmarshal(a.Body, &b)
	words, _ := b.Message.(string)
	return words
}

// Plain gives the body without a byte order mark and the white space around it.
func (a Answer) Plain() []byte {
	return bytes.TrimSpace(bytes.TrimPrefix(a.Body, []byte("\xef\xbb\xbf")))
}
