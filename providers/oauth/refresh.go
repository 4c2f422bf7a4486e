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
	// Callers with the same rejected token share one flight; the flights of
	// different tokens are kept apart by the Vault's lock.
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

// acquire counts one more user of the Source, or refuses after Close.
func (s *Source) acquire() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return &providers.Error{Kind: providers.ErrUnreachable, Op: opToken, Err: errors.New("session closed")}
	}
	s.running.Add(1)
	return nil
}

// refresh is the whole of it: lock, read again, and only then, if nobody else
// has done it, ask, store, use.
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

// requestToken sends the refresh token, once, and stores the answer before giving it.
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

// saveUnsaved tries again to store a token that the Vault refused before. It
// gives nil where there is none, or where the Vault has moved on meanwhile.
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

// keepOldToken uses the old token while it works, and keeps the refresh for later.
func (s *Source) keepOldToken(t Token, stillValid bool, err error) (secret.Text, error) {
	if !stillValid {
		return secret.Text{}, err
	}
	s.mu.Lock()
	s.nextEarlyRefresh = s.cfg.Now().Add(earlyRetryInterval)
	s.mu.Unlock()
	return t.Access, nil
}

// dropRefreshToken keeps a dead refresh token from being sent again: the rest of the
// token stays while it works, and goes when it does not.
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
