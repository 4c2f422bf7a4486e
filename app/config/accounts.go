package config

import (
	"context"
	"fmt"
	"slices"

	"cuelight/providers"
)

// AddAccount adds an account and makes it the one in use. A name that is taken
// is refused.
func (s *Store) AddAccount(ctx context.Context, account providers.Account) error {
	err := s.Update(ctx, func(c *Config) error {
		if _, taken := c.Named(account.Name); taken {
			return NameTaken()
		}
		c.Accounts = append(c.Accounts, account)
		c.Current = account.Name
		return nil
	})
	if err != nil {
		return err
	}
	s.overrideAccount("")
	return nil
}

// NameTaken is the refusal of a name that an account has already.
func NameTaken() error {
	return &providers.Error{Kind: providers.ErrUsage, Op: "add account", Field: "name", Reason: "account.name_taken"}
}

// FreeName gives a name that no account has: base, or base with a number.
func (c Config) FreeName(base string) string {
	name := base
	for i := 2; ; i++ {
		if _, taken := c.Account(name); !taken {
			return name
		}
		name = fmt.Sprintf("%s-%d", base, i)
	}
}

// UseAccount makes an account the one in use.
func (s *Store) UseAccount(ctx context.Context, name string) error {
	err := s.Update(ctx, func(c *Config) error {
		account, ok := c.Named(name)
		if !ok {
			return unknown(name)
		}
		c.Current = account.Name
		return nil
	})
	if err != nil {
		return err
	}
	s.overrideAccount("")
	return nil
}

// SelectAccount uses an account for this run only, whatever the configuration
// says.
func (s *Store) SelectAccount(name string) error {
	account, ok := s.Config().Named(name)
	if !ok {
		return unknown(name)
	}
	s.overrideAccount(account.Name)
	return nil
}

// RemoveAccount forgets an account, its drafts and its categories. Where it was
// the one in use, the first of the others is.
func (s *Store) RemoveAccount(ctx context.Context, name string) error {
	err := s.Update(ctx, func(c *Config) error {
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
	s.mu.Lock()
	delete(s.channelOverrides, name)
	s.mu.Unlock()
	s.dropDrafts(name)
	return nil
}

// UseChannel makes a channel or room the one that is worked on with an account.
func (s *Store) UseChannel(ctx context.Context, account, channel string) error {
	err := s.Update(ctx, func(c *Config) error {
		i := c.index(account)
		if i < 0 {
			return ErrNoAccount
		}
		c.Accounts[i].Channel = channel
		return nil
	})
	if err != nil {
		return err
	}
	s.mu.Lock()
	_, overridden := s.channelOverrides[account]
	delete(s.channelOverrides, account)
	s.mu.Unlock()
	if overridden {
		s.publish()
	}
	return nil
}

// SetUser remembers whom an account belongs to, as the platform names them.
func (s *Store) SetUser(ctx context.Context, account, userID string) error {
	return s.Update(ctx, func(c *Config) error {
		i := c.index(account)
		if i < 0 {
			return unknown(account)
		}
		c.Accounts[i].UserID = userID
		return nil
	})
}

// SelectChannel uses a channel or room of the account in use for this run only.
func (s *Store) SelectChannel(channel string) error {
	account, ok := s.Config().InUse()
	if !ok {
		return ErrNoAccount
	}
	s.mu.Lock()
	s.channelOverrides[account.Name] = channel
	s.mu.Unlock()
	s.publish()
	return nil
}

// overrideAccount keeps an account in use for this run; an empty name goes by
// the configuration again.
func (s *Store) overrideAccount(name string) {
	s.mu.Lock()
	changed := s.accountOverride != name
	s.accountOverride = name
	s.mu.Unlock()
	if changed {
		s.publish()
	}
}

func unknown(name string) error { return fmt.Errorf("%q: %w", name, ErrUnknownAccount) }
