// Package providers says what a streaming platform can do, as small
// interfaces that a platform has or has not, and how it fails.
//
// A Provider describes a platform and opens a Session for an account. What
// that session can do is found by type assertion on the interfaces of
// capabilities.go; faces show exactly those. Providers know nothing of OBS, of
// a window or of where secrets are kept: they get a Vault.
package providers

import (
	"context"
	"net/http"
	"time"

	"cuelight/internal/secret"
)

// Provider is one platform. Implementations hold no state of an account.
type Provider interface {
	// Describe tells what the platform is and what it needs. It is pure and
	// cheap: no network, no keyring.
	Describe() Description
	// Open makes a Session for an account. It does not touch the network; it
	// fails with *Error of kind ErrUsage when the account's settings are not
	// usable.
	Open(Account, Environment) (Session, error)
}

// Session is one account of a platform, ready to be used from any goroutine.
// See capabilities.go for what else it may implement.
type Session interface {
	// Close ends what the session has running; it does not sign out. It waits
	// for a token refresh whose request has been sent, so that a rotated token
	// is stored: at most 25 s. A program must close its sessions before it
	// ends, also when it is interrupted.
	Close() error
}

// Environment is what the program supplies to a provider.
type Environment struct {
	// Vault keeps this account's secrets.
	Vault Vault
	// HTTP makes the calls; it must have a time limit. nil means a client of
	// the provider's own with a limit of 15 s.
	HTTP *http.Client
	// Waiting, where present, is called when a call of the session is delayed for
	// about that long, because the platform limits how often it may be called.
	// It must return at once and may be called from any goroutine.
	Waiting func(op string, wait time.Duration)
}

// Vault keeps the secrets of one account. Every call honours its context and
// returns before its deadline.
type Vault interface {
	// Get returns the secret stored under a name; ErrNoSecret when there is none.
	Get(ctx context.Context, name string) (secret.Text, error)
	// Set stores a secret, durably where the machine can.
	Set(ctx context.Context, name string, value secret.Text) error
	// Delete forgets a secret; it is no error when there was none.
	Delete(ctx context.Context, name string) error
	// Lock keeps every other goroutine and every other process out of this
	// account's secrets until unlock is called. It is not re-entrant.
	Lock(ctx context.Context) (unlock func(), err error)
}

// Account is the part of an account that is not secret. It is stored in the
// configuration file.
type Account struct {
	// Name is the user's own name for the account, unique in a configuration.
	Name string `json:"name"`
	// Platform is the ID of the Provider.
	Platform string `json:"platform"`
	// Settings are the values of the provider's Fields that are not secret, by
	// key. A missing or empty value means the field's default.
	Settings map[string]string `json:"settings,omitempty"`
	// Channel is the channel or room worked on, where a platform has several
	// in one account (Kollus Live, Tencent); empty elsewhere.
	Channel string `json:"channel,omitempty"`
	// UserID is who the account belongs to, as the platform names them; empty
	// where it has not told, or nobody has signed in yet.
	UserID string `json:"user_id,omitempty"`
}

// Setting returns the value of a field, or def where it is not set.
func (a Account) Setting(key, def string) string {
	if v := a.Settings[key]; v != "" {
		return v
	}
	return def
}

// Description is what a platform is and needs.
type Description struct {
	// ID is the short name used on the command line: soop, kollus, tencent.
	ID string
	// Name is the platform's name as its users write it.
	Name string
	// Fields are asked for when an account is added, in this order.
	Fields []Field
	// Rooms: what a broadcast goes into is called a room there, not a channel.
	Rooms bool
}

// Field is one value that an account needs.
type Field struct {
	// Key is the name in Account.Settings, or in the Vault where Secret is set.
	// Faces find the words for it under "field.<key>".
	Key string
	// Secret fields go to the Vault, never to the configuration file.
	Secret bool
	// Required fields have no usable default.
	Required bool
	// Advanced fields are hidden until asked for.
	Advanced bool
	// Default is used where the user gives nothing.
	Default string
	// Options, where present, are the only values allowed.
	Options []string
	// Check validates a value the user typed; nil allows everything. Its error is
	// an *Error of kind ErrUsage naming the field.
	Check func(string) error
}

// Names of the secrets that providers and the program share.
const (
	// SecretClient is the client secret of the registered application.
	SecretClient = "client_secret"
	// SecretToken is the token pair, as one value.
	SecretToken = "token"
)
