package obslink

import (
	"context"
	"errors"
	"time"

	"cuelight/internal/secret"
	"cuelight/internal/text"
	"cuelight/obs"
	"cuelight/providers"
)

// probeTimeout bounds the try of a new password.
const probeTimeout = 5 * time.Second

// SetPassword keeps the password of the OBS in use in the vault and tries
// again. An empty one forgets it. One that OBS refuses is not kept: the error is
// of kind obs.ErrPassword then.
func (c *Connection) SetPassword(ctx context.Context, password secret.Text) error {
	place, err := c.Find(ctx)
	if err != nil {
		return err
	}
	password = cleanPassword(password)
	endpoint := c.wantsPassword(place)
	if password.Empty() {
		err = c.opt.Vault.Delete(ctx, passwordItem(endpoint))
	} else {
		endpoint.Password = password
		if err := probe(ctx, endpoint); err != nil {
			return place.Annotate(err)
		}
		err = c.opt.Vault.Set(ctx, passwordItem(endpoint), password)
	}
	if err != nil && !errors.Is(err, providers.ErrNoSecret) {
		return err
	}
	c.Retry()
	return nil
}

// KeepPassword keeps the password of an OBS, wherever it is, in the vault, and tries
// again where that is the one in use. One that it refuses is not kept: the error is of
// kind obs.ErrPassword then.
func (c *Connection) KeepPassword(ctx context.Context, at obs.Endpoint, password secret.Text) error {
	at.Password = cleanPassword(password)
	if err := probe(ctx, at); err != nil {
		return err
	}
	if err := c.opt.Vault.Set(ctx, passwordItem(at), at.Password); err != nil {
		return err
	}
	c.Retry()
	return nil
}

// ForgetPassword forgets the password of an OBS, wherever it is.
func (c *Connection) ForgetPassword(ctx context.Context, at obs.Endpoint) error {
	if err := c.opt.Vault.Delete(ctx, passwordItem(at)); err != nil && !errors.Is(err, providers.ErrNoSecret) {
		return err
	}
	return nil
}

// probe tries a password. An OBS that does not answer now says nothing about it.
func probe(ctx context.Context, endpoint obs.Endpoint) error {
	ctx, cancel := context.WithTimeout(ctx, probeTimeout)
	defer cancel()
	client, err := obs.Dialer{}.Dial(ctx, endpoint)
	if err == nil {
		client.Close()
	}
	if errors.Is(err, obs.ErrPassword) {
		return err
	}
	return nil
}

// cleanPassword takes off what a shell or a clipboard put around a password.
func cleanPassword(password secret.Text) secret.Text {
	return secret.New(text.TrimPassword(password.Reveal()))
}
