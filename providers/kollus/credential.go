package kollus

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/internal/lenient"
	"cuelight/providers/oauth"
)

// credential supplies the Bearer token of a call.
type credential interface {
	oauth.TokenSource
	signedIn(context.Context) (bool, error)
	signOut(context.Context) error
	expiresAt(context.Context) (time.Time, error)
	close() error
}

// oauthCredential is a token pair, refreshed with rotation.
type oauthCredential struct{ *oauth.Source }

func (c oauthCredential) signedIn(ctx context.Context) (bool, error) { return c.SignedIn(ctx) }

func (c oauthCredential) signOut(ctx context.Context) error { return c.SignOut(ctx) }

func (c oauthCredential) expiresAt(ctx context.Context) (time.Time, error) { return c.ExpiresAt(ctx) }

func (c oauthCredential) close() error { return c.Close() }

// secretTokenAdded is the name in the Vault of when a Personal Access Token was
// first seen.
const secretTokenAdded = "personal_token_added"

// tokenCredential is a Personal Access Token: shown once by the console, good
// for a year, never refreshed (document, Personal Access Tokens).
type tokenCredential struct {
	vault providers.Vault
	now   func() time.Time
}

// Token implements oauth.Tokens.
func (c *tokenCredential) Token(ctx context.Context) (secret.Text, error) {
	token, err := c.vault.Get(ctx, FieldPersonalToken)
	if errors.Is(err, providers.ErrNoSecret) || err == nil && token.Empty() {
		return secret.Text{}, &providers.Error{Kind: providers.ErrSignIn, Op: "sign in", Field: FieldPersonalToken, Reason: "signin.none"}
	}
	if err != nil {
		return secret.Text{}, fmt.Errorf("read token: %w", err)
	}
	return secret.New(strings.TrimSpace(token.Reveal())), nil
}

// Replace implements oauth.Tokens: there is no other token, unless the user has stored one meanwhile.
func (c *tokenCredential) Replace(ctx context.Context, used secret.Text) (secret.Text, error) {
	token, err := c.Token(ctx)
	if err != nil || !token.Equal(used) {
		return token, err
	}
	return secret.Text{}, &providers.Error{
		Kind: providers.ErrSignIn, Op: "sign in", Field: FieldPersonalToken, Reason: "signin.token_rejected",
	}
}

func (c *tokenCredential) signedIn(ctx context.Context) (bool, error) {
	token, err := c.Token(ctx)
	if errors.Is(err, providers.ErrSignIn) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	ends := jwtExpiry(token)
	return ends.IsZero() || c.now().Before(ends), nil
}

func (c *tokenCredential) signOut(ctx context.Context) error {
	unlock, err := c.vault.Lock(ctx)
	if err != nil {
		return fmt.Errorf("lock the account's secrets: %w", err)
	}
	defer unlock()
	return errors.Join(c.vault.Delete(ctx, FieldPersonalToken), c.vault.Delete(ctx, secretTokenAdded))
}

func (c *tokenCredential) close() error { return nil }

// store replaces the token.
func (c *tokenCredential) store(ctx context.Context, token secret.Text) error {
	unlock, err := c.vault.Lock(ctx)
	if err != nil {
		return fmt.Errorf("lock the account's secrets: %w", err)
	}
	defer unlock()
	if err := c.vault.Set(ctx, FieldPersonalToken, token); err != nil {
		return fmt.Errorf("save token: %w", err)
	}
	return c.saveAdded(ctx, token)
}

// expiresAt returns when the token expires: as its claims say where it is a JWT,
// else a year after it was first seen, which is the day it was added.
func (c *tokenCredential) expiresAt(ctx context.Context) (time.Time, error) {
	token, err := c.Token(ctx)
	if err != nil {
		return time.Time{}, err
	}
	if ends := jwtExpiry(token); !ends.IsZero() {
		return ends, nil
	}
	noted, err := c.vault.Get(ctx, secretTokenAdded)
	if err != nil && !errors.Is(err, providers.ErrNoSecret) {
		return time.Time{}, fmt.Errorf("read when the token was added: %w", err)
	}
	var a addedNote
	if json.Unmarshal([]byte(noted.Reveal()), &a) != nil || a.Fingerprint != fingerprint(token) {
		a.Added = c.now()
		if err := c.saveAdded(ctx, token); err != nil {
			return time.Time{}, err
		}
	}
	return a.Added.AddDate(1, 0, 0).UTC(), nil
}

// addedNote records when a token was added. Fingerprint identifies the token.
type addedNote struct {
	Fingerprint string    `json:"mark"`
	Added       time.Time `json:"added"`
}

func (c *tokenCredential) saveAdded(ctx context.Context, token secret.Text) error {
	plain, err := json.Marshal(addedNote{fingerprint(token), c.now().UTC()})
	if err != nil {
		return fmt.Errorf("note when the token was added: %w", err)
	}
	if err := c.vault.Set(ctx, secretTokenAdded, secret.New(string(plain))); err != nil {
		return fmt.Errorf("note when the token was added: %w", err)
	}
	return nil
}

func fingerprint(token secret.Text) string {
	sum := sha256.Sum256([]byte(token.Reveal()))
	return hex.EncodeToString(sum[:8])
}

// jwtExpiry reads the exp claim of a JWT (RFC 7519, 4.1.4); zero where the token
// is no JWT. The signature is not checked: the time is only used for warnings.
func jwtExpiry(token secret.Text) time.Time {
	parts := strings.Split(token.Reveal(), ".")
	if len(parts) != 3 {
		return time.Time{}
	}
	payload, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(parts[1], "="))
	if err != nil {
		return time.Time{}
	}
	var claims struct {
		Expires lenient.Number `json:"exp"`
	}
	if json.Unmarshal(payload, &claims) != nil || claims.Expires.Value < 1e9 || claims.Expires.Value > 1e11 {
		return time.Time{}
	}
	return time.Unix(int64(claims.Expires.Value), 0).UTC()
}
