package chzzk

import (
	"context"
	"encoding/json"
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
	clientID, baseURL string

	vault   providers.Vault
	http    *httpcall.Client
	tokens  *oauth.Source
	retrier oauth.Retrier
}

// address returns an endpoint's URL, by its path.
func (c *api) address(path string) string { return c.baseURL + "/" + path }

// request is one call of the API.
type request struct {
	// op is the path below open/v1, which also names the call in errors.
	op string
	// method is empty for GET.
	method string
	query  url.Values
	// body is sent as JSON; nil sends none.
	body any
	// right is the scope that a call as the user needs, as the platform's developer
	// page has it.
	right string
}

// asUser makes a call with the token of the sign-in. A rejected token is replaced
// and the call repeated, once. Tokens that lack a scope are rejected at the calls
// that need it and at no other, so rejections are remembered by call.
func (c *api) asUser(ctx context.Context, r request) (a answer, err error) {
	err = c.retrier.Do(ctx, c.tokens, r.method+r.op, func(token secret.Text) error {
		var err error
		a, err = c.call(ctx, r, http.Header{"Authorization": {"Bearer " + token.Reveal()}}, token)
		return err
	})
	if e, ok := errors.AsType[*providers.Error](err); ok && e.Reason == reasonRejected && e.Op == r.op {
		// It was new: a token that has merely ended is replaced, and one whose
		// sign-in has ended cannot be.
		scope := *e
		scope.Kind, scope.Reason, scope.Right = providers.ErrNotGranted, "platform.scope_or_signin", r.right
		return a, &scope
	}
	return a, err
}

// asClient makes a call as the application.
func (c *api) asClient(ctx context.Context, r request) (answer, error) {
	client, err := c.vault.Get(ctx, FieldClientSecret)
	if errors.Is(err, providers.ErrNoSecret) || (err == nil && client.Empty()) {
		return answer{}, usage(FieldClientSecret, "client_secret.missing", 0)
	}
	if err != nil {
		return answer{}, err
	}
	return c.call(ctx, r, http.Header{"Client-Id": {c.clientID}, "Client-Secret": {client.Reveal()}}, client)
}

// call makes one call with the headers that authorise it, and checks the answer.
// The type of a body is told where there is none as well, as the documents ask.
func (c *api) call(ctx context.Context, r request, authorised http.Header, sent secret.Text) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	out := httpcall.Request{
		Op: r.op, Method: http.MethodGet, URL: c.address("open/v1/" + r.op), Header: authorised, Secrets: []secret.Text{sent},
	}
	out.Header.Set("Accept", "application/json")
	out.Header.Set("Content-Type", "application/json")
	if r.method != "" {
		out.Method = r.method
	}
	if len(r.query) > 0 {
		out.URL += "?" + r.query.Encode()
	}
	if r.body != nil {
		plain, err := json.Marshal(r.body)
		if err != nil {
			return answer{}, &providers.Error{Kind: providers.ErrUsage, Op: r.op, Err: err}
		}
		out.Body = string(plain)
	}
	return c.send(ctx, out, r.right)
}

// send makes a call as it is, and checks the answer. right is the scope that it
// needs, where it needs one.
func (c *api) send(ctx context.Context, out httpcall.Request, right string) (answer, error) {
	came, err := c.http.Do(ctx, out)
	if err != nil {
		return answer{}, err
	}
	a := answer{Response: came, asUser: out.Header.Get("Authorization") != "", right: right}
	err = a.check()
	return a, err
}
