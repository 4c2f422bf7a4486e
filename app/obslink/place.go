package obslink

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/discovery"
)

// Place is where OBS is looked for, and how that was found out.
type Place struct {
	Endpoint obs.Endpoint
	// Others are to be tried as well, in this order: other settings of OBS on
	// this machine, and other passwords that are known.
	Others []obs.Endpoint
	// Simulated marks the sandbox's own OBS.
	Simulated bool
	// Finding is set where the place was discovered rather than given.
	Finding *discovery.Finding
	// off is what other settings of OBS on this machine say: that the server is off.
	// It is set only where they were written after those of Finding.
	off *discovery.Finding
}

// Endpoints are all to be tried, in this order.
func (p Place) Endpoints() []obs.Endpoint { return append([]obs.Endpoint{p.Endpoint}, p.Others...) }

// NotFoundError tells why OBS was not found on this machine. It is of kind
// obs.ErrUnreachable.
type NotFoundError struct {
	Finding discovery.Finding
	Err     error
}

// Error gives the reason's key; faces have words for it.
func (e *NotFoundError) Error() string {
	return "OBS was not found (" + string(e.Finding.Reason) + "): " + e.Err.Error()
}

// Unwrap gives the failure to connect.
func (e *NotFoundError) Unwrap() error { return e.Err }

// Annotate adds to a failed connection what discovery knows about it.
func (p Place) Annotate(err error) error {
	if p.Finding == nil || !errors.Is(err, obs.ErrUnreachable) || errors.Is(err, obs.ErrSilent) {
		return err
	}
	if p.Finding.Reason != discovery.Found {
		return &NotFoundError{Finding: *p.Finding, Err: err}
	}
	if p.off != nil {
		return &NotFoundError{Finding: *p.off, Err: err}
	}
	return err
}

// LinkStateOf tells what a failed connection means for the link.
func LinkStateOf(err error) state.LinkState {
	switch {
	case errors.Is(err, obs.ErrPassword):
		return state.LinkPassword
	case errors.Is(err, obs.ErrUnprotected):
		return state.LinkUnprotected
	case errors.Is(err, obs.ErrKicked):
		return state.LinkKicked
	}
	return state.LinkWaiting
}

// Find tells where OBS should be: the address given, the sandbox's simulated
// OBS, the configured address, or what OBS's own settings on this machine say.
// A password given is the only one that is tried; else the keyring's goes before
// the discovered ones.
func (c *Connection) Find(ctx context.Context) (Place, error) {
	configured, real := c.opt.Configured()
	address := c.opt.Address
	if address == "" && c.opt.Simulated != nil && !real {
		endpoint, err := c.opt.Simulated(ctx)
		if err == nil {
			c.simulate(endpoint)
		}
		return Place{Endpoint: endpoint, Simulated: true}, err
	}
	if address == "" {
		address = configured
	}
	all := discovery.All(ctx, c.opt.Places())
	if address != "" {
		endpoint, err := obs.ParseEndpoint(address)
		if err != nil {
			return Place{}, err
		}
		return c.place(ctx, []obs.Endpoint{endpoint}, all), nil
	}
	var addresses []obs.Endpoint
	for _, found := range all {
		if found.Reason == discovery.Found {
			addresses = append(addresses, found.Endpoint)
		}
	}
	if len(addresses) == 0 {
		// The settings may lie where nobody looks; the usual port is worth a try.
		addresses = []obs.Endpoint{{Host: "localhost", Port: obs.DefaultPort}}
	}
	place := c.place(ctx, addresses, all)
	place.Finding = &all[0]
	for _, found := range all {
		if found.Reason == discovery.ServerOff && found.Modified.After(all[0].Modified) {
			place.off = &found
			break
		}
	}
	return place, nil
}

// place puts each address together with every password that is known for it.
func (c *Connection) place(ctx context.Context, addresses []obs.Endpoint, all []discovery.Finding) Place {
	var endpoints []obs.Endpoint
	add := func(at obs.Endpoint, password secret.Text) {
		at.Password, at.Unprotected = password, c.allowed(at)
		if !slices.ContainsFunc(endpoints, func(e obs.Endpoint) bool { return same(e, at) }) {
			endpoints = append(endpoints, at)
		}
	}
	for _, at := range addresses {
		for _, password := range c.passwords(ctx, at, all) {
			add(at, password)
		}
	}
	// Where somebody let us in last is the likeliest.
	reached := c.lastReached()
	slices.SortStableFunc(endpoints, func(a, b obs.Endpoint) int {
		return cmp.Compare(rank(a.Address() == reached), rank(b.Address() == reached))
	})
	return Place{Endpoint: endpoints[0], Others: endpoints[1:]}
}

// passwords gives what is known for an address, best first; there is one at
// least, which may be empty.
func (c *Connection) passwords(ctx context.Context, at obs.Endpoint, all []discovery.Finding) []secret.Text {
	if !c.opt.Password.Empty() {
		return []secret.Text{c.opt.Password}
	}
	var known []secret.Text
	if kept, err := c.opt.Vault.Get(ctx, passwordItem(at)); err == nil && !kept.Empty() {
		known = append(known, kept)
	}
	for _, found := range all {
		if found.Reason == discovery.Found && at.Local() && at.Port == found.Endpoint.Port {
			known = append(known, found.Endpoint.Password)
		}
	}
	if len(known) == 0 {
		known = append(known, secret.Text{})
	}
	return known
}

// rank is the sorting key that puts what is true first.
func rank(first bool) int {
	if first {
		return 0
	}
	return 1
}

func same(a, b obs.Endpoint) bool {
	return a.Address() == b.Address() && a.Password.Equal(b.Password)
}

// allowed reports whether an OBS may leave out asking for the password that is
// known.
func (c *Connection) allowed(at obs.Endpoint) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.opt.Unprotected || c.unprotected[at.Address()]
}

// AllowUnprotected uses the OBS that asked for no password last, for as long as
// this Connection lasts, and tries again. The password that is kept stays.
func (c *Connection) AllowUnprotected() {
	c.mu.Lock()
	if c.unprotected == nil {
		c.unprotected = make(map[string]bool)
	}
	c.unprotected[c.refused] = true
	c.mu.Unlock()
	c.Retry()
}

func passwordItem(at obs.Endpoint) string { return "obs/password/" + at.Address() }
