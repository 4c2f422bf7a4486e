package vault

import (
	"errors"

	"github.com/zalando/go-keyring"
)

// Keyring is the system's store of secrets. Its calls take no context and may
// never return (a locked Linux keyring with nobody to unlock it): only the
// vault calls them, with a deadline of its own.
type Keyring interface {
	// Get gives the secret of a user of a service; ErrNotInKeyring when there
	// is none.
	Get(service, user string) (string, error)
	Set(service, user, value string) error
	Delete(service, user string) error
}

// ErrNotInKeyring is what a Keyring's Get gives where there is no such secret.
var ErrNotInKeyring = errors.New("not in the keyring")

// ErrNoSessionBus: without a D-Bus session bus there is no keyring to ask (only
// where the keyring is the Secret Service).
var ErrNoSessionBus = errors.New("no session bus, so no keyring")

// SystemKeyring is the Credential Manager on Windows, the Keychain on macOS
// and the Secret Service elsewhere.
type SystemKeyring struct{}

// Get reads one secret.
func (SystemKeyring) Get(service, user string) (string, error) {
	if err := SessionBus(); err != nil {
		return "", err
	}
	value, err := keyring.Get(service, user)
	if errors.Is(err, keyring.ErrNotFound) {
		return "", ErrNotInKeyring
	}
	return value, err
}

// Set stores one secret.
func (SystemKeyring) Set(service, user, value string) error {
	if err := SessionBus(); err != nil {
		return err
	}
	return keyring.Set(service, user, value)
}

// Delete removes one secret; it is no error when there was none.
func (SystemKeyring) Delete(service, user string) error {
	if err := SessionBus(); err != nil {
		return err
	}
	if err := keyring.Delete(service, user); err != nil && !errors.Is(err, keyring.ErrNotFound) {
		return err
	}
	return nil
}
