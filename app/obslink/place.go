package obslink

import (
	"context"
	"errors"

	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/discovery"
)

// Place is where OBS is looked for, and how that was found out.
type Place struct {
	Endpoint obs.Endpoint
	// Simulated marks the sandbox's own OBS.
	Simulated bool
	// Finding is set where the place was discovered rather than given.
	Finding *discovery.Finding
}

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
	if p.Finding != nil && p.Finding.Reason != discovery.Found && errors.Is(err, obs.ErrUnreachable) {
		return &NotFoundError{Finding: *p.Finding, Err: err}
	}
	return err
}

// LinkStateOf tells what a failed connection means for the link.
func LinkStateOf(err error) state.LinkState {
	switch {
	case errors.Is(err, obs.ErrPassword):
		return state.LinkPassword
	case errors.Is(err, obs.ErrKicked):
		return state.LinkKicked
	}
	return state.LinkWaiting
}

// Find tells where OBS should be: the address given, the sandbox's simulated
// OBS, the configured address, or what OBS's own settings on this machine say.
// A password given beats the keyring's, which beats the discovered one.
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
	found := discovery.Find(ctx, c.opt.Places())
	if address == "" {
		place := Place{Endpoint: found.Endpoint, Finding: &found}
		if found.Reason != discovery.Found {
			// The settings may lie where nobody looks; the usual port is worth
			// a try.
			place.Endpoint = obs.Endpoint{Host: "localhost", Port: obs.DefaultPort}
		}
		place.Endpoint.Password = c.password(ctx, place.Endpoint, found)
		return place, nil
	}
	endpoint, err := obs.ParseEndpoint(address)
	if err != nil {
		return Place{}, err
	}
	endpoint.Password = c.password(ctx, endpoint, found)
	return Place{Endpoint: endpoint}, nil
}

func (c *Connection) password(ctx context.Context, at obs.Endpoint, found discovery.Finding) secret.Text {
	if !c.opt.Password.Empty() {
		return c.opt.Password
	}
	if kept, err := c.opt.Vault.Get(ctx, passwordItem(at)); err == nil && !kept.Empty() {
		return kept
	}
	if found.Reason == discovery.Found && at.Local() && at.Port == found.Endpoint.Port {
		return found.Endpoint.Password
	}
	return secret.Text{}
}

func passwordItem(at obs.Endpoint) string { return "obs/password/" + at.Address() }
