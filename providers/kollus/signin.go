package kollus

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/internal/httpcall"
	"cuelight/providers/internal/lenient"
	"cuelight/providers/oauth"
)

// opToken names calls of the token endpoint in errors.
const opToken = "oauth/token"

// SignInRequest implements providers.BrowserSignIn (document, Authorization
// Code 발행). The service echoes state, as the framework it is built on does, so
// it is required.
func (s *browserSession) SignInRequest(state string) providers.SignInRequest {
	query := url.Values{
		"response_type": {"code"}, "client_id": {s.clientID}, "redirect_uri": {s.redirectURI},
		"scope": {scopes}, "state": {state},
	}
	return providers.SignInRequest{
		URL:         s.base + "/oauth/authorize?" + query.Encode(),
		RedirectURI: s.redirectURI, State: state, StateRequired: true,
	}
}

// Exchange implements providers.BrowserSignIn (document, Access Token 발행).
func (s *browserSession) Exchange(ctx context.Context, request providers.SignInRequest, code string) error {
	return s.source.Exchange(ctx, request, code)
}

// Verify implements providers.Verifier. Before anybody has signed in, the
// client is checked with an invalid code: the token endpoint checks the client ID,
// the secret and the redirect URI before the code, so its error says whether the
// rest is right. It changes nothing.
func (s *browserSession) Verify(ctx context.Context) error {
	if both, err := s.has(ctx, FieldPersonalToken); err != nil {
		return err
	} else if both {
		return usage(FieldPersonalToken, "account.both")
	}
	if given, err := s.has(ctx, FieldClientSecret); err != nil {
		return err
	} else if !given {
		return usage(FieldClientSecret, "client_secret.missing")
	}
	if in, err := s.SignedIn(ctx); err != nil {
		return err
	} else if in {
		return s.verifyAndWait(ctx)
	}
	return s.probe(ctx)
}

// probe sends an invalid code to the token endpoint.
func (s *browserSession) probe(ctx context.Context) error {
	client, err := s.vault.Get(ctx, FieldClientSecret)
	if err != nil {
		return err
	}
	form := url.Values{
		"grant_type": {"authorization_code"}, "code": {"cuelight-checks-the-client"},
		"client_id": {s.clientID}, "client_secret": {client.Reveal()}, "redirect_uri": {s.redirectURI},
	}
	if err := s.limiter.wait(ctx, opToken, s.onWait); err != nil {
		return err
	}
	a, err := s.http.Do(ctx, httpcall.Request{
		Op: opToken, Method: http.MethodPost, URL: s.base + "/oauth/token", Body: form.Encode(),
		Header: http.Header{
			"Accept":       {"application/json"},
			"Content-Type": {"application/x-www-form-urlencoded"},
		},
		Secrets: []secret.Text{client},
	})
	if err != nil {
		return err
	}
	if fault := a.ServiceError(); fault != nil {
		return fault
	}
	return checkProbe(a)
}

// checkProbe checks the response to an invalid code: an error about the code means
// that the client is right.
func checkProbe(a httpcall.Response) error {
	var b tokenRefusal
	if err := a.JSON(&b); err != nil {
		return err
	}
	switch b.Error {
	case "invalid_request", "invalid_grant":
		return nil
	case "invalid_client", "unauthorized_client":
		e := a.Error(providers.ErrRefused, "signin.client", b.words())
		e.Code, e.Field = b.Error.String(), FieldClientID
		return e
	case "":
		return a.MissingError("error")
	}
	e := a.Error(providers.ErrRefused, "", b.words())
	e.Code = oauth.Clean(b.Error.String(), a.Secrets...)
	return e
}

// tokenRefusal is an error of the token endpoint, in the form of the framework it
// is built on.
type tokenRefusal struct {
	Error       lenient.Text `json:"error"`
	Description lenient.Text `json:"error_description"`
	Hint        lenient.Text `json:"hint"`
	Message     lenient.Text `json:"message"`
}

// words returns the most specific of the three messages.
func (r tokenRefusal) words() string {
	return cmp.Or(r.Hint, r.Description, r.Message).String()
}

// inspectToken tells a used or expired code from an invalid refresh token: the
// service answers invalid_request to both, and only the messages differ.
func inspectToken(status int, body []byte) error {
	var r tokenRefusal
	if status < 400 || json.Unmarshal(body, &r) != nil || (r.Error != "invalid_request" && r.Error != "invalid_grant") {
		return nil
	}
	about := strings.ToLower(string(r.Hint + " " + r.Description + " " + r.Message))
	reason := ""
	switch {
	case strings.Contains(about, "refresh token"):
		reason = "signin.expired"
	case strings.Contains(about, "authorization code"):
		reason = "signin.code_rejected"
	default:
		return nil
	}
	return &providers.Error{Kind: providers.ErrSignIn, Op: opToken, Code: r.Error.String(), Reason: reason, Message: r.words()}
}
