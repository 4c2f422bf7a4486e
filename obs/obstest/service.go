package obstest

import (
	"context"

	"cuelight/internal/secret"
	"cuelight/obs"
)

// SetService points OBS at a server with a key, whatever it held before.
func SetService(ctx context.Context, c *obs.Client, server string, key secret.Text) error {
	present, err := c.Snapshot(ctx)
	if err != nil {
		return err
	}
	next, err := present.Service.WithServer(server, key)
	if err != nil {
		return err
	}
	_, err = c.ReplaceService(ctx, present, next)
	return err
}

// RestoreService puts back what OBS held earlier, whatever it holds now.
func RestoreService(ctx context.Context, c *obs.Client, earlier obs.Service) error {
	present, err := c.Snapshot(ctx)
	if err != nil {
		return err
	}
	_, err = c.ReplaceService(ctx, present, earlier)
	return err
}
