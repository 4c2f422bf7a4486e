package oauth

import (
	"context"
	"errors"
	"fmt"

	"cuelight/internal/secret"
	"cuelight/providers"
)

// refreshOnce runs one refresh for all goroutines that ask at the same time.
// The refresh itself does not end with the caller's context: a refresh token
// that has been sent is spent, and its answer must reach the Vault.
func (s *Source) refreshOnce(ctx context.Context, rejected secret.Text) (secret.Text, error) {
	if err := s.acquire(); err != nil {
		return secret.Text{}, err
	}
	defer s.running.Done()
	// Callers with the same rejected token share one refresh; refreshes for
	// different tokens are serialised by the Vault's lock.
	got := s.group.DoChan(rejected.Reveal(), func() (any, error) {
		if err := s.acquire(); err != nil {
			return secret.Text{}, err
		}
		defer s.running.Done()
		own, cancel := context.WithTimeout(context.WithoutCancel(ctx), refreshTimeout)
		defer cancel()
		return s.refresh(own, rejected)
	})
	select {
	case <-ctx.Done():
		return secret.Text{}, &providers.Error{Kind: providers.ErrUnreachable, Op: opToken, Err: ctx.Err()}
	case r := <-got:
		if r.Err != nil {
			return secret.Text{}, r.Err
		}
		return r.Val.(secret.Text), nil
	}
}

// acquire registers one more user of the Source, or fails after Close.
func (s *Source) acquire() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return &providers.Error{Kind: providers.ErrUnreachable, Op: opToken, Err: errors.New("session closed")}
	}
	s.running.Add(1)
	return nil
}

// refresh takes the lock, reads the token again, and, unless somebody else has
// refreshed it meanwhile, requests a new one, saves it, and returns it.
func (s *Source) refresh(ctx context.Context, rejected secret.Text) (secret.Text, error) {
	unlock, err := s.cfg.Vault.Lock(ctx)
	if err != nil {
		return secret.Text{}, fmt.Errorf("lock the account's secrets: %w", err)
	}
	defer unlock()
	t, found, err := load(ctx, s.cfg.Vault)
	if err != nil {
		return secret.Text{}, err
	}
	if !found {
		return secret.Text{}, signInNeeded("signin.none")
	}
	if kept, err := s.saveUnsaved(ctx, t); err != nil || kept != nil {
		if err != nil {
			return secret.Text{}, err
		}
		t = *kept
	}
	now := s.cfg.Now()
	stillValid := t.valid(now) && (rejected.Empty() || !t.Access.Equal(rejected))
	if stillValid && !t.due(now, s.cfg.EarlyRefresh) {
		return t.Access, nil
	}
	if t.Refresh.Empty() {
		return s.dropRefreshToken(ctx, t, stillValid, signInNeeded("signin.expired"))
	}
	return s.requestToken(ctx, t, stillValid)
}

// requestToken sends the refresh token, once, and saves the new token before
// returning it.
func (s *Source) requestToken(ctx context.Context, t Token, stillValid bool) (secret.Text, error) {
	client, err := s.clientSecret(ctx)
	if err != nil {
		return s.keepOldToken(t, stillValid, err)
	}
	call, cancel := context.WithTimeout(ctx, CallTimeout)
	defer cancel()
	fresh, err := s.cfg.Endpoint.refresh(call, client, t.Refresh, s.cfg.Now)
	if rejectsRefresh(err) {
		return s.dropRefreshToken(ctx, t, stillValid, err)
	}
	if err != nil {
		return s.keepOldToken(t, stillValid, err)
	}
	if fresh.Scope == "" {
		fresh.Scope = t.Scope // an answer without scope means it is unchanged (RFC 6749, 5.1)
	}
	if err := save(ctx, s.cfg.Vault, fresh); err != nil {
		s.mu.Lock()
		s.unsaved, s.unsavedFrom = &fresh, t.Refresh
		s.mu.Unlock()
		return secret.Text{}, err
	}
	s.resetPending()
	return fresh.Access, nil
}

// saveUnsaved tries again to store a token that the Vault failed to store before.
// It returns nil where there is none, or where the stored token was replaced
// meanwhile.
func (s *Source) saveUnsaved(ctx context.Context, now Token) (*Token, error) {
	s.mu.Lock()
	waiting, from := s.unsaved, s.unsavedFrom
	s.mu.Unlock()
	if waiting == nil {
		return nil, nil
	}
	if !now.Refresh.Equal(from) {
		s.resetPending()
		return nil, nil
	}
	if err := save(ctx, s.cfg.Vault, *waiting); err != nil {
		return nil, err
	}
	s.resetPending()
	return waiting, nil
}

// keepOldToken returns the old token while it is valid, and schedules the next
// attempt to refresh it.
func (s *Source) keepOldToken(t Token, stillValid bool, err error) (secret.Text, error) {
	if !stillValid {
		return secret.Text{}, err
	}
	s.mu.Lock()
	s.nextEarlyRefresh = s.cfg.Now().Add(earlyRetryInterval)
	s.mu.Unlock()
	return t.Access, nil
}

// dropRefreshToken forgets a rejected refresh token so that it is not sent again.
// The access token is kept while it is valid and forgotten with it otherwise.
func (s *Source) dropRefreshToken(ctx context.Context, t Token, stillValid bool, cause error) (secret.Text, error) {
	if !stillValid {
		if err := s.cfg.Vault.Delete(ctx, providers.SecretToken); err != nil {
			return secret.Text{}, errors.Join(cause, fmt.Errorf("forget token: %w", err))
		}
		return secret.Text{}, cause
	}
	if !t.Refresh.Empty() {
		t.Refresh = secret.Text{}
		if err := save(ctx, s.cfg.Vault, t); err != nil {
			return secret.Text{}, errors.Join(cause, err)
		}
	}
	return t.Access, nil
}
