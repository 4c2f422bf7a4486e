package chzzk

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"cuelight/internal/secret"
	"cuelight/internal/text"
	"cuelight/providers"
	"cuelight/providers/internal/httpcall"
	"cuelight/providers/internal/lenient"
	"cuelight/providers/oauth"
)

// Paths of the token calls (Authorization).
const (
	opToken  = "auth/v1/token"
	opRevoke = "auth/v1/token/revoke"
)

// SignedIn implements providers.SignedIn.
func (s *session) SignedIn(ctx context.Context) (bool, error) { return s.tokens.SignedIn(ctx) }

// SignOut implements providers.SignedIn.
func (s *session) SignOut(ctx context.Context) error { return s.tokens.SignOut(ctx) }

// TokenExpires implements providers.TokenInfo.
func (s *session) TokenExpires(ctx context.Context) (time.Time, error) {
	return s.tokens.ExpiresAt(ctx)
}

// SignInRequest implements providers.BrowserSignIn (Authorization, request of a
// code). The platform echoes state, and one author has seen characters other than
// letters and digits in it changed on the way. What a refusal comes back with is not
// documented: an error or nothing is taken for one. The scopes are those of the
// registered application; none is asked for here.
func (s *session) SignInRequest(state string) providers.SignInRequest {
	query := url.Values{"clientId": {s.clientID}, "redirectUri": {s.redirectURI}, "state": {state}}
	return providers.SignInRequest{
		URL:         s.authorizeURL + "?" + query.Encode(),
		RedirectURI: s.redirectURI, State: state, StateRequired: true, RefusedWithoutCode: true,
	}
}

// Exchange implements providers.BrowserSignIn (Authorization, token).
func (s *session) Exchange(ctx context.Context, request providers.SignInRequest, code string) error {
	err := s.tokens.Exchange(ctx, request, code)
	if err == nil {
		s.retrier.Reset()
	}
	return err
}

// Revoke implements providers.Revoker (Authorization, revoke). The platform revokes
// every token of this user and application, on whatever computer.
func (s *session) Revoke(ctx context.Context) error {
	return s.tokens.Revoke(ctx, func(ctx context.Context, client secret.Text, t oauth.Token) error {
		token, hint := t.Refresh, "refresh_token"
		if token.Empty() {
			token, hint = t.Access, "access_token"
		}
		plain, err := json.Marshal(map[string]string{
			"clientId": s.clientID, "clientSecret": client.Reveal(), "token": token.Reveal(), "tokenTypeHint": hint,
		})
		if err != nil {
			return &providers.Error{Kind: providers.ErrUsage, Op: opRevoke, Err: err}
		}
		_, err = s.send(ctx, httpcall.Request{
			Op: opRevoke, Method: http.MethodPost, URL: s.address(opRevoke), Body: string(plain),
			Header: http.Header{"Accept": {"application/json"}, "Content-Type": {"application/json"}}, Secrets: []secret.Text{client, token},
		}, "")
		return err
	})
}

// tokenDialect is how the token calls are written (Authorization, token): JSON
// with names of its own, in an envelope.
func tokenDialect() *oauth.Dialect {
	return &oauth.Dialect{ContentType: "application/json", Encode: encodeToken, Decode: decodeToken}
}

// tokenNames are the platform's names of the parameters; others are not sent.
var tokenNames = map[string]string{
	"grant_type": "grantType", "client_id": "clientId", "client_secret": "clientSecret", "code": "code", "state": "state",
	"refresh_token": "refreshToken",
}

func encodeToken(parameters url.Values) ([]byte, error) {
	body := make(map[string]string, len(tokenNames))
	for name, own := range tokenNames {
		if parameters.Has(name) {
			body[own] = parameters.Get(name)
		}
	}
	return json.Marshal(body)
}

// tokenData is the content of a token call's answer. The documents write expiresIn
// as text, the service was seen to write a number.
type tokenData struct {
	Access  lenient.Exact  `json:"accessToken"`
	Refresh lenient.Exact  `json:"refreshToken"`
	Type    lenient.Text   `json:"tokenType"`
	Expires lenient.Number `json:"expiresIn"`
	Scope   lenient.Text   `json:"scope"`
}

// decodeToken reads the answer of a token call.
func decodeToken(grant string, status int, body []byte) ([]byte, error) {
	var e envelope
	if json.Unmarshal(body, &e) != nil {
		return nil, missingToken("an object")
	}
	if status = statusOf(status, e); status < 200 || status >= 300 {
		return refusedToken(grant, status, e.Message.String())
	}
	var data lenient.Record[tokenData]
	_ = data.UnmarshalJSON(e.Content)
	d := data.Value
	if d.Access == "" || text.CheckToken(d.Access.String()) != nil || text.CheckToken(d.Refresh.String()) != nil {
		return nil, missingToken("content.accessToken")
	}
	members := map[string]any{
		"access_token": d.Access.String(), "refresh_token": d.Refresh.String(), "token_type": d.Type.String(), "scope": d.Scope.String(),
	}
	if seconds := d.Expires.Int(0); seconds > 0 {
		members["expires_in"] = seconds
	}
	return json.Marshal(members)
}

// refusedToken is a refusal of a token call. A wrong client ID or secret says
// nothing about the refresh token, which is still good.
func refusedToken(grant string, status int, message string) ([]byte, error) {
	kind := ""
	switch {
	case message == wordClient:
		kind = "invalid_client"
	case grant == oauth.GrantCode && status < 500, message == wordToken, message == wordUnauthorized:
		kind = "invalid_grant"
	default:
		return nil, &providers.Error{
			Kind: tokenFault(status), Op: opToken, Code: "HTTP " + strconv.Itoa(status), Message: message,
		}
	}
	return json.Marshal(map[string]string{"error": kind, "error_description": message})
}

// tokenFault is the kind of a refusal that is not about the token.
func tokenFault(status int) error {
	switch {
	case status == http.StatusTooManyRequests:
		return providers.ErrTooFrequent
	case status >= 500:
		return providers.ErrUnreachable
	}
	return providers.ErrRefused
}

func missingToken(member string) error {
	return &providers.Error{
		Kind: providers.ErrBadAnswer, Op: opToken, Reason: "answer.missing", Err: errors.New("no " + member),
	}
}
