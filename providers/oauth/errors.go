package oauth

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/oauth2"

	"cuelight/internal/secret"
	"cuelight/internal/text"
	"cuelight/providers"
)

// opToken names the token call in errors.
const opToken = "auth/token"

// The two grants, for the reason of a rejection.
const (
	grantCode    = "signin.code_rejected"
	grantRefresh = "signin.expired"
)

// statusError reports what cannot be a token endpoint's response by its status or
// form.
func statusError(resp *http.Response, body []byte) error {
	reason, kind := statusKind(resp.StatusCode)
	if kind == nil {
		reason, kind = bodyKind(resp.StatusCode, body)
	}
	if kind == nil {
		return nil
	}
	return &providers.Error{
		Kind: kind, Op: opToken, Code: "HTTP " + strconv.Itoa(resp.StatusCode), Reason: reason,
		RetryAfter: RetryAfter(resp.Header, time.Now()),
	}
}

// statusKind is what a status alone stands for; nil for an answer to be read.
func statusKind(status int) (reason string, kind error) {
	if status == http.StatusTooManyRequests {
		return "platform.too_frequent", providers.ErrTooFrequent
	}
	if status >= 500 {
		return "platform.fault", providers.ErrUnreachable
	}
	if status >= 300 && status < 400 {
		return "answer.moved", providers.ErrBadAnswer
	}
	return "", nil
}

// bodyKind is what is wrong with a body before it is read as a token; nil where
// it is JSON.
func bodyKind(status int, body []byte) (reason string, kind error) {
	if len(body) > maxBody {
		return "answer.too_large", providers.ErrBadAnswer
	}
	if looksLikeHTML(body) && status == http.StatusForbidden {
		return "platform.blocked", providers.ErrRefused
	}
	if looksLikeHTML(body) {
		return "answer.html", providers.ErrBadAnswer
	}
	if !json.Valid(normalizeJSON(body)) {
		return "answer.not_json", providers.ErrBadAnswer
	}
	return "", nil
}

// callError turns a failure of x/oauth2 into a *providers.Error. sent are the
// secrets of the request: they are masked where the platform repeats them.
func callError(ctx context.Context, err error, grant string, sent ...secret.Text) error {
	if known, ok := errors.AsType[*providers.Error](err); ok {
		e := *known
		if e.Op == "" {
			e.Op = opToken
		}
		e.Message = Clean(e.Message, sent...)
		return &e
	}
	if rejected, ok := errors.AsType[*oauth2.RetrieveError](err); ok {
		return rejection(rejected, grant, sent)
	}
	if network, ok := errors.AsType[*url.Error](err); ok {
		return &providers.Error{Kind: providers.ErrUnreachable, Op: opToken, Reason: CertificateReason(network.Err), Err: network.Err}
	}
	if ctx.Err() != nil {
		return &providers.Error{Kind: providers.ErrUnreachable, Op: opToken, Err: ctx.Err()}
	}
	// What is left is a member that x/oauth2 misses; its message may quote the body.
	return &providers.Error{Kind: providers.ErrBadAnswer, Op: opToken, Reason: "answer.missing"}
}

// rejection reads an OAuth error (RFC 6749, 5.2).
func rejection(r *oauth2.RetrieveError, grant string, sent []secret.Text) error {
	e := &providers.Error{
		Kind: providers.ErrSignIn, Op: opToken, Code: Clean(r.ErrorCode, sent...),
		Message: Clean(r.ErrorDescription, sent...), Reason: "signin.rejected",
	}
	if e.Code == "" {
		e.Code = fmt.Sprintf("HTTP %d", r.Response.StatusCode)
	}
	if e.Message == "" {
		e.Message = Clean(bodyMessage(r.Body), sent...)
	}
	switch r.ErrorCode {
	case "invalid_grant", "expired_token", "invalid_token":
		e.Reason = grant
	case "invalid_client", "unauthorized_client":
		e.Reason = "signin.client"
	case "redirect_uri_mismatch":
		e.Reason, e.Field = "signin.redirect_mismatch", "redirect_uri"
	}
	return e
}

// bodyMessage finds the human-readable message in an error's body.
func bodyMessage(body []byte) string {
	var b struct {
		Hint    any `json:"hint"`
		Message any `json:"message"`
		Msg     any `json:"msg"`
	}
	_ = json.Unmarshal(body, &b)
	for _, words := range []any{b.Message, b.Msg, b.Hint} {
		if s, ok := words.(string); ok && s != "" {
			return s
		}
	}
	return ""
}

// rejectsRefresh reports whether the platform has rejected the refresh token for
// good: any rejection that is not about the client.
func rejectsRefresh(err error) bool {
	e, ok := errors.AsType[*providers.Error](err)
	if !ok || !errors.Is(e.Kind, providers.ErrSignIn) {
		return false
	}
	switch e.Code {
	case "unsupported_grant_type", "invalid_scope":
		return false
	}
	return e.Reason != "signin.client"
}

// CertificateReason gives the reason of a connection that failed because of the
// service's certificate; empty for any other failure. What stands behind such a
// failure is seldom the service: tls.clock, a certificate that is not valid at
// this computer's time; tls.untrusted, one that somebody in between made, such as
// a virus scanner; tls.name, one of another place, such as a guest network's page.
func CertificateReason(err error) string {
	if invalid, ok := errors.AsType[x509.CertificateInvalidError](err); ok {
		if invalid.Reason == x509.Expired {
			return "tls.clock"
		}
		return "tls.untrusted"
	}
	if _, ok := errors.AsType[x509.HostnameError](err); ok {
		return "tls.name"
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return "tls.untrusted"
	}
	if _, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		return "tls.untrusted"
	}
	return ""
}

// maxMessage bounds a platform's message, in characters.
const maxMessage = 300

// Clean makes a platform's message safe to show and log: one line of what can be
// seen, at most 300 characters, and the secrets of the request masked. They are
// masked in what came and in what will be shown, for either may hold a secret that
// the other does not: one with something unseen in it, or one that becomes whole
// when that is left out.
func Clean(words string, sent ...secret.Text) string {
	words = masked(words, sent)
	words = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(words, ""), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
	words = masked(text.Line(words), sent) // directions and what else nobody sees
	if runes := []rune(words); len(runes) > maxMessage {
		words = string(runes[:maxMessage]) + "…"
	}
	return words
}

// masked masks what was sent; what is shorter than four bytes is no secret.
func masked(words string, sent []secret.Text) string {
	for _, s := range sent {
		if plain := s.Reveal(); len(plain) >= 4 {
			words = strings.ReplaceAll(words, plain, secret.Mask)
		}
	}
	return words
}

// RetryAfter reads the header of that name, seconds or a date; 0 where there is
// none. It is never more than an hour.
func RetryAfter(h http.Header, now time.Time) time.Duration {
	value := strings.TrimSpace(h.Get("Retry-After"))
	if value == "" {
		return 0
	}
	var wait time.Duration
	if seconds, err := strconv.Atoi(value); err == nil {
		wait = time.Duration(min(max(seconds, 0), 3600)) * time.Second
	} else if at, err := http.ParseTime(value); err == nil {
		wait = at.Sub(now)
	}
	return min(max(wait, 0), time.Hour)
}
