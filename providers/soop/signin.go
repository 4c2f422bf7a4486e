package soop

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"cuelight/internal/secret"
	"cuelight/internal/text"
	"cuelight/providers"
	"cuelight/providers/internal/httpcall"
)

// SignedIn implements providers.SignedIn.
func (s *session) SignedIn(ctx context.Context) (bool, error) { return s.tokens.SignedIn(ctx) }

// SignOut implements providers.SignedIn.
func (s *session) SignOut(ctx context.Context) error { return s.tokens.SignOut(ctx) }

// TokenExpires implements providers.TokenInfo.
func (s *session) TokenExpires(ctx context.Context) (time.Time, error) {
	return s.tokens.ExpiresAt(ctx)
}

// SignInRequest implements providers.BrowserSignIn (SOOP Open API, auth/code,
// GET). Only client_id is documented; the other parameters are OAuth's own and
// tolerated, and scope is what all clients of 2026 send. state is not known to be
// echoed, so it is not required.
func (s *session) SignInRequest(state string) providers.SignInRequest {
	query := url.Values{
		"client_id": {s.clientID}, "response_type": {"code"},
		"redirect_uri": {s.redirectURI}, "state": {state},
	}
	if s.askRights {
		query.Set("scope", scope())
	}
	return providers.SignInRequest{
		URL:         s.address("auth/code") + "?" + query.Encode(),
		RedirectURI: s.redirectURI, State: state,
	}
}

// Exchange implements providers.BrowserSignIn (SOOP Open API, auth/token).
func (s *session) Exchange(ctx context.Context, request providers.SignInRequest, code string) error {
	return s.tokens.Exchange(ctx, request, code)
}

// oneTimeNumber is the mobile app's.
var oneTimeNumber = regexp.MustCompile(`^[0-9]{6}$`)

// SignInWithNumber implements providers.NumberSignIn: the six digits of the
// mobile app stand in for the browser (SOOP Open API, auth/code, POST). A wrong
// or expired number is ErrSignIn with the reason signin.number.
func (s *session) SignInWithNumber(ctx context.Context, typed string) error {
	const op = "auth/code"
	digits := strings.Join(strings.Fields(strings.ReplaceAll(text.Digits(typed), "-", "")), "")
	if !oneTimeNumber.MatchString(digits) {
		return usage("number", "number.digits", 6)
	}
	form := url.Values{"client_id": {s.clientID}, "auth_type": {"api"}, "certification_number": {digits}}
	a, err := s.call(ctx, request{method: http.MethodPost, op: op, form: form, secrets: []secret.Text{secret.New(digits)}})
	if e, ok := errors.AsType[*providers.Error](err); ok && errors.Is(e.Kind, providers.ErrRefused) && e.Reason != "platform.blocked" {
		e.Kind = providers.ErrSignIn
		if e.Code == "-1104" || e.Code == "invalid_client" || e.Code == "unauthorized_client" {
			e.Reason = "signin.client"
		} else {
			e.Reason, e.Field = "signin.number", "number"
		}
	}
	if err != nil {
		return err
	}
	code := textOf(a["code"])
	if code == "" {
		e := response{Response: httpcall.Response{Op: op, Status: http.StatusOK}}.failure(providers.ErrSignIn, "signin.number", a)
		e.Field = "number"
		return e
	}
	return s.tokens.Exchange(ctx, providers.SignInRequest{}, code)
}

// inspectToken finds the refusals that auth/token may hide in a result: x/oauth2
// would only say that there is no access token.
func inspectToken(status int, body []byte) error {
	x := response{Response: httpcall.Response{Op: "auth/token", Status: status, Body: body}}
	a, _ := x.members()
	if errorOf(a) != "" {
		return nil // x/oauth2 reads those
	}
	err := x.resultError(a)
	e, ok := errors.AsType[*providers.Error](err)
	if !ok || !errors.Is(e.Kind, providers.ErrRefused) {
		return err
	}
	e.Kind = providers.ErrSignIn
	if e.Reason == "client.rejected" {
		e.Reason = "signin.client"
	} else {
		e.Reason = "signin.rejected"
	}
	return e
}

// Identity implements providers.Identifier. The station's data has the nickname
// and, in the picture's address, the login id; where it is silent, the live
// status and then the stream key's first half have the id.
func (s *session) Identity(ctx context.Context) (providers.Identity, error) {
	station, id, err := s.station(ctx)
	if endsIdentity(err) {
		return providers.Identity{}, err
	}
	if id == "" {
		if _, user, statusErr := s.liveStatus(ctx); statusErr == nil {
			id = user
		} else if endsIdentity(statusErr) {
			return providers.Identity{}, statusErr
		}
	}
	nick := cmp.Or(station.Nick, station.Name)
	if id == "" && nick == "" {
		ingest, ingestErr := s.Ingest(ctx)
		if ingestErr != nil {
			return providers.Identity{}, ingestErr
		}
		id = keyOwner(ingest.Key)
	}
	if id == "" && nick == "" {
		return providers.Identity{}, &providers.Error{
			Kind: providers.ErrBadAnswer, Op: "user/stationinfo", Reason: "identity.unknown",
		}
	}
	return providers.Identity{UserID: id, Nick: cmp.Or(nick, id)}, nil
}

// endsIdentity reports whether the next call would fail in the same way.
func endsIdentity(err error) bool {
	return err != nil && !errors.Is(err, providers.ErrRefused) && !errors.Is(err, providers.ErrBadAnswer)
}

// keyForm is the form of stream keys: "afid-1234567". From a key of another form
// no login id is read.
var keyForm = regexp.MustCompile(`^([A-Za-z0-9_]{1,32})-[0-9]+$`)

// keyOwner reads the login id from a stream key.
func keyOwner(key secret.Text) string {
	if m := keyForm.FindStringSubmatch(key.Reveal()); m != nil {
		return m[1]
	}
	return ""
}
