package oauth

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"time"

	"golang.org/x/oauth2"

	"cuelight/internal/secret"
	"cuelight/providers"
)

// maxBody bounds an answer of a token endpoint, in bytes; real ones are
// under 4 KiB.
const maxBody = 1 << 20

// Endpoint is a platform's token endpoint as one account uses it.
type Endpoint struct {
	// TokenURL takes the code and the refresh token.
	TokenURL string
	// ClientID and RedirectURI are as registered with the platform.
	ClientID, RedirectURI string
	// HTTP makes the calls; nil means http.DefaultTransport with CallTimeout.
	HTTP *http.Client
	// UserAgent is sent where it is not empty.
	UserAgent string
	// Inspect, where present, sees every JSON answer with a status below 500
	// before it is read as a token, for platforms that hide a refusal in it.
	// Its error should be a *providers.Error and ends the call.
	Inspect func(status int, body []byte) error
	// Dialect, where present, is how the calls are written and read; nil means as
	// in RFC 6749.
	Dialect *Dialect
}

// exchange obtains a token for the one-time code that answers a request.
func (e Endpoint) exchange(ctx context.Context, client secret.Text, request providers.SignInRequest, code string, now func() time.Time) (Token, error) {
	t, err := e.config(client).Exchange(e.withClient(ctx), code, e.Dialect.codeOptions(request)...)
	if err != nil {
		return Token{}, callError(ctx, err, grantCode, client, secret.New(code))
	}
	return e.tokenFrom(t, now()), nil
}

// refresh obtains a new token for a refresh token. The result's Refresh is the
// old one where the platform sent none.
func (e Endpoint) refresh(ctx context.Context, client, old secret.Text, now func() time.Time) (Token, error) {
	source := e.config(client).TokenSource(e.withClient(ctx), &oauth2.Token{RefreshToken: old.Reveal()})
	t, err := source.Token()
	if err != nil {
		return Token{}, callError(ctx, err, grantRefresh, client, old)
	}
	got := e.tokenFrom(t, now())
	if got.Refresh.Empty() {
		got.Refresh = old
	}
	return got, nil
}

// config is the client as x/oauth2 sees it. The style of authentication is
// fixed: left to be detected, a one-time code would be sent twice.
func (e Endpoint) config(client secret.Text) *oauth2.Config {
	return &oauth2.Config{
		ClientID: e.ClientID, ClientSecret: client.Reveal(), RedirectURL: e.RedirectURI,
		Endpoint: oauth2.Endpoint{TokenURL: e.TokenURL, AuthStyle: oauth2.AuthStyleInParams},
	}
}

// withClient makes x/oauth2 use a client whose responses pass jsonTransport.
func (e Endpoint) withClient(ctx context.Context) context.Context {
	client := http.Client{Timeout: CallTimeout}
	if e.HTTP != nil {
		client = *e.HTTP
	}
	base := client.Transport
	if base == nil {
		base = http.DefaultTransport
	}
	client.Transport = jsonTransport{base: base, endpoint: e}
	// A redirect would carry the secrets of the body to another address.
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	client.Jar = nil
	return context.WithValue(ctx, oauth2.HTTPClient, &client)
}

// tokenFrom turns what x/oauth2 read into a Token, with the end of its life counted
// from now by the Source's clock.
func (e Endpoint) tokenFrom(t *oauth2.Token, now time.Time) Token {
	scope, _ := t.Extra("scope").(string)
	got := Token{
		Access: secret.New(t.AccessToken), Refresh: secret.New(t.RefreshToken),
		Type: t.TokenType, Scope: scope, Issued: now,
	}
	if t.ExpiresIn > 0 {
		got.Expires = now.Add(time.Duration(t.ExpiresIn) * time.Second)
	}
	return got
}

// jsonTransport is the transport below x/oauth2: it reads the whole response,
// reports the errors that x/oauth2 would lose, and passes on plain JSON.
type jsonTransport struct {
	base     http.RoundTripper
	endpoint Endpoint
}

// RoundTrip fails with *providers.Error where the response cannot be a token
// endpoint's; http.Client wraps that, callError unwraps it.
func (r jsonTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	grant, err := r.endpoint.Dialect.encode(req)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "application/json, */*;q=0.5")
	if r.endpoint.UserAgent != "" {
		req.Header.Set("User-Agent", r.endpoint.UserAgent)
	}
	resp, err := r.base.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxBody+1))
	_ = resp.Body.Close()
	if err != nil {
		return nil, &providers.Error{Kind: providers.ErrUnreachable, Reason: "answer.cut", Err: err}
	}
	if err := statusError(resp, body); err != nil {
		return nil, err
	}
	if r.endpoint.Inspect != nil {
		if err := r.endpoint.Inspect(resp.StatusCode, body); err != nil {
			return nil, err
		}
	}
	if body, err = r.endpoint.Dialect.decode(grant, resp.StatusCode, body); err != nil {
		return nil, err
	}
	// Platforms label JSON as text/html or text/plain, which x/oauth2 would
	// read as a query string.
	resp.Header.Set("Content-Type", "application/json")
	resp.Body = io.NopCloser(bytes.NewReader(normalizeJSON(body)))
	return resp, nil
}

// normalizeJSON drops a byte order mark and an "expires_in" that x/oauth2 could not
// read, so that a malformed number does not lose the token.
func normalizeJSON(body []byte) []byte {
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")))
	var members map[string]json.RawMessage
	if json.Unmarshal(body, &members) != nil {
		return body
	}
	var seconds json.Number
	raw, present := members["expires_in"]
	if !present {
		return body
	}
	if json.Unmarshal(raw, &seconds) == nil {
		if _, err := seconds.Int64(); err == nil {
			return body
		}
	}
	delete(members, "expires_in")
	if f, err := seconds.Float64(); err == nil && f > 0 && f < 1<<31 {
		members["expires_in"], _ = json.Marshal(int64(f))
	}
	again, err := json.Marshal(members)
	if err != nil {
		return body
	}
	return again
}

// looksLikeHTML recognises a block page or an error page.
func looksLikeHTML(body []byte) bool {
	return strings.HasPrefix(strings.TrimSpace(string(body[:min(len(body), 512)])), "<")
}
