// Package obshosts remembers the OBSes that somebody uses beside the one on this
// machine: by name and address, with the password of each in the keyring.
package obshosts

import (
	"context"
	"fmt"

	"cuelight/app/config"
	"cuelight/internal/secret"
	"cuelight/internal/text"
	"cuelight/obs"
	"cuelight/providers"
)

const (
	// MaxName bounds a name, in characters; MaxHosts how many may be remembered.
	MaxName, MaxHosts = 40, 50
)

// Options are what Hosts are made of; all are needed.
type Options struct {
	Config func() config.Config
	// Update changes the configuration and returns when that is on disk.
	Update func(context.Context, func(*config.Config) error) error
	// KeepPassword keeps the password of an OBS, unless that refuses it;
	// ForgetPassword forgets it.
	KeepPassword   func(context.Context, obs.Endpoint, secret.Text) error
	ForgetPassword func(context.Context, obs.Endpoint) error
}

// Hosts are the remembered OBSes. The methods wait for disk, keyring and OBS, and may
// be called from any goroutine.
type Hosts struct{ opt Options }

// New makes them.
func New(opt Options) *Hosts { return &Hosts{opt} }

// Encrypted reports whether nobody else can read what is sent to an address: OBS's
// protocol has no encryption, so that only what stays on this machine is safe.
func Encrypted(address string) bool {
	at, err := obs.ParseEndpoint(address)
	return err != nil || at.Local()
}

// Add remembers an OBS, in place of one of the same name or address. An empty
// password leaves the one that is kept. Errors: of kind ErrUsage for a name or
// address that cannot be one, obs.ErrPassword where OBS refuses the password; then
// nothing is kept.
func (h *Hosts) Add(ctx context.Context, name, address string, password secret.Text) (config.OBSHost, error) {
	named, err := readName(name)
	if err != nil {
		return config.OBSHost{}, err
	}
	at, err := obs.ParseEndpoint(address)
	if err != nil {
		return config.OBSHost{}, err
	}
	if !password.Empty() {
		if err := h.opt.KeepPassword(ctx, at, password); err != nil {
			return config.OBSHost{}, err
		}
	}
	host := config.OBSHost{Name: named, Address: at.Address()}
	return host, h.opt.Update(ctx, func(c *config.Config) error {
		c.PutOBSHost(host)
		if len(c.OBSHosts) > MaxHosts {
			return refusal("obs_host.too_many", MaxHosts)
		}
		return nil
	})
}

// Use makes a remembered OBS the one in use. An empty name means that OBS is looked
// for on this machine.
func (h *Hosts) Use(ctx context.Context, name string) (used config.OBSHost, err error) {
	return used, h.opt.Update(ctx, func(c *config.Config) error {
		if name == "" {
			used, c.OBS.Address = config.OBSHost{}, ""
			return nil
		}
		found, ok := c.OBSHost(name)
		if !ok {
			return unknown(name)
		}
		used, c.OBS.Address = found, found.Address
		return nil
	})
}

// Remove forgets an OBS and its password.
func (h *Hosts) Remove(ctx context.Context, name string) error {
	found, ok := h.opt.Config().OBSHost(name)
	if !ok {
		return unknown(name)
	}
	if err := h.opt.Update(ctx, func(c *config.Config) error {
		if !c.RemoveOBSHost(name) {
			return unknown(name)
		}
		return nil
	}); err != nil {
		return err
	}
	at, err := obs.ParseEndpoint(found.Address)
	if err != nil { // the file was edited by hand: there is no password of that
		return nil
	}
	return h.opt.ForgetPassword(ctx, at)
}

func readName(typed string) (string, error) {
	name, err := text.Name(typed)
	switch {
	case err != nil:
		return "", providers.UnseenError("name", err)
	case name == "" || text.Blank(name):
		return "", refusal("obs_host.no_name", 0)
	case len([]rune(name)) > MaxName:
		return "", refusal("obs_host.name_too_long", MaxName)
	}
	return name, nil
}

func refusal(reason string, limit int) error {
	return &providers.Error{Kind: providers.ErrUsage, Op: "remember an OBS", Reason: reason, Limit: limit}
}

func unknown(name string) error {
	return fmt.Errorf("%w: %q", refusal("obs_host.unknown", 0), name)
}
