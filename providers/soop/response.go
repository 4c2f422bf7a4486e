package soop

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"cuelight/providers"
	"cuelight/providers/internal/httpcall"
	"cuelight/providers/internal/lenient"
	"cuelight/providers/oauth"
)

// Results with a known meaning. -1320, a wrong waiting time, is documented; the
// others were seen on the service.
const (
	resultNotSignedIn = -10
	resultClient      = -1104
	resultNotLive     = -1302
)

// members are the members of an answer; nil where the answer is null.
type members map[string]json.RawMessage

// response is the response of one call, before it is checked.
type response struct {
	httpcall.Response
	// withToken: the call carried a token.
	withToken bool
}

// check returns the members of an answer, or the error it stands for, by the order
// in the package comment. Its errors are *providers.Error.
func (x response) check() (members, error) {
	m, problem := x.members()
	if err := x.statusError(m, problem); err != nil {
		return nil, err
	}
	if problem != "" {
		return nil, x.failure(providers.ErrBadAnswer, problem, nil)
	}
	if err := x.memberError(m); err != nil {
		return nil, err
	}
	return m, x.resultError(m)
}

// statusError checks the HTTP status.
func (x response) statusError(a members, problem string) error {
	if failure := x.StatusError(messageOf(a)); failure != nil {
		return x.withCode(failure, a)
	}
	switch s := x.Status; {
	case s >= 200 && s < 300:
		return nil
	case x.BlockedByFirewall():
		return x.failure(providers.ErrRefused, "platform.blocked", nil)
	case s == http.StatusForbidden && errorOf(a) == "insufficient_scope":
		// A refresh keeps the scope (RFC 6749, 6), so it would not help.
		return x.notGranted(a)
	case s == http.StatusUnauthorized || s == http.StatusForbidden:
		return x.notSignedIn(a)
	}
	if err := x.memberError(a); err != nil {
		return err
	}
	if problem != "" || len(a) == 0 {
		return x.failure(providers.ErrBadAnswer, cmp.Or(problem, "answer.missing"), nil)
	}
	if err := x.resultError(a); err != nil {
		return err
	}
	return x.failure(providers.ErrRefused, "", a)
}

// memberError checks the "error" member.
func (x response) memberError(a members) error {
	switch code := errorOf(a); code {
	case "":
		return nil
	case "expired_token", "invalid_token":
		return x.notSignedIn(a)
	case "insufficient_scope":
		return x.notGranted(a)
	case "invalid_client", "unauthorized_client":
		return x.failure(providers.ErrRefused, "client.rejected", a)
	default:
		return x.failure(providers.ErrRefused, "", a)
	}
}

// resultError checks the "result" member: 1 is success, the negative ones are
// errors, in an HTTP 200 (SOOP Open API, response parameters).
func (x response) resultError(a members) error {
	raw, present := a["result"]
	if !present || string(raw) == "null" {
		return nil
	}
	switch result, ok := resultOf(a); {
	case !ok:
		return x.failure(providers.ErrBadAnswer, "answer.missing", a)
	case result > 0:
		return nil
	case result == resultNotSignedIn:
		return x.notSignedIn(a)
	case result == resultClient:
		return x.failure(providers.ErrRefused, "client.rejected", a)
	}
	return x.failure(providers.ErrRefused, "", a)
}

// notSignedIn is the error where the platform does not know the caller. Without a
// token it is the application that is unknown, and signing in would not help.
func (x response) notSignedIn(a members) error {
	if !x.withToken {
		return x.failure(providers.ErrRefused, "client.rejected", a)
	}
	return x.failure(providers.ErrSignIn, "signin.rejected", a)
}

// notGranted is the error where the token lacks the right that the call needs.
func (x response) notGranted(a members) error {
	e := x.failure(providers.ErrNotGranted, "platform.scope", a)
	e.Right = rights[x.Op]
	return e
}

// errorOf reads the "error" member; zero, false and what is empty are no error.
func errorOf(a members) string {
	switch code := textOf(a["error"]); strings.ToLower(code) {
	case "0", "false", "null":
		return ""
	default:
		return code
	}
}

// resultOf reads the "result" member; a truth value counts as 1 or 0.
func resultOf(a members) (result int, ok bool) {
	var n lenient.Number
	_ = n.UnmarshalJSON(a["result"])
	switch said := textOf(a["result"]); {
	case n.Set:
		return n.Int(0), true
	case said == "true":
		return 1, true
	default:
		return 0, said == "false"
	}
}

// failure makes an error with the platform's own code and message.
func (x response) failure(kind error, reason string, a members) *providers.Error {
	return x.withCode(x.Error(kind, reason, messageOf(a)), a)
}

// withCode sets the platform's own code on an error, where the answer has one.
func (x response) withCode(e *providers.Error, a members) *providers.Error {
	result, ok := resultOf(a)
	switch code := errorOf(a); {
	case code != "":
		e.Code = oauth.Clean(code, x.Secrets...)
	case ok && result <= 0:
		e.Code = strconv.Itoa(result)
	}
	return e
}

// missing is the error for an answer without an expected member.
func missing(op, member string) error {
	return &providers.Error{
		Kind: providers.ErrBadAnswer, Op: op, Reason: "answer.missing", Err: errors.New("no " + member),
	}
}

// members decodes an answer. problem is the reason it cannot be decoded, or empty.
// JSONP is accepted for every call.
func (x response) members() (a members, problem string) {
	if problem = x.BodyProblem(); problem != "" {
		return nil, problem
	}
	inner := unwrapJSONP(x.TrimmedBody())
	if !json.Valid(inner) {
		return nil, "answer.not_json"
	}
	var only lenient.Record[members]
	_ = only.UnmarshalJSON(inner)
	if s := string(inner); !only.Set && s != "null" && s != "{}" {
		return nil, "answer.missing"
	}
	return only.Value, ""
}

// messageOf returns the human-readable message of an answer.
func messageOf(a members) string {
	for _, name := range []string{"error_description", "msg", "message"} {
		if s := textOf(a[name]); s != "" && s != "null" {
			return s
		}
	}
	return ""
}

// textOf reads a member as text; of an object, its "code" or "message".
func textOf(raw json.RawMessage) string {
	var t lenient.Text
	_ = t.UnmarshalJSON(raw)
	if t != "" {
		return t.String()
	}
	var inside lenient.Record[struct{ Code, Message lenient.Text }]
	_ = inside.UnmarshalJSON(raw)
	return cmp.Or(inside.Value.Code.String(), inside.Value.Message.String())
}
