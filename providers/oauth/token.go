package oauth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers"
)

// Token is the token pair of a sign-in.
type Token struct {
	// Access is sent with every call; Refresh obtains the next Access. Refresh
	// is empty where the platform sent none, or has rejected it.
	Access, Refresh secret.Text
	// Type is "Bearer" on every platform known; Scope is empty where the
	// platform does not say.
	Type, Scope string
	// Issued is when the answer came, by this machine's clock. Expires is when
	// Access ends, zero where that is not known.
	Issued, Expires time.Time
}

// storedToken is a Token as the Vault stores it. It exists because secret.Text
// encodes as a mask; this is the only place where the plain values are encoded.
type storedToken struct {
	Access  string    `json:"access"`
	Refresh string    `json:"refresh,omitempty"`
	Type    string    `json:"type,omitempty"`
	Scope   string    `json:"scope,omitempty"`
	Issued  time.Time `json:"issued,omitzero"`
	Expires time.Time `json:"expires,omitzero"`
}

// Encode returns the single value that a Vault stores for a Token.
func (t Token) Encode() (secret.Text, error) {
	plain, err := json.Marshal(storedToken{
		Access: t.Access.Reveal(), Refresh: t.Refresh.Reveal(), Type: t.Type,
		Scope: t.Scope, Issued: t.Issued, Expires: t.Expires,
	})
	if err != nil {
		return secret.Text{}, fmt.Errorf("encode token: %w", err)
	}
	return secret.New(string(plain)), nil
}

// DecodeToken reads what Encode made. Its error never quotes the value.
func DecodeToken(value secret.Text) (Token, error) {
	var s storedToken
	if err := json.Unmarshal([]byte(value.Reveal()), &s); err != nil {
		return Token{}, errors.New("stored token is not readable")
	}
	if s.Access == "" {
		return Token{}, errors.New("stored token is empty")
	}
	return Token{
		Access: secret.New(s.Access), Refresh: secret.New(s.Refresh), Type: s.Type,
		Scope: s.Scope, Issued: s.Issued, Expires: s.Expires,
	}, nil
}

// valid reports whether Access can still be expected to work.
func (t Token) valid(now time.Time) bool {
	return !t.Access.Empty() && (t.Expires.IsZero() || now.Before(t.Expires))
}

// due reports whether it is time to refresh: early before the end, or half of
// its life before the end where it lives shorter than twice early.
func (t Token) due(now time.Time, early time.Duration) bool {
	if t.Expires.IsZero() {
		return false
	}
	if !t.Issued.IsZero() {
		early = min(early, t.Expires.Sub(t.Issued)/2)
	}
	return !now.Before(t.Expires.Add(-early))
}

// load reads the token from the Vault; found is false where there is none. A
// value that cannot be decoded counts as none: signing in again replaces it.
func load(ctx context.Context, vault providers.Vault) (t Token, found bool, err error) {
	value, err := vault.Get(ctx, providers.SecretToken)
	if errors.Is(err, providers.ErrNoSecret) {
		return Token{}, false, nil
	}
	if err != nil {
		return Token{}, false, fmt.Errorf("read token: %w", err)
	}
	t, err = DecodeToken(value)
	return t, err == nil, nil
}

// save stores the token.
func save(ctx context.Context, vault providers.Vault, t Token) error {
	value, err := t.Encode()
	if err != nil {
		return err
	}
	if err := vault.Set(ctx, providers.SecretToken, value); err != nil {
		return fmt.Errorf("save token: %w", err)
	}
	return nil
}
