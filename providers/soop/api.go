package soop

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/internal/httpcall"
	"cuelight/providers/oauth"
)

// api makes an account's calls of the Open API.
type api struct {
	dialect           dialect
	clientID, baseURL string

	vault   providers.Vault
	http    *httpcall.Client
	tokens  *oauth.Source
	retrier oauth.Retrier
}

// address returns an endpoint's URL.
func (c *api) address(op string) string { return c.baseURL + "/" + op }

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
func (c *api) callSignedIn(ctx context.Context, op string, form url.Values) (a members, err error) {
	err = c.retrier.Do(ctx, c.tokens, op, func(token secret.Text) error {
		with := url.Values{"access_token": {token.Reveal()}}
		for name, values := range form {
			with[name] = values
		}
		var err error
		a, err = c.call(ctx, request{method: http.MethodPost, op: op, form: with, secrets: []secret.Text{token}, withToken: true})
		return err
	})
	return a, err
}

// call makes one call and checks its answer. GET carries the form in the
// address, every other method in the body, DELETE included (SOOP Open API,
// filter/{type}).
func (c *api) call(ctx context.Context, r request) (members, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	out := httpcall.Request{
		Op: r.op, Method: r.method, URL: c.address(r.op), Secrets: r.secrets, Header: http.Header{"Accept": {"*/*"}},
	}
	if r.method == http.MethodGet {
		out.URL += "?" + r.form.Encode()
	} else {
		out.Body = r.form.Encode()
		out.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	came, err := c.http.Do(ctx, out)
	if err != nil {
		return nil, err
	}
	return response{came, r.withToken}.check()
}

// callAsClient makes a call authenticated as the application: the filters belong
// to it, not to the signed-in user.
func (c *api) callAsClient(ctx context.Context, method, op string, form url.Values) (members, error) {
	client, err := c.vault.Get(ctx, FieldClientSecret)
	if errors.Is(err, providers.ErrNoSecret) || (err == nil && client.Empty()) {
		return nil, usage(FieldClientSecret, "client_secret.missing", 0)
	}
	if err != nil {
		return nil, err
	}
	form.Set("client_id", c.clientID)
	form.Set("client_secret", client.Reveal())
	return c.call(ctx, request{method: method, op: op, form: form, secrets: []secret.Text{client}})
}
