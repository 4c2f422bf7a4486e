package signin

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers"
)

// AnotherUserError: somebody else than its user has signed in to an account.
// Nothing of that was kept; Accept keeps it. It is of kind providers.ErrSignIn.
type AnotherUserError struct {
	// User is whom the account belongs to, as the platform names them.
	User string
	// Other is who has signed in.
	Other providers.Identity
}

// Error names nobody: it may be in a log.
func (*AnotherUserError) Error() string { return "another user has signed in" }

// Unwrap gives the kind.
func (*AnotherUserError) Unwrap() error {
	return &providers.Error{Kind: providers.ErrSignIn, Op: "sign in", Reason: "signin.another_user"}
}

// heldSignIn is what a sign-in by another user brought.
type heldSignIn struct {
	account string
	user    providers.Identity
	token   secret.Text
}

// Trial is a sign-in to an account whose user is known: what it brings replaces
// the account's token only once it is known not to be somebody else's.
type Trial struct {
	Account providers.Account
	// Vault holds the account's secrets, and Secrets names those that signing in
	// needs.
	Vault   providers.Vault
	Secrets []string
	// Open opens a session of the account with other secrets.
	Open func(providers.Vault) (providers.Session, error)
}

// Try signs in on trial. Where somebody else has signed in, the error is an
// *AnotherUserError. A platform that does not say who it was is trusted: the
// user was there and saw its page.
func (b *Browser) Try(ctx context.Context, trial Trial, way Way) error {
	vault := &providers.MemoryVault{}
	for _, name := range trial.Secrets {
		value, err := trial.Vault.Get(ctx, name)
		if err == nil && name != providers.SecretToken {
			err = vault.Set(ctx, name, value)
		}
		if err != nil && !errors.Is(err, providers.ErrNoSecret) {
			return fmt.Errorf("read %s: %w", name, err)
		}
	}
	session, err := trial.Open(vault)
	if err != nil {
		return err
	}
	defer func() { _ = session.Close() }() // what it stores is in memory
	if err := b.SignIn(ctx, trial.Account.Name, session, way); err != nil {
		return err
	}
	token, err := vault.Get(ctx, providers.SecretToken)
	if err != nil {
		return fmt.Errorf("take the new token: %w", err)
	}
	user := providers.Identity{}
	if can, ok := session.(providers.Identifier); ok {
		user, _ = can.Identity(ctx)
	}
	if user.UserID != "" && !SameUser(user.UserID, trial.Account.UserID) {
		b.hold(&heldSignIn{account: trial.Account.Name, user: user, token: token})
		return &AnotherUserError{User: trial.Account.UserID, Other: user}
	}
	// The identity's calls may have refreshed the token.
	if fresh, err := vault.Get(ctx, providers.SecretToken); err == nil {
		token = fresh
	}
	return keep(ctx, trial.Vault, token)
}

// SameUser reports whether two login names are the same: platforms take either
// case.
func SameUser(a, b string) bool { return strings.EqualFold(a, b) }

// Accept keeps the sign-in of another user that was held, and tells whose it is.
func (b *Browser) Accept(ctx context.Context, account string, vault providers.Vault) (providers.Identity, error) {
	b.mu.Lock()
	held := b.held
	b.mu.Unlock()
	if held == nil || held.account != account {
		return providers.Identity{}, &providers.Error{Kind: providers.ErrUsage, Op: "accept the sign-in", Reason: "signin.none_pending"}
	}
	if err := keep(ctx, vault, held.token); err != nil {
		return providers.Identity{}, err
	}
	b.hold(nil)
	return held.user, nil
}

func (b *Browser) hold(held *heldSignIn) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.held = held
}

// keepTimeout bounds storing a token, with the wait for another process.
const keepTimeout = 35 * time.Second

// keep makes a token the account's. The code is spent: whoever gives up now would
// have to sign in again, so it is kept all the same.
func keep(ctx context.Context, vault providers.Vault, token secret.Text) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepTimeout)
	defer cancel()
	unlock, err := vault.Lock(ctx)
	if err != nil {
		return fmt.Errorf("lock the account's secrets: %w", err)
	}
	defer unlock()
	if err := vault.Set(ctx, providers.SecretToken, token); err != nil {
		return fmt.Errorf("keep the sign-in: %w", err)
	}
	return nil
}
