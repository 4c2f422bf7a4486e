package soop

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers"
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

	vault     providers.Vault
	client    http.Client
	transport *http.Transport // our own, where none was lent
	tokens    *oauth.Source
	now       func() time.Time

	mu        sync.Mutex
	fruitless map[string]fruitless
}

// fruitless is a token that was rejected although it was brand new.
type fruitless struct {
	token secret.Text
	// until is when replacing it may be tried again.
	until time.Time
	err   error
}

// fruitlessFor keeps a call that is polled and always rejected from asking for
// a new token each time.
const fruitlessFor = 5 * time.Minute

// Close implements providers.Session.
func (s *session) Close() error {
	err := s.tokens.Close()
	if s.transport != nil {
		s.transport.CloseIdleConnections()
	}
	return err
}

// address gives an endpoint's URL.
func (s *session) address(op string) string { return s.baseURL + "/" + op }

// signed makes a call as the signed-in user: POST, with the token in the form.
// A rejected token is replaced and the call repeated, once.
func (s *session) signed(ctx context.Context, op string, form url.Values) (answer, error) {
	token, err := s.tokens.Token(ctx)
	if err != nil {
		return nil, err
	}
	a, err := s.withToken(ctx, op, form, token)
	if !errors.Is(err, providers.ErrSignIn) {
		return a, err
	}
	if known := s.knownFruitless(op, token); known != nil {
		return nil, known
	}
	token, replaceErr := s.tokens.Expired(ctx, token)
	if replaceErr != nil {
		return nil, replaceErr
	}
	a, err = s.withToken(ctx, op, form, token)
	if errors.Is(err, providers.ErrSignIn) {
		s.mu.Lock()
		s.fruitless[op] = fruitless{token: token, until: s.now().Add(fruitlessFor), err: err}
		s.mu.Unlock()
	}
	return a, err
}

// knownFruitless gives the error of a token that was rejected when it was new.
func (s *session) knownFruitless(op string, token secret.Text) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, found := s.fruitless[op]
	if !found || !f.token.Equal(token) || s.now().After(f.until) {
		return nil
	}
	return f.err
}

// withToken makes one call with one token.
func (s *session) withToken(ctx context.Context, op string, form url.Values, token secret.Text) (answer, error) {
	with := url.Values{"access_token": {token.Reveal()}}
	for name, values := range form {
		with[name] = values
	}
	return s.call(ctx, http.MethodPost, op, with, exchange{signed: true, sent: []secret.Text{token}})
}

// call makes one call and judges its answer. GET carries the form in the
// address, every other method in the body, DELETE included (SOOP Open API,
// filter/{type}).
func (s *session) call(ctx context.Context, method, op string, form url.Values, x exchange) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	address, body := s.address(op), io.Reader(http.NoBody)
	if method == http.MethodGet {
		address += "?" + form.Encode()
	} else {
		body = strings.NewReader(form.Encode())
	}
	req, err := http.NewRequestWithContext(ctx, method, address, body)
	if err != nil {
		// The parser's words quote the address, and the address may hold a secret.
		return nil, &providers.Error{Kind: providers.ErrUsage, Op: op, Field: FieldBaseURL, Reason: "base_url.invalid"}
	}
	req.Header.Set("Accept", "*/*")
	req.Header.Set("User-Agent", userAgent())
	if method != http.MethodGet {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return nil, unreachable(op, "", err)
	}
	defer resp.Body.Close()
	x.body, err = io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	if err != nil {
		return nil, unreachable(op, "answer.cut", err)
	}
	x.op, x.status, x.header, x.now = op, resp.StatusCode, resp.Header, s.now()
	a, err := x.judge()
	return a, moved(err, resp)
}

// unreachable is the error of a call without an answer. Of *url.Error only the
// cause is kept: its text holds the whole address.
func unreachable(op, reason string, err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		err = u.Err
	}
	return &providers.Error{Kind: providers.ErrUnreachable, Op: op, Reason: reason, Err: err}
}

// moved adds where a redirect leads to, so that the base URL can be mended.
func moved(err error, resp *http.Response) error {
	e, ok := errors.AsType[*providers.Error](err)
	if !ok || e.Reason != "answer.moved" {
		return err
	}
	if to, parseErr := resp.Location(); parseErr == nil {
		e.Err = fmt.Errorf("the service has moved to %s://%s", to.Scheme, to.Host)
	}
	return e
}
