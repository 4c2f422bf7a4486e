package app

import (
	"context"
	"errors"
	"sync"

	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/providers"
)

// obsAccess gives the connection to OBS: that of the supervised link while a
// window runs, else one that lasts as long as the command.
type obsAccess struct {
	engine *Engine

	mu     sync.Mutex
	link   *obs.Link
	client *obs.Client
}

func newOBSAccess(e *Engine) *obsAccess { return &obsAccess{engine: e} }

func (a *obsAccess) close() error {
	if a == nil {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.client != nil {
		a.client.Close()
		a.client = nil
	}
	return nil
}

// get gives a live connection, and what is in the way when there is none.
func (a *obsAccess) get(ctx context.Context) (*obs.Client, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.link != nil {
		if client, ok := a.link.Client(); ok {
			return client, nil
		}
		if err := a.engine.State().OBS.Err; err != nil {
			return nil, err
		}
		return nil, &obs.Error{Kind: obs.ErrUnreachable, Op: "connect"}
	}
	if a.client != nil && a.client.Err() == nil {
		return a.client, nil
	}
	return a.dial(ctx)
}

func (a *obsAccess) dial(ctx context.Context) (*obs.Client, error) {
	place, err := a.engine.findOBS(ctx)
	if err != nil {
		return nil, err
	}
	up := state.LinkChanged{Address: place.endpoint.Address(), Practice: place.practice}
	client, err := obs.Dial(ctx, place.endpoint)
	if err != nil {
		err = place.blame(err)
		up.Link, up.Err = linkStateOf(err), err
		a.engine.emit(up)
		return nil, err
	}
	version, err := client.Version(ctx)
	if err != nil {
		client.Close()
		return nil, err
	}
	up.Link, up.Version = state.LinkUp, version.OBS
	a.engine.emit(up)
	if !a.engine.opt.Sandbox {
		a.engine.putBackLeftover(ctx, client, up.Address)
	}
	a.client = client
	return client, nil
}

// linked gives the supervised link's connection, where there is one.
func (a *obsAccess) linked() (*obs.Client, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.link == nil {
		return nil, false
	}
	return a.link.Client()
}

func linkStateOf(err error) state.LinkState {
	switch {
	case errors.Is(err, obs.ErrPassword):
		return state.LinkPassword
	case errors.Is(err, obs.ErrKicked):
		return state.LinkKicked
	}
	return state.LinkWaiting
}

// obsPlace is where OBS is looked for, and how that was found out.
type obsPlace struct {
	endpoint obs.Endpoint
	practice bool
	// finding is set where the place was discovered rather than given.
	finding *obs.Finding
}

// NotFoundError tells why OBS was not found on this machine. It is of kind
// obs.ErrUnreachable.
type NotFoundError struct {
	Finding obs.Finding
	Err     error
}

// Error gives the reason's key; faces have words for it.
func (e *NotFoundError) Error() string {
	return "OBS was not found (" + string(e.Finding.Reason) + "): " + e.Err.Error()
}

// Unwrap gives the failure to connect.
func (e *NotFoundError) Unwrap() error { return e.Err }

// blame adds to a failed connection what discovery knows about it.
func (p obsPlace) blame(err error) error {
	if p.finding != nil && p.finding.Reason != obs.Found && errors.Is(err, obs.ErrUnreachable) {
		return &NotFoundError{Finding: *p.finding, Err: err}
	}
	return err
}

// findOBS tells where OBS should be: the address given, the sandbox's practice
// OBS, the configured address, or what OBS's own settings on this machine say.
// A password given beats the keyring's, which beats the discovered one.
func (e *Engine) findOBS(ctx context.Context) (obsPlace, error) {
	config := e.Config().OBS
	address := e.opt.OBSAddress
	if address == "" && e.service != nil && !config.Real {
		endpoint, err := e.service.obs.endpoint(ctx)
		return obsPlace{endpoint: endpoint, practice: true}, err
	}
	if address == "" {
		address = config.Address
	}
	found := obs.Discover(ctx, e.places())
	if address == "" {
		place := obsPlace{endpoint: found.Endpoint, finding: &found}
		if found.Reason != obs.Found {
			// The settings may lie where nobody looks; the usual port is worth
			// a try.
			place.endpoint = obs.Endpoint{Host: "localhost", Port: obs.DefaultPort}
		}
		place.endpoint.Password = e.obsPassword(ctx, place.endpoint, found)
		return place, nil
	}
	endpoint, err := obs.ParseEndpoint(address)
	if err != nil {
		return obsPlace{}, err
	}
	endpoint.Password = e.obsPassword(ctx, endpoint, found)
	return obsPlace{endpoint: endpoint}, nil
}

func (e *Engine) places() obs.Places {
	if e.opt.Places != nil {
		return *e.opt.Places
	}
	return obs.SystemPlaces()
}

func (e *Engine) obsPassword(ctx context.Context, at obs.Endpoint, found obs.Finding) secret.Text {
	if !e.opt.OBSPassword.Empty() {
		return e.opt.OBSPassword
	}
	if kept, err := e.vault.get(ctx, obsPasswordItem(at)); err == nil && !kept.Empty() {
		return kept
	}
	if found.Reason == obs.Found && at.Local() && at.Port == found.Endpoint.Port {
		return found.Endpoint.Password
	}
	return secret.Text{}
}

func obsPasswordItem(at obs.Endpoint) string { return "obs/password/" + at.Address() }

// SetOBSPassword keeps the password of the OBS in use in the keyring and tries
// again. An empty one forgets it.
func (e *Engine) SetOBSPassword(ctx context.Context, password secret.Text) error {
	place, err := e.findOBS(ctx)
	if err != nil {
		return err
	}
	item := obsPasswordItem(place.endpoint)
	if password.Empty() {
		err = e.vault.delete(ctx, item)
	} else {
		err = e.vault.set(ctx, item, password)
	}
	if err != nil && !errors.Is(err, providers.ErrNoSecret) {
		return err
	}
	e.RetryOBS()
	return nil
}

// RetryOBS tries to connect now, also after a wrong password or a kick.
func (e *Engine) RetryOBS() {
	e.obs.mu.Lock()
	link := e.obs.link
	e.obs.mu.Unlock()
	if link != nil {
		link.Retry()
	}
}
