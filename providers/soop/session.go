package soop

import (
	"context"
	"net/http"
	"net/url"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/internal/httpcall"
	"cuelight/providers/oauth"
)

// The capabilities of a session.
var _ interface {
	providers.Session
	providers.SignedIn
	providers.Identifier
	providers.BrowserSignIn
	providers.NumberSignIn
	providers.TokenInfo
	providers.Ingester
	providers.KeyResetter
	providers.Editor
	providers.IngestEditor
	providers.Categories
	providers.LiveStatus
	providers.StationInfo
	providers.Directory
	providers.Overlays
	providers.Filters
	providers.Embeds
} = (*session)(nil)

// session is one account.
type session struct {
	dialect                                      dialect
	clientID, redirectURI, baseURL, platformType string

	vault   providers.Vault
	http    *httpcall.Client
	tokens  *oauth.Source
	retrier oauth.Retrier
}

// Close implements providers.Session.
func (s *session) Close() error {
	err := s.tokens.Close()
	s.http.Close()
	return err
}

// address returns an endpoint's URL.
func (s *session) address(op string) string { return s.baseURL + "/" + op }

// request is one call of the API.
type request struct {
	method, op string
	form       url.Values
	// secrets are the secrets in the form.
	secrets []secret.Text
	// withToken: the form carries a token.
	withToken bool
}

// callSignedIn makes a call as the signed-in user: POST, with the token in the form.
// A rejected token is replaced and the call repeated, once.
func (s *session) callSignedIn(ctx context.Context, op string, form url.Values) (a members, err error) {
	err = s.retrier.Do(ctx, s.tokens, op, func(token secret.Text) error {
		with := url.Values{"access_token": {token.Reveal()}}
		for name, values := range form {
			with[name] = values
		}
		var err error
		a, err = s.call(ctx, request{method: http.MethodPost, op: op, form: with, secrets: []secret.Text{token}, withToken: true})
		return err
	})
	return a, err
}

// call makes one call and checks its answer. GET carries the form in the
// address, every other method in the body, DELETE included (SOOP Open API,
// filter/{type}).
func (s *session) call(ctx context.Context, r request) (members, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	c := httpcall.Request{
		Op: r.op, Method: r.method, URL: s.address(r.op), Secrets: r.secrets, Header: http.Header{"Accept": {"*/*"}},
	}
	if r.method == http.MethodGet {
		c.URL += "?" + r.form.Encode()
	} else {
		c.Body = r.form.Encode()
		c.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	came, err := s.http.Do(ctx, c)
	if err != nil {
		return nil, err
	}
	return response{came, r.withToken}.check()
}
