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
		return s.refresh(context.WithoutCancel(ctx), rejected)
	})
	select {
	case <-ctx.Done():
		return secret.Text{}, unreachable(ctx.Err())
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
		return unreachable(errors.New("session closed"))
	}
	s.running.Add(1)
	return nil
}

// unreachable is the error of a refresh that has not reached the platform.
func unreachable(cause error) error {
	return &providers.Error{Kind: providers.ErrUnreachable, Op: opToken, Err: cause}
}

// refresh takes the lock, reads the token again, and, unless somebody else has
// refreshed it meanwhile, requests a new one, saves it, and returns it. Until
// the request is sent it ends with Close; from then on nothing cuts it short.
func (s *Source) refresh(ctx context.Context, rejected secret.Text) (secret.Text, error) {
	early, cancel := context.WithTimeout(ctx, lockTimeout)
	defer cancel()
	defer context.AfterFunc(s.closing, cancel)()
	unlock, err := s.cfg.Vault.Lock(early)
	if err != nil {
		return secret.Text{}, fmt.Errorf("lock the account's secrets: %w", err)
	}
	defer unlock()
	t, found, err := load(early, s.cfg.Vault)
	if err != nil {
		return secret.Text{}, err
	}
	if !found {
		return secret.Text{}, signInNeeded("signin.none")
	}
	now := s.cfg.Now()
	usable := func(t Token) bool { return t.valid(now) && (rejected.Empty() || !t.Access.Equal(rejected)) }
	if saved, err := s.saveUnsaved(ctx, t); err != nil {
		return s.keepOldToken(t, usable(t), err)
	} else if saved != nil {
		t = *saved
	}
	stillValid := usable(t)
	if stillValid && !t.due(now, s.cfg.EarlyRefresh) {
		return t.Access, nil
	}
	if t.Refresh.Empty() {
		return s.dropRefreshToken(ctx, t, stillValid, signInNeeded("signin.expired"))
	}
	client, err := s.clientSecret(early)
	if err != nil {
		return s.keepOldToken(t, stillValid, err)
	}
	if early.Err() != nil {
		return s.keepOldToken(t, stillValid, unreachable(early.Err()))
	}
	return s.requestToken(ctx, client, t, stillValid)
}

// requestToken sends the refresh token, once, and saves the new token before
// returning it. The old one may be spent as soon as the request is sent, so
// nothing comes between the answer and saving it.
func (s *Source) requestToken(ctx context.Context, client secret.Text, t Token, stillValid bool) (secret.Text, error) {
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
	if err := s.save(ctx, fresh); err != nil {
		s.mu.Lock()
		s.unsaved, s.unsavedFrom = &fresh, t.Refresh
		s.mu.Unlock()
		return secret.Text{}, err
	}
	s.resetPending()
	return fresh.Access, nil
}

// save stores a token, within a timeout of its own.
func (s *Source) save(ctx context.Context, t Token) error {
	ctx, cancel := context.WithTimeout(ctx, saveTimeout)
	defer cancel()
	return save(ctx, s.cfg.Vault, t)
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
	if err := s.save(ctx, *waiting); err != nil {
		return nil, err
	}
	s.resetPending()
	return waiting, nil
}

// saveAtClose tries a last time to store a token that the Vault failed to store.
func (s *Source) saveAtClose() error {
	if !s.hasUnsaved() {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), saveTimeout)
	defer cancel()
	unlock, err := s.cfg.Vault.Lock(ctx)
	if err != nil {
		return fmt.Errorf("lock the account's secrets: %w", err)
	}
	defer unlock()
	t, found, err := load(ctx, s.cfg.Vault)
	if err != nil || !found {
		return err
	}
	_, err = s.saveUnsaved(ctx, t)
	return err
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
		ctx, cancel := context.WithTimeout(ctx, saveTimeout)
		defer cancel()
		if err := s.cfg.Vault.Delete(ctx, providers.SecretToken); err != nil {
			return secret.Text{}, errors.Join(cause, fmt.Errorf("forget token: %w", err))
		}
		return secret.Text{}, cause
	}
	if !t.Refresh.Empty() {
		t.Refresh = secret.Text{}
		if err := s.save(ctx, t); err != nil {
			return secret.Text{}, errors.Join(cause, err)
		}
	}
	return t.Access, nil
}
