package kollus

import (
	"context"
	"errors"
	"sync"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/internal/httpcall"
	"cuelight/providers/internal/ingeststore"
	"cuelight/providers/oauth"
)

// common is what both kinds of session can do.
type common interface {
	providers.Session
	providers.SignedIn
	providers.TokenInfo
	providers.Verifier
	providers.Forgetter
	providers.Channels
	providers.Editor
	providers.Ingester
	providers.IngestKeeper
	providers.Creators
	providers.LiveStatus
	providers.Statistics
}

var (
	_ interface {
		common
		providers.BrowserSignIn
		providers.EncoderLimits
	} = (*browserSession)(nil)
	_ interface {
		common
		providers.TokenSignIn
		providers.EncoderLimits
	} = (*tokenSession)(nil)
)

// session is one account, with at most one channel.
type session struct {
	// channel is the key of the account's channel; may be empty.
	channel string
	// root is the service account's address, without a slash at the end.
	root string

	vault      providers.Vault
	ingests    ingeststore.Store
	http       *httpcall.Client
	credential credential
	retrier    oauth.Retrier
	limiter    *limiter
	onWait     func(op string, wait time.Duration)
	now        func() time.Time

	mu sync.Mutex // guards what follows
	// cached is the channel as it was answered at cachedAt, so that several
	// questions about it need one call.
	cached   *channelData
	cachedAt time.Time
}

// Close implements providers.Session.
func (s *session) Close() error {
	err := s.credential.close()
	s.http.Close()
	return err
}

// SignedIn implements providers.SignedIn.
func (s *session) SignedIn(ctx context.Context) (bool, error) { return s.credential.signedIn(ctx) }

// SignOut implements providers.SignedIn.
func (s *session) SignOut(ctx context.Context) error { return s.credential.signOut(ctx) }

// TokenExpires implements providers.TokenInfo. A Personal Access Token lives a
// year (document, 유의 사항) from the day it was added, unless it says itself
// when it ends.
func (s *session) TokenExpires(ctx context.Context) (time.Time, error) {
	return s.credential.expiresAt(ctx)
}

// Forget implements providers.Forgetter.
func (s *session) Forget(ctx context.Context) error {
	return errors.Join(
		s.ingests.RemoveAll(ctx),
		s.vault.Delete(ctx, secretTokenAdded), s.vault.Delete(ctx, secretNextCall),
	)
}

// verify lists one channel: it checks the token and the service account.
func (s *session) verify(ctx context.Context) error {
	_, err := s.Channels(ctx, providers.ChannelQuery{PerPage: 1})
	return err
}

// verifyAndWait is verify for an account that is not saved yet. Its Vault may not
// be shared with other processes, so the limit of calls is kept by waiting until
// the next call may be made.
func (s *session) verifyAndWait(ctx context.Context) error {
	err := s.verify(ctx)
	timer := time.NewTimer(s.limiter.interval)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
	return err
}

// has reports whether the Vault has a value under a name.
func (s *session) has(ctx context.Context, name string) (bool, error) {
	value, err := s.vault.Get(ctx, name)
	if errors.Is(err, providers.ErrNoSecret) {
		return false, nil
	}
	return err == nil && !value.Empty(), err
}

// browserSession signs in through the browser.
type browserSession struct {
	*session
	source                      *oauth.Source
	base, clientID, redirectURI string
}

// tokenSession signs in with a Personal Access Token.
type tokenSession struct {
	*session
	tokens *tokenCredential
}

// Verify implements providers.Verifier. An account without anything to sign in
// with fails with the reason account.either.
func (s *tokenSession) Verify(ctx context.Context) error {
	token, err := s.has(ctx, FieldPersonalToken)
	switch {
	case err != nil:
		return err
	case token:
		return s.verifyAndWait(ctx)
	}
	if given, err := s.has(ctx, FieldClientSecret); err == nil && given {
		return usage(FieldClientID, "client_id.missing")
	}
	return usage(FieldClientID, "account.either")
}

// SignInWithToken implements providers.TokenSignIn. A token that the platform
// rejects is not stored.
func (s *tokenSession) SignInWithToken(ctx context.Context, token secret.Text) error {
	if err := checkPersonalToken(token.Reveal()); err != nil {
		return err
	}
	if err := s.withToken(token).verify(ctx); err != nil {
		return err
	}
	s.retrier.Reset()
	return s.tokens.store(ctx, token)
}

// withToken returns the session with another token, to verify that token.
func (s *session) withToken(token secret.Text) *session {
	return &session{
		root: s.root, vault: s.vault, http: s.http, credential: staticToken{token},
		limiter: s.limiter, onWait: s.onWait, now: s.now,
	}
}

// staticToken is a credential that is not stored: a token to verify.
type staticToken struct{ value secret.Text }

func (g staticToken) Token(context.Context) (secret.Text, error) { return g.value, nil }

func (g staticToken) Replace(context.Context, secret.Text) (secret.Text, error) {
	return secret.Text{}, &providers.Error{
		Kind: providers.ErrSignIn, Op: "sign in", Field: FieldPersonalToken, Reason: "signin.token_rejected",
	}
}
func (g staticToken) signedIn(context.Context) (bool, error)       { return true, nil }
func (g staticToken) signOut(context.Context) error                { return nil }
func (g staticToken) expiresAt(context.Context) (time.Time, error) { return time.Time{}, nil }
func (g staticToken) close() error                                 { return nil }
