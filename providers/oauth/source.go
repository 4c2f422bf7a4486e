package oauth

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"cuelight/internal/secret"
	"cuelight/providers"
)

const (
	// CallTimeout bounds one call to a token endpoint.
	CallTimeout = 15 * time.Second
	// EarlyRefresh is how long before its end a token is replaced.
	EarlyRefresh = 5 * time.Minute
	// lockTimeout bounds the wait for another process that has the account's
	// secrets locked, together with reading them.
	lockTimeout = 25 * time.Second
	// saveTimeout bounds storing a new token. It is not shared with the call:
	// a call that took long must not leave too little time to save its answer.
	saveTimeout = 10 * time.Second
	// earlyRetryInterval is the time between two attempts at an early refresh
	// that fails while the old token is still valid.
	earlyRetryInterval = 30 * time.Second
)

// Config makes a Source.
type Config struct {
	// Vault stores the client secret and the token.
	Vault providers.Vault
	// Endpoint is where tokens come from.
	Endpoint Endpoint
	// EarlyRefresh overrides the five minutes.
	EarlyRefresh time.Duration
	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

// Source returns the access token of one account. It may be used from any
// goroutine, and several Sources, in one process or many, may share a Vault:
// each refresh token is sent once.
type Source struct {
	cfg   Config
	group singleflight.Group
	// running counts refreshes, which outlive the call that began them.
	running sync.WaitGroup
	// closing ends when Close is called.
	closing context.Context
	close   context.CancelFunc

	mu sync.Mutex // guards what follows
	// closed is set by Close; no refresh begins afterwards.
	closed bool
	// nextEarlyRefresh is when a failed early refresh may be tried again.
	nextEarlyRefresh time.Time
	// unsaved is a token that the Vault failed to store, unsavedFrom the refresh
	// token it was obtained with. It is stored before it is used.
	unsaved     *Token
	unsavedFrom secret.Text
}

// NewSource makes a Source. It touches neither the Vault nor the network.
func NewSource(cfg Config) *Source {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.EarlyRefresh == 0 {
		cfg.EarlyRefresh = EarlyRefresh
	}
	s := &Source{cfg: cfg}
	s.closing, s.close = context.WithCancel(context.Background())
	return s
}

// Close waits for a refresh whose request has been sent, so that its answer is
// stored: at most CallTimeout for the answer and ten seconds to store it. A
// refresh that has sent nothing yet is given up. A token that could not be
// stored before is tried again.
func (s *Source) Close() error {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.close()
	s.running.Wait()
	return s.saveAtClose()
}

// Exchange turns the one-time code that answers a request into a token and stores
// it. The code is spent even where this fails.
func (s *Source) Exchange(ctx context.Context, request providers.SignInRequest, code string) error {
	if err := s.acquire(); err != nil {
		return err
	}
	defer s.running.Done()
	client, err := s.clientSecret(ctx)
	if err != nil {
		return err
	}
	call, cancel := context.WithTimeout(ctx, CallTimeout)
	defer cancel()
	t, err := s.cfg.Endpoint.exchange(call, client, request, code, s.cfg.Now)
	if err != nil {
		return err
	}
	// The code is spent: giving up now would cost the user another sign-in.
	keep, stop := context.WithTimeout(context.WithoutCancel(ctx), lockTimeout+saveTimeout)
	defer stop()
	unlock, err := s.cfg.Vault.Lock(keep)
	if err != nil {
		return fmt.Errorf("lock the account's secrets: %w", err)
	}
	defer unlock()
	s.resetPending()
	return save(keep, s.cfg.Vault, t)
}

// Token returns an access token that is expected to work, refreshing it first
// where it is about to end. The Vault is read each time, so that signing in or
// out in another process counts at once. Errors: ErrSignIn where there is
// none, or it has ended and cannot be replaced; those of the refresh.
func (s *Source) Token(ctx context.Context) (secret.Text, error) {
	t, found, err := load(ctx, s.cfg.Vault)
	if err != nil {
		return secret.Text{}, err
	}
	if !found {
		return secret.Text{}, signInNeeded("signin.none")
	}
	now := s.cfg.Now()
	wanted := t.due(now, s.cfg.EarlyRefresh) || s.hasUnsaved()
	if !wanted || (t.valid(now) && !s.mayRefreshEarly(t, now)) {
		return t.Access, nil
	}
	return s.refreshOnce(ctx, secret.Text{})
}

// Replace replaces a token that the platform has rejected, whatever its clock
// says, and returns the new one. Where it has been replaced already, the present
// one is returned without asking the platform.
func (s *Source) Replace(ctx context.Context, used secret.Text) (secret.Text, error) {
	return s.refreshOnce(ctx, used)
}

// SignedIn reports whether there is a usable token. It reads only the Vault.
func (s *Source) SignedIn(ctx context.Context) (bool, error) {
	t, found, err := load(ctx, s.cfg.Vault)
	if err != nil || !found {
		return false, err
	}
	return t.valid(s.cfg.Now()) || !t.Refresh.Empty(), nil
}

// SignOut forgets the token; at the platform it stays valid.
func (s *Source) SignOut(ctx context.Context) error {
	unlock, err := s.cfg.Vault.Lock(ctx)
	if err != nil {
		return fmt.Errorf("lock the account's secrets: %w", err)
	}
	defer unlock()
	s.resetPending()
	if err := s.cfg.Vault.Delete(ctx, providers.SecretToken); err != nil {
		return fmt.Errorf("forget token: %w", err)
	}
	return nil
}

// ExpiresAt returns when the present access token expires: zero where that is
// not known. It is ErrSignIn where there is no token.
func (s *Source) ExpiresAt(ctx context.Context) (time.Time, error) {
	t, found, err := load(ctx, s.cfg.Vault)
	if err != nil {
		return time.Time{}, err
	}
	if !found {
		return time.Time{}, signInNeeded("signin.none")
	}
	return t.Expires, nil
}

// clientSecret reads the secret of the registered application.
func (s *Source) clientSecret(ctx context.Context) (secret.Text, error) {
	client, err := s.cfg.Vault.Get(ctx, providers.SecretClient)
	if errors.Is(err, providers.ErrNoSecret) || (err == nil && client.Empty()) {
		return secret.Text{}, &providers.Error{
			Kind: providers.ErrUsage, Op: opToken,
			Field: providers.SecretClient, Reason: "client_secret.missing",
		}
	}
	if err != nil {
		return secret.Text{}, fmt.Errorf("read client secret: %w", err)
	}
	return client, nil
}

// mayRefreshEarly reports whether an early refresh may be attempted now.
func (s *Source) mayRefreshEarly(t Token, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !t.Refresh.Empty() && !now.Before(s.nextEarlyRefresh)
}

// hasUnsaved reports whether a new token still waits to be stored.
func (s *Source) hasUnsaved() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.unsaved != nil
}

// resetPending forgets what was remembered about an earlier token.
func (s *Source) resetPending() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unsaved, s.unsavedFrom, s.nextEarlyRefresh = nil, secret.Text{}, time.Time{}
}

// signInNeeded is the error for an account that has to sign in.
func signInNeeded(reason string) error {
	return &providers.Error{Kind: providers.ErrSignIn, Op: "sign in", Reason: reason}
}
