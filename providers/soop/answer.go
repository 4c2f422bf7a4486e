package soop

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

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

// answer is the members of an answer; nil where the answer is null.
type answer map[string]json.RawMessage

// exchange is one call's outcome, ready to be judged.
type exchange struct {
	httpcall.Answer
	// signed tells that the call carried a token.
	signed bool
}

// judge reads an answer and finds what is wrong with it, in the package's
// order. It fails with *providers.Error.
func (x exchange) judge() (answer, error) {
	a, shape := x.read()
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
	if ill := x.Ill(words(a)); ill != nil {
		return x.coded(ill, a)
	}
	switch s := x.Status; {
	case s >= 200 && s < 300:
		return nil
	case x.Blocked():
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
	switch result, ok := resultOf(a); {
	case !ok:
		return x.fail(providers.ErrBadAnswer, "answer.missing", a)
	case result > 0:
		return nil
	case result == resultNotSignedIn:
		return x.rejected(a)
	case result == resultClient:
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

// resultOf reads the "result" member; a truth value counts as 1 or 0.
func resultOf(a answer) (result int, ok bool) {
	var n lenient.Number
	_ = n.UnmarshalJSON(a["result"])
	switch said := word(a["result"]); {
	case n.Set:
		return n.Int(0), true
	case said == "true":
		return 1, true
	default:
		return 0, said == "false"
	}
}

// fail makes the error, with the platform's own code and words.
func (x exchange) fail(kind error, reason string, a answer) *providers.Error {
	return x.coded(x.Fail(kind, reason, words(a)), a)
}

// coded puts the platform's own code into an error, where the answer has one.
func (x exchange) coded(e *providers.Error, a answer) *providers.Error {
	result, ok := resultOf(a)
	switch code := word(a["error"]); {
	case code != "" && code != "null":
		e.Code = oauth.Clean(code, x.Sent...)
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

// read takes an answer's members apart. shape is the reason it cannot be read,
// or empty. JSONP is read wherever it comes.
func (x exchange) read() (a answer, shape string) {
	if shape = x.Shape(); shape != "" {
		return nil, shape
	}
	inner := unwrapJSONP(x.Plain())
	if !json.Valid(inner) {
		return nil, "answer.not_json"
	}
	var only lenient.Record[answer]
	_ = only.UnmarshalJSON(inner)
	if s := string(inner); !only.Set && s != "null" && s != "{}" {
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
	var t lenient.Text
	_ = t.UnmarshalJSON(raw)
	if t != "" {
		return t.String()
	}
	var inside lenient.Record[struct{ Code, Message lenient.Text }]
	_ = inside.UnmarshalJSON(raw)
	return orElse(inside.V.Code.String(), inside.V.Message.String())
}

func orElse(s, def string) string {
	if s == "" {
		return def
	}
	return s
}
