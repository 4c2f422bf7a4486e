package config

import (
	"slices"

	names "cuelight/internal/text"
)

// OBSHost is an OBS on another machine, or on another port of this one, that the user
// has given a name.
type OBSHost struct {
	Name string `json:"name"`
	// Address is HOST:PORT.
	Address string `json:"address"`
}

// OBSHost finds a remembered OBS by its name, in whichever of the ways there are to
// type its characters.
func (c Config) OBSHost(name string) (OBSHost, bool) {
	i := c.obsHostIndex(name)
	if i < 0 {
		return OBSHost{}, false
	}
	return c.OBSHosts[i], true
}

// OBSHostInUse gives the remembered OBS that is used; false where OBS is looked for on
// this machine.
func (c Config) OBSHostInUse() (OBSHost, bool) {
	i := slices.IndexFunc(c.OBSHosts, func(h OBSHost) bool { return h.Address == c.OBS.Address })
	if i < 0 || c.OBS.Address == "" {
		return OBSHost{}, false
	}
	return c.OBSHosts[i], true
}

// PutOBSHost remembers an OBS, in the place of the one of that name or of that
// address.
func (c *Config) PutOBSHost(h OBSHost) {
	i := c.obsHostIndex(h.Name)
	if i < 0 {
		i = slices.IndexFunc(c.OBSHosts, func(known OBSHost) bool { return known.Address == h.Address })
	}
	if i < 0 {
		c.OBSHosts = append(c.OBSHosts, h)
		return
	}
	if c.OBS.Address == c.OBSHosts[i].Address && c.OBS.Address != "" {
		c.OBS.Address = h.Address
	}
	c.OBSHosts[i] = h
	c.OBSHosts = slices.DeleteFunc(c.OBSHosts, func(known OBSHost) bool { return known.Address == h.Address && known.Name != h.Name })
}

// RemoveOBSHost forgets an OBS; where it is the one in use, OBS is looked for on this
// machine again. It reports whether there was one.
func (c *Config) RemoveOBSHost(name string) bool {
	i := c.obsHostIndex(name)
	if i < 0 {
		return false
	}
	if c.OBS.Address == c.OBSHosts[i].Address {
		c.OBS.Address = ""
	}
	c.OBSHosts = slices.Delete(c.OBSHosts, i, i+1)
	return true
}

func (c Config) obsHostIndex(name string) int {
	meant, _ := names.Name(name)
	return slices.IndexFunc(c.OBSHosts, func(h OBSHost) bool {
		known, _ := names.Name(h.Name)
		return known == meant
	})
}
