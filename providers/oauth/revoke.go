package oauth

import (
	"context"
	"fmt"

	"cuelight/internal/secret"
	"cuelight/providers"
)

// Revoke has revoke end the token at the platform, then forgets it. Nobody
// refreshes it meanwhile. client is the application's secret. Where revoke fails
// the token is kept, and its error is returned as it is.
func (s *Source) Revoke(ctx context.Context, revoke func(ctx context.Context, client secret.Text, t Token) error) error {
	if err := s.acquire(); err != nil {
		return err
	}
	defer s.running.Done()
	unlock, err := s.cfg.Vault.Lock(ctx)
	if err != nil {
		return fmt.Errorf("lock the account's secrets: %w", err)
	}
	defer unlock()
	t, found, err := load(ctx, s.cfg.Vault)
	if err != nil {
		return err
	}
	if !found {
		return signInNeeded("signin.none")
	}
	if saved, err := s.saveUnsaved(ctx, t); err != nil {
		return err
	} else if saved != nil {
		t = *saved
	}
	client, err := s.clientSecret(ctx)
	if err != nil {
		return err
	}
	call, cancel := context.WithTimeout(ctx, CallTimeout)
	defer cancel()
	if err := revoke(call, client, t); err != nil {
		return err
	}
	s.resetPending()
	forget, stop := context.WithTimeout(context.WithoutCancel(ctx), saveTimeout)
	defer stop()
	if err := s.cfg.Vault.Delete(forget, providers.SecretToken); err != nil {
		return fmt.Errorf("forget token: %w", err)
	}
	return nil
}
