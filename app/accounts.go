package app

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"cuelight/app/config"
	"cuelight/app/vault"
	"cuelight/internal/secret"
	"cuelight/internal/text"
	"cuelight/providers"
)

// NewAccount is what is needed to add an account.
type NewAccount struct {
	// Name is the user's own; empty makes one from the platform's.
	Name     string
	Platform string
	// Values are the provider's Fields that are not secret, by key.
	Values map[string]string
	// Secrets are the secret Fields, by key.
	Secrets map[string]secret.Text
}

// keyringService names Cuelight's items in the keyring for a configuration
// folder.
func keyringService(dir string, sandbox bool) string {
	ordinary, err := config.DefaultDir()
	switch {
	case err != nil:
		ordinary = ""
	case sandbox:
		ordinary = filepath.Join(ordinary, "sandbox")
	}
	return vault.ServiceName(dir, ordinary, sandbox)
}

// Platforms describes the platforms that accounts can be added for.
func (a *Accounts) Platforms() []providers.Description {
	all := make([]providers.Description, 0, len(a.opt.Registry))
	for _, p := range a.opt.Registry {
		all = append(all, p.Describe())
	}
	return all
}

// Platform describes one platform; the error names those there are.
func (a *Accounts) Platform(id string) (providers.Description, error) {
	provider, err := a.opt.Registry.Find(id)
	if err != nil {
		return providers.Description{}, err
	}
	return provider.Describe(), nil
}

// accountsLock keeps accounts, here and in other processes, from being added and
// removed at the same time: a name and the secrets kept under it belong together.
const accountsLock = "accounts"

// AddAccount checks the values, stores the account, its secrets in the
// keyring, and makes it the one in use. It does not sign in.
func (a *Accounts) AddAccount(ctx context.Context, n NewAccount) (providers.Account, error) {
	provider, err := a.opt.Registry.Find(n.Platform)
	if err != nil {
		return providers.Account{}, err
	}
	desc := provider.Describe()
	account := providers.Account{Platform: desc.ID, Settings: map[string]string{}}
	account.Name, err = text.Name(n.Name)
	secrets, invalid := desc.CheckValues(n.Values, n.Secrets, account.Settings)
	if err = errors.Join(providers.UnseenError("name", err), invalid); err != nil {
		return providers.Account{}, err
	}
	if err := a.verify(ctx, account, secrets); err != nil {
		return providers.Account{}, err
	}
	unlock, err := a.locks.Lock(ctx, accountsLock)
	if err != nil {
		return providers.Account{}, err
	}
	defer unlock()
	if account.Name, err = a.nameFor(ctx, account.Name, desc.ID); err != nil {
		return providers.Account{}, err
	}
	// Secrets first: an account without its secrets would be of no use.
	for key, value := range secrets {
		if value.Empty() {
			continue
		}
		if err := a.vault.Account(account.Name).Set(ctx, key, value); err != nil {
			return providers.Account{}, fmt.Errorf("keep %s: %w", key, err)
		}
	}
	if err := a.config.AddAccount(ctx, account); err != nil {
		return providers.Account{}, err
	}
	return account, nil
}

// nameFor gives the name of a new account, judged by what other processes have
// added as well. The lock of accounts is held.
func (a *Accounts) nameFor(ctx context.Context, wanted, base string) (string, error) {
	if err := a.config.Reload(ctx); err != nil && !errors.As(err, new(*config.BrokenError)) {
		return "", err
	}
	known := a.config.Config()
	if wanted == "" {
		return known.FreeName(base), nil
	}
	if _, taken := known.Named(wanted); taken {
		return "", config.NameTaken()
	}
	return wanted, nil
}

// UseAccount makes an account the one in use.
func (a *Accounts) UseAccount(ctx context.Context, name string) error {
	return a.config.UseAccount(ctx, name)
}

// SelectAccount uses an account for this run only, as --account does.
func (a *Accounts) SelectAccount(name string) error { return a.config.SelectAccount(name) }

// RemoveAccount forgets an account and all its secrets.
func (a *Accounts) RemoveAccount(ctx context.Context, name string) error {
	account, ok := a.config.Config().Named(name)
	if !ok {
		return fmt.Errorf("%q: %w", name, config.ErrUnknownAccount)
	}
	name = account.Name
	unlock, err := a.locks.Lock(ctx, accountsLock)
	if err != nil {
		return err
	}
	defer unlock()
	if session, err := a.sessions.Session(account); err == nil {
		if can, ok := session.(providers.Forgetter); ok {
			if err := can.Forget(ctx); err != nil {
				return fmt.Errorf("forget what the account keeps: %w", err)
			}
		}
	}
	for _, key := range a.secretsOf(account) {
		if err := a.vault.Account(name).Delete(ctx, key); err != nil {
			return fmt.Errorf("forget %s: %w", key, err)
		}
	}
	if err := a.config.RemoveAccount(ctx, name); err != nil {
		return err
	}
	a.sessions.Drop(name)
	a.categories.Forget(name)
	a.destination.Forget(ctx, name)
	return nil
}

func (a *Accounts) secretsOf(account providers.Account) []string {
	keys := []string{providers.SecretToken}
	if provider, err := a.opt.Registry.Find(account.Platform); err == nil {
		for _, f := range provider.Describe().Fields {
			if f.Secret {
				keys = append(keys, f.Key)
			}
		}
	}
	return keys
}
