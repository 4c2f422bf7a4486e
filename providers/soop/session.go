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

// A session can do all of this.
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
	web     *httpcall.Client
	tokens  *oauth.Source
	repeats oauth.Repeats
}

// Close implements providers.Session.
func (s *session) Close() error {
	err := s.tokens.Close()
	s.web.Close()
	return err
}

// address gives an endpoint's URL.
func (s *session) address(op string) string { return s.baseURL + "/" + op }

// asking is one call of the API.
type asking struct {
	method, op string
	form       url.Values
	// sent are the secrets in the form.
	sent []secret.Text
	// signed: the form carries a token.
	signed bool
}

// signed makes a call as the signed-in user: POST, with the token in the form.
// A rejected token is replaced and the call repeated, once.
func (s *session) signed(ctx context.Context, op string, form url.Values) (a answer, err error) {
	err = s.repeats.Do(ctx, s.tokens, op, func(token secret.Text) error {
		with := url.Values{"access_token": {token.Reveal()}}
		for name, values := range form {
			with[name] = values
		}
		var err error
		a, err = s.call(ctx, asking{method: http.MethodPost, op: op, form: with, sent: []secret.Text{token}, signed: true})
		return err
	})
	return a, err
}

// call makes one call and judges its answer. GET carries the form in the
// address, every other method in the body, DELETE included (SOOP Open API,
// filter/{type}).
func (s *session) call(ctx context.Context, r asking) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	c := httpcall.Call{
		Op: r.op, Method: r.method, Address: s.address(r.op), Sent: r.sent, Header: http.Header{"Accept": {"*/*"}},
	}
	if r.method == http.MethodGet {
		c.Address += "?" + r.form.Encode()
	} else {
		c.Body = r.form.Encode()
		c.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	came, err := s.web.Do(ctx, c)
	if err != nil {
		return nil, err
	}
	return exchange{came, r.signed}.judge()
}
