package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"cuelight/internal/secret"
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

var (
	// ErrNoAccount: nothing is set up yet.
	ErrNoAccount = errors.New("no account yet")
	// ErrUnknownAccount: no account has the name that was given.
	ErrUnknownAccount = errors.New("no such account")
)

// keyringService names Cuelight's items in the keyring. A configuration folder
// that is not the user's ordinary one has items of its own, so that two of
// them never share secrets.
func keyringService(dir string, sandbox bool) string {
	name := "cuelight"
	ordinary, err := DefaultDir()
	if err == nil && sandbox {
		ordinary = filepath.Join(ordinary, "sandbox")
	}
	if sandbox {
		name += "-sandbox"
	}
	if err != nil || dir != ordinary {
		sum := sha256.Sum256([]byte(dir))
		name += "-" + hex.EncodeToString(sum[:6])
	}
	return name
}

// Platforms describes the platforms that accounts can be added for.
func (e *Engine) Platforms() []providers.Description {
	all := make([]providers.Description, 0, len(e.opt.Registry))
	for _, p := range e.opt.Registry {
		all = append(all, p.Describe())
	}
	return all
}

// Platform describes one platform; the error names those there are.
func (e *Engine) Platform(id string) (providers.Description, error) {
	provider, err := e.opt.Registry.Find(id)
	if err != nil {
		return providers.Description{}, err
	}
	return provider.Describe(), nil
}

// AddAccount checks the values, stores the account, its secrets in the
// keyring, and makes it the one in use. It does not sign in.
func (e *Engine) AddAccount(ctx context.Context, n NewAccount) (providers.Account, error) {
	provider, err := e.opt.Registry.Find(n.Platform)
	if err != nil {
		return providers.Account{}, err
	}
	desc := provider.Describe()
	account := providers.Account{Name: strings.TrimSpace(n.Name), Platform: desc.ID, Settings: map[string]string{}}
	if err := checkFields(desc, n, account.Settings); err != nil {
		return providers.Account{}, err
	}
	if err := e.verify(ctx, provider, account, n.Secrets); err != nil {
		return providers.Account{}, err
	}
	err = e.changeConfig(ctx, func(c *Config) error {
		if account.Name == "" {
			account.Name = freeName(*c, desc.ID)
		}
		if _, taken := c.Account(account.Name); taken {
			return &providers.Error{Kind: providers.ErrUsage, Op: "add account", Field: "name", Reason: "account.name_taken"}
		}
		// Secrets first: an account without its secrets would be of no use.
		for key, value := range n.Secrets {
			if value.Empty() {
				continue
			}
			if err := e.vaultOf(account.Name).Set(ctx, key, value); err != nil {
				return fmt.Errorf("keep %s: %w", key, err)
			}
		}
		c.Accounts = append(c.Accounts, account)
		c.Current = account.Name
		e.pin("")
		return nil
	})
	if err != nil {
		return providers.Account{}, err
	}
	return account, nil
}

func checkFields(desc providers.Description, n NewAccount, settings map[string]string) error {
	var errs []error
	known := make(map[string]bool, len(desc.Fields))
	for _, f := range desc.Fields {
		known[f.Key] = true
		value := strings.TrimSpace(n.Values[f.Key])
		if f.Secret {
			value = n.Secrets[f.Key].Reveal()
		}
		switch {
		case value == "" && f.Required:
			errs = append(errs, fieldError(f.Key, "field.missing"))
			continue
		case value == "":
			continue
		case len(f.Options) > 0 && !slices.Contains(f.Options, value):
			errs = append(errs, fieldError(f.Key, "field.option"))
			continue
		}
		if f.Check != nil {
			if err := f.Check(value); err != nil {
				errs = append(errs, err)
				continue
			}
		}
		if !f.Secret {
			settings[f.Key] = value
		}
	}
	for _, key := range slices.Sorted(maps.Keys(n.Values)) {
		if n.Values[key] != "" && !known[key] {
			errs = append(errs, fieldError(key, "field.not_here"))
		}
	}
	return errors.Join(errs...)
}

func fieldError(field, reason string) error {
	return &providers.Error{Kind: providers.ErrUsage, Op: "add account", Field: field, Reason: reason}
}

func freeName(c Config, base string) string {
	name := base
	for i := 2; ; i++ {
		if _, taken := c.Account(name); !taken {
			return name
		}
		name = fmt.Sprintf("%s-%d", base, i)
	}
}

// UseAccount makes an account the one in use; an empty name does nothing.
func (e *Engine) UseAccount(ctx context.Context, name string) error {
	return e.changeConfig(ctx, func(c *Config) error {
		if _, ok := c.Account(name); !ok {
			return fmt.Errorf("%q: %w", name, ErrUnknownAccount)
		}
		c.Current = name
		e.pin("")
		return nil
	})
}

// SelectAccount uses an account for this run only, as --account does.
func (e *Engine) SelectAccount(name string) error {
	config := e.Config()
	if _, ok := config.Account(name); !ok {
		return fmt.Errorf("%q: %w", name, ErrUnknownAccount)
	}
	e.pin(name)
	e.adopt(config)
	return nil
}

// RemoveAccount forgets an account and all its secrets.
func (e *Engine) RemoveAccount(ctx context.Context, name string) error {
	account, ok := e.Config().Account(name)
	if !ok {
		return fmt.Errorf("%q: %w", name, ErrUnknownAccount)
	}
	if session, err := e.sessions.Session(account); err == nil {
		if can, ok := session.(providers.Forgetter); ok {
			if err := can.Forget(ctx); err != nil {
				return fmt.Errorf("forget what the account keeps: %w", err)
			}
		}
	}
	for _, key := range e.secretsOf(account) {
		if err := e.vaultOf(name).Delete(ctx, key); err != nil {
			return fmt.Errorf("forget %s: %w", key, err)
		}
	}
	config, err := e.store.update(ctx, func(c *Config) error {
		c.Accounts = slices.DeleteFunc(c.Accounts, func(a providers.Account) bool { return a.Name == name })
		delete(c.Categories, name)
		if c.Current == name {
			c.Current = ""
			if len(c.Accounts) > 0 {
				c.Current = c.Accounts[0].Name
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	e.sessions.Drop(name)
	e.forgetLists(name)
	e.saveDraft(name, providers.Patch{})
	e.destination.Forget(ctx, name)
	e.adopt(config)
	e.tellOthers()
	return nil
}

func (e *Engine) secretsOf(account providers.Account) []string {
	keys := []string{providers.SecretToken}
	if provider, err := e.opt.Registry.Find(account.Platform); err == nil {
		for _, f := range provider.Describe().Fields {
			if f.Secret {
				keys = append(keys, f.Key)
			}
		}
	}
	return keys
}

// Configure changes the configuration, such as the language or OBS's address.
func (e *Engine) Configure(ctx context.Context, change func(*Config)) error {
	return e.changeConfig(ctx, func(c *Config) error {
		change(c)
		return nil
	})
}

func (e *Engine) vaultOf(account string) providers.Vault {
	return accountVault{vault: e.vault, locks: e.locks, name: account}
}
