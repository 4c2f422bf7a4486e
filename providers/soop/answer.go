package soop

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

// maxAnswer bounds an answer, in bytes. The largest real ones, pages of
// broad/list, are below 100 KiB.
const maxAnswer = 8 << 20

// Results with a known meaning. -1320, a wrong waiting time, is documented; the
// others were seen on the service.
const (
	resultNotSignedIn = -10
	resultClient      = -1104
	resultNotLive     = -1302
)

// answer is the members of an answer; nil where the answer is null.
type answer map[string]json.RawMessage

// exchange is one call's outcome, ready to be judged.
type exchange struct {
	op     string
	status int
	header http.Header
	body   []byte
	// sent are the secrets of the request, kept out of the platform's words.
	sent []secret.Text
	// signed tells that the call carried a token.
	signed bool
	// now is when the answer came.
	now time.Time
}

// judge reads an answer and finds what is wrong with it, in the package's
// order. It fails with *providers.Error.
func (x exchange) judge() (answer, error) {
	a, shape := read(x.body)
	if err := x.statusError(a, shape); err != nil {
		return nil, err
	}
	if shape != "" {
		return nil, x.fail(providers.ErrBadAnswer, shape, nil)
	}
	if err := x.memberError(a); err != nil {
		return nil, err
	}
	return a, x.resultError(a)
}

// statusError judges the HTTP status.
func (x exchange) statusError(a answer, shape string) error {
	switch s := x.status; {
	case s >= 200 && s < 300:
		return nil
	case s == http.StatusTooManyRequests:
		return x.fail(providers.ErrTooFrequent, "platform.too_frequent", a)
	case s >= 500:
		return x.fail(providers.ErrUnreachable, "platform.fault", a)
	case s >= 300 && s < 400:
		return x.fail(providers.ErrBadAnswer, "answer.moved", nil)
	case s == http.StatusForbidden && shape == "answer.html":
		// A firewall's page: it knows nothing of tokens.
		return x.fail(providers.ErrRefused, "platform.blocked", nil)
	case s == http.StatusForbidden && word(a["error"]) == "insufficient_scope":
		// A refresh keeps the scope (RFC 6749, 6): nothing to be won by one.
		return x.fail(providers.ErrRefused, "platform.scope", a)
	case s == http.StatusUnauthorized || s == http.StatusForbidden:
		return x.rejected(a)
	}
	if err := x.memberError(a); err != nil {
		return err
	}
	if shape != "" || len(a) == 0 {
		return x.fail(providers.ErrBadAnswer, orElse(shape, "answer.missing"), nil)
	}
	if err := x.resultError(a); err != nil {
		return err
	}
	return x.fail(providers.ErrRefused, "", a)
}

// memberError judges the "error" member.
func (x exchange) memberError(a answer) error {
	switch code := word(a["error"]); code {
	case "", "0", "false", "null":
		return nil
	case "expired_token", "invalid_token":
		return x.rejected(a)
	case "insufficient_scope":
		return x.fail(providers.ErrRefused, "platform.scope", a)
	case "invalid_client", "unauthorized_client":
		return x.fail(providers.ErrRefused, "client.rejected", a)
	default:
		return x.fail(providers.ErrRefused, "", a)
	}
}

// resultError judges the "result" member: 1 is success, the negative ones are
// errors, in an HTTP 200 (SOOP Open API, response parameters).
func (x exchange) resultError(a answer) error {
	raw, present := a["result"]
	if !present || string(raw) == "null" {
		return nil
	}
	var result number
	_ = result.UnmarshalJSON(raw)
	switch {
	case !result.Set:
		return x.fail(providers.ErrBadAnswer, "answer.missing", a)
	case result.N > 0:
		return nil
	case result.N == resultNotSignedIn:
		return x.rejected(a)
	case result.N == resultClient:
		return x.fail(providers.ErrRefused, "client.rejected", a)
	}
	return x.fail(providers.ErrRefused, "", a)
}

// rejected is the platform not knowing the caller. Without a token it is the
// application that is not known, and signing in would not help.
func (x exchange) rejected(a answer) error {
	if !x.signed {
		return x.fail(providers.ErrRefused, "client.rejected", a)
	}
	return x.fail(providers.ErrSignIn, "signin.rejected", a)
}

// fail makes the error, with the platform's own code and words.
func (x exchange) fail(kind error, reason string, a answer) *providers.Error {
	e := &providers.Error{
		Kind: kind, Op: x.op, Reason: reason, Message: oauth.Clean(words(a), x.sent...),
		RetryAfter: oauth.RetryAfter(x.header, x.now),
	}
	var result number
	_ = result.UnmarshalJSON(a["result"])
	switch code := word(a["error"]); {
	case code != "" && code != "null":
		e.Code = oauth.Clean(code, x.sent...)
	case result.Set && result.N <= 0:
		e.Code = strconv.FormatInt(result.N, 10)
	case x.status != http.StatusOK:
		e.Code = "HTTP " + strconv.Itoa(x.status)
	}
	return e
}

// missing is the error for an answer without an expected member.
func missing(op, member string) error {
	return &providers.Error{
		Kind: providers.ErrBadAnswer, Op: op, Reason: "answer.missing", Err: errors.New("no " + member),
	}
}

// read takes an answer's members apart. shape is the reason it cannot be read,
// or empty. JSONP is read wherever it comes.
func read(body []byte) (a answer, shape string) {
	if len(body) > maxAnswer {
		return nil, "answer.too_large"
	}
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")))
	switch {
	case bytes.HasPrefix(body, []byte("<")):
		return nil, "answer.html"
	case string(body) == "null":
		return nil, ""
	}
	var only record[answer]
	inner := unwrapJSONP(body)
	if !json.Valid(inner) {
		return nil, "answer.not_json"
	}
	_ = only.UnmarshalJSON(inner)
	if !only.Set && string(bytes.TrimSpace(inner)) != "null" {
		return nil, "answer.missing"
	}
	return only.V, ""
}

// words finds the sentence for people.
func words(a answer) string {
	for _, name := range []string{"error_description", "msg", "message"} {
		if s := word(a[name]); s != "" && s != "null" {
			return s
		}
	}
	return ""
}

// word reads a member as text; an object stands for its "code" or "message".
func word(raw json.RawMessage) string {
	var t text
	_ = t.UnmarshalJSON(raw)
	if t == "" {
		var inside record[struct{ Code, Message text }]
		_ = inside.UnmarshalJSON(raw)
		t = text(orElse(string(inside.V.Code), string(inside.V.Message)))
	}
	return t.Trimmed()
}

func orElse(s, def string) string {
	if s == "" {
		return def
	}
	return s
}
