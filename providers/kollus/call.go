package kollus

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/internal/httpcall"
)

// request is one call of the API.
type request struct {
	// op names it in errors: the path below the service account with the keys
	// left out.
	op, method, path string
	query            url.Values
	// body is sent as JSON; nil sends none.
	body any
	// absent is the reason of a 404.
	absent string
}

// call makes a call with the account's token, in its turn. A rejected token is
// replaced and the call repeated, once; so is a call that came too soon after
// all, after the pause the service asks for.
func (s *session) call(ctx context.Context, r request) (httpcall.Answer, error) {
	var a httpcall.Answer
	err := s.repeats.Do(ctx, s.credential, "", func(token secret.Text) error {
		var err error
		a, err = s.unhurried(ctx, r, token)
		return err
	})
	return a, err
}

// unhurried makes one call, and once more after a pause where it came too soon.
func (s *session) unhurried(ctx context.Context, r request, token secret.Text) (httpcall.Answer, error) {
	a, err := s.once(ctx, r, token)
	if errors.Is(err, providers.ErrTooFrequent) && a.Status == http.StatusTooManyRequests {
		again, retryErr := s.once(ctx, r, token)
		if e, ok := errors.AsType[*providers.Error](retryErr); ok && e.Reason == "platform.wait_too_long" {
			return a, err
		}
		return again, retryErr
	}
	return a, err
}

// once makes one call in its turn and judges the answer.
func (s *session) once(ctx context.Context, r request, token secret.Text) (httpcall.Answer, error) {
	if err := s.pace.wait(ctx, r.op, s.waiting); err != nil {
		return httpcall.Answer{}, err
	}
	if err := s.pace.across(ctx, r.op, s.vault, s.waiting); err != nil {
		return httpcall.Answer{}, err
	}
	call := httpcall.Call{
		Op: r.op, Method: r.method, Address: s.root + r.path, Sent: []secret.Text{token},
		Header: http.Header{"Accept": {"application/json"}, "Authorization": {"Bearer " + token.Reveal()}},
	}
	if len(r.query) > 0 {
		call.Address += "?" + r.query.Encode()
	}
	if r.body != nil {
		plain, err := json.Marshal(r.body)
		if err != nil {
			return httpcall.Answer{}, &providers.Error{Kind: providers.ErrUsage, Op: r.op, Err: err}
		}
		call.Body = string(plain)
		call.Header.Set("Content-Type", "application/json")
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	a, err := s.web.Do(ctx, call)
	if err != nil {
		return a, err
	}
	err = judge(a, r)
	if e, ok := errors.AsType[*providers.Error](err); ok && a.Status == http.StatusTooManyRequests {
		s.pace.pause(e.RetryAfter)
	}
	return a, err
}

// judge finds what is wrong with an answer, by its status.
func judge(a httpcall.Answer, r request) error {
	if fault := a.Fault(); fault != nil {
		return fault
	}
	said := a.Words()
	switch a.Status {
	case http.StatusOK, http.StatusCreated, http.StatusAccepted, http.StatusNoContent:
		return nil
	case http.StatusUnauthorized:
		return a.Fail(providers.ErrSignIn, "signin.rejected", said)
	case http.StatusForbidden:
		reason := ""
		if strings.Contains(strings.ToLower(said), "scope") {
			// A refresh keeps the scope (RFC 6749, 6): nothing to be won by one.
			reason = "platform.scope"
		}
		return a.Fail(providers.ErrRefused, reason, said)
	case http.StatusNotFound:
		return a.Fail(providers.ErrRefused, r.absent, said)
	case http.StatusConflict:
		return a.Fail(providers.ErrRefused, "platform.conflict", said)
	case http.StatusUnprocessableEntity:
		return invalid(a)
	}
	if a.Status < 300 {
		return a.Missing("a known status")
	}
	return a.Fail(providers.ErrRefused, "", said)
}

// invalid is the error of a 422: the first field, and the words about every
// field, as they came.
func invalid(a httpcall.Answer) error {
	var b struct {
		Message string          `json:"message"`
		Errors  json.RawMessage `json:"errors"`
	}
	_ = json.Unmarshal(a.Body, &b)
	fields := membersOf(b.Errors)
	var words []string
	for _, f := range fields {
		words = append(words, sentences(f.Value)...)
	}
	if len(words) == 0 {
		words = []string{b.Message}
	}
	e := a.Fail(providers.ErrRefused, "", strings.Join(words, " "))
	if len(fields) > 0 {
		e.Field = fields[0].Name
	}
	return e
}

// sentences reads a list of sentences, or a single one.
func sentences(raw json.RawMessage) []string {
	var list []string
	if json.Unmarshal(raw, &list) == nil {
		return list
	}
	var one string
	if json.Unmarshal(raw, &one) == nil {
		return []string{one}
	}
	return nil
}
