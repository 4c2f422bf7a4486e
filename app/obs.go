package app

import (
	"context"

	"cuelight/app/obslink"
	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/discovery"
)

func (e *Engine) newOBSConnection() *obslink.Connection {
	opt := obslink.Options{
		Address: e.opt.OBSAddress, Password: e.opt.OBSPassword, Unprotected: e.opt.OBSUnprotected,
		Configured: func() (string, bool) {
			config := e.Config().OBS
			return config.Address, config.Real
		},
		Places: e.places, Vault: e.vault, Emit: e.emit,
		Err: func() error { return e.State().OBS.Err },
	}
	if e.sandbox != nil {
		opt.Simulated = e.sandbox.OBS
	} else {
		opt.Dialed = e.Stream.recoverDialed
	}
	return obslink.New(opt)
}

// connectOBS gives the connection to OBS and its version.
func (c *core) connectOBS(ctx context.Context) (*obs.Client, string, error) {
	client, err := c.obs.Client(ctx)
	return client, c.states.State().OBS.Version, err
}

func (c *core) places() discovery.Places {
	if c.opt.Places != nil {
		return *c.opt.Places
	}
	return discovery.SystemPlaces()
}

// SetOBSPassword keeps the password of the OBS in use in the keyring and tries
// again. An empty one forgets it.
func (st *Stream) SetOBSPassword(ctx context.Context, password secret.Text) error {
	return st.obs.SetPassword(ctx, password)
}

// AllowUnprotectedOBS uses the OBS that asked for no password, for this run.
func (st *Stream) AllowUnprotectedOBS() { st.obs.AllowUnprotected() }

// RetryOBS tries to connect now, also after a wrong password or a kick.
func (st *Stream) RetryOBS() { st.obs.Retry() }
