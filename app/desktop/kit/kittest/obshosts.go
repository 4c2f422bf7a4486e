package kittest

import (
	"context"

	"cuelight/app/config"
	"cuelight/internal/secret"
)

// OBSHosts remembers OBSes in the fake's configuration.
type OBSHosts struct{ *Engine }

func (h *OBSHosts) Add(_ context.Context, name, address string, _ secret.Text) (config.OBSHost, error) {
	host := config.OBSHost{Name: name, Address: address}
	h.Configure(func(c *config.Config) { c.PutOBSHost(host) })
	return host, h.Note("add OBS " + name)
}

func (h *OBSHosts) Use(_ context.Context, name string) (config.OBSHost, error) {
	host, _ := h.Config().OBSHost(name)
	h.Configure(func(c *config.Config) { c.OBS.Address = host.Address })
	return host, h.Note("use OBS " + name)
}

func (h *OBSHosts) Remove(_ context.Context, name string) error {
	h.Configure(func(c *config.Config) { c.RemoveOBSHost(name) })
	return h.Note("remove OBS " + name)
}
