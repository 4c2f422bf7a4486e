package kollus

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/internal/httpcall"
	"cuelight/providers/internal/lenient"
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

// call makes a rate-limited call with the account's token. A rejected token is
// replaced and the call repeated, once. A call that was refused as too frequent
// is repeated once, after the pause the service asks for.
func (s *session) call(ctx context.Context, r request) (httpcall.Response, error) {
	var a httpcall.Response
	err := s.retrier.Do(ctx, s.credential, "", func(token secret.Text) error {
		var err error
		a, err = s.callWithRetry(ctx, r, token)
		return err
	})
	return a, err
}

// callWithRetry makes a call, and repeats it once, after a pause, where it was
// refused as too frequent.
func (s *session) callWithRetry(ctx context.Context, r request, token secret.Text) (httpcall.Response, error) {
	a, err := s.do(ctx, r, token)
	if errors.Is(err, providers.ErrTooFrequent) && a.Status == http.StatusTooManyRequests {
		again, retryErr := s.do(ctx, r, token)
		if e, ok := errors.AsType[*providers.Error](retryErr); ok && e.Reason == "platform.wait_too_long" {
			return a, err
		}
		return again, retryErr
	}
	return a, err
}

// do makes one rate-limited call and checks the response.
func (s *session) do(ctx context.Context, r request, token secret.Text) (httpcall.Response, error) {
	if err := s.limiter.wait(ctx, r.op, s.onWait); err != nil {
		return httpcall.Response{}, err
	}
	if err := s.limiter.waitAcrossProcesses(ctx, r.op, s.vault, s.onWait); err != nil {
		return httpcall.Response{}, err
	}
	call := httpcall.Request{
		Op: r.op, Method: r.method, URL: s.root + r.path, Secrets: []secret.Text{token},
		Header: http.Header{"Accept": {"application/json"}, "Authorization": {"Bearer " + token.Reveal()}},
	}
	if len(r.query) > 0 {
		call.URL += "?" + r.query.Encode()
	}
	if r.body != nil {
		plain, err := json.Marshal(r.body)
		if err != nil {
			return httpcall.Response{}, &providers.Error{Kind: providers.ErrUsage, Op: r.op, Err: err}
		}
		call.Body = string(plain)
		call.Header.Set("Content-Type", "application/json")
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	began := time.Now()
	a, err := s.http.Do(ctx, call)
	s.limiter.answered(context.WithoutCancel(ctx), began, s.vault)
	if err != nil {
		return a, err
	}
	err = checkResponse(a, r)
	if e, ok := errors.AsType[*providers.Error](err); ok && a.Status == http.StatusTooManyRequests {
		s.limiter.pauseFor(e.RetryAfter)
	}
	return a, err
}

// checkResponse returns the error that the status of a response stands for.
func checkResponse(a httpcall.Response, r request) error {
	if fault := a.ServiceError(); fault != nil {
		return fault
	}
	said := a.Message()
	switch a.Status {
	case http.StatusOK, http.StatusCreated, http.StatusAccepted, http.StatusNoContent:
		return nil
	case http.StatusUnauthorized:
		return a.Error(providers.ErrSignIn, "signin.rejected", said)
	case http.StatusForbidden:
		if strings.Contains(strings.ToLower(said), "scope") {
			// A refresh keeps the scope (RFC 6749, 6), so it would not help.
			return a.Error(providers.ErrNotGranted, "platform.scope", said)
		}
		return a.Error(providers.ErrRefused, "", said)
	case http.StatusNotFound:
		return a.Error(providers.ErrRefused, r.absent, said)
	case http.StatusConflict:
		return a.Error(providers.ErrRefused, "platform.conflict", said)
	case http.StatusUnprocessableEntity:
		return validationError(a)
	}
	if a.Status < 300 {
		return a.MissingError("a known status")
	}
	return a.Error(providers.ErrRefused, "", said)
}

// validationError is the error of a 422: the first field, and the messages about
// all fields.
func validationError(a httpcall.Response) error {
	var b struct {
		Message lenient.Text    `json:"message"`
		Errors  json.RawMessage `json:"errors"`
	}
	_ = json.Unmarshal(a.Body, &b)
	fields := membersOf(b.Errors)
	var words []string
	for _, f := range fields {
		words = append(words, sentences(f.Value)...)
	}
	if len(words) == 0 {
		words = []string{b.Message.String()}
	}
	e := a.Error(providers.ErrRefused, "", strings.Join(words, " "))
	if len(fields) > 0 {
		e.Field = fields[0].Name
	}
	return e
}

// sentences reads a list of sentences, or a single one.
func sentences(raw json.RawMessage) []string {
	var list lenient.List[lenient.Text]
	_ = list.UnmarshalJSON(raw)
	var one lenient.Text
	_ = one.UnmarshalJSON(raw)
	var said []string
	for _, sentence := range append(list.Items, one) {
		if sentence != "" {
			said = append(said, sentence.String())
		}
	}
	return said
}
