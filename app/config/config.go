package config

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"

	names "cuelight/internal/text"
	"cuelight/providers"
)

// version is the format's number. It grows only where an older Cuelight would
// misread the file; members are added without.
const version = 1

// Config is what the user decided, without secrets. It is one JSON file, made
// to be read and mended by hand. Nobody changes the slices and maps of a Config
// that the Store gave.
type Config struct {
	// Version is that of the format the file was last written in.
	Version int `json:"version"`
	// Current is the name of the account in use.
	Current  string              `json:"current,omitempty"`
	Accounts []providers.Account `json:"accounts"`
	// Language is "ko", "en" or empty for the system's.
	Language string `json:"language,omitempty"`
	// Theme is "dark", "light" or empty for the system's.
	Theme string `json:"theme,omitempty"`
	OBS   OBS    `json:"obs"`
	// OBSHosts are the OBSes that the user has named, in the order they were added.
	OBSHosts []OBSHost `json:"obs_hosts,omitempty"`
	// Alarms is how what breaks on air is told, Privacy what viewers do not see of the
	// window.
	Alarms  Alarms  `json:"alarms,omitzero"`
	Privacy Privacy `json:"privacy,omitzero"`
	// AcceptedWarnings are the kinds of warnings that going live asks about no more.
	AcceptedWarnings []string `json:"accepted_warnings,omitempty"`
	// Categories are the recent and favourite ones, by the account's name.
	Categories map[string]CategoryMemory `json:"categories,omitempty"`

	// unknown are members that a later version wrote: an older one that changes
	// the file must not lose them.
	unknown map[string]json.RawMessage
}

// OBS is how OBS is reached.
type OBS struct {
	// Address is HOST:PORT, or empty to find OBS on this machine.
	Address string `json:"address,omitempty"`
	// Real uses the real OBS in the sandbox, where the simulated one is the
	// default.
	Real bool `json:"real,omitempty"`
}

// UnmarshalJSON reads a Config and keeps the members it does not know.
func (c *Config) UnmarshalJSON(data []byte) error {
	type plain Config
	if err := json.Unmarshal(data, (*plain)(c)); err != nil {
		return err
	}
	if err := json.Unmarshal(data, &c.unknown); err != nil {
		return err
	}
	for field := range reflect.TypeFor[Config]().Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		delete(c.unknown, name)
	}
	if len(c.unknown) == 0 {
		c.unknown = nil
	}
	return nil
}

// MarshalJSON writes a Config and, behind it, what a later version wrote.
func (c Config) MarshalJSON() ([]byte, error) {
	type plain Config
	data, err := json.Marshal(plain(c))
	if err != nil || len(c.unknown) == 0 {
		return data, err
	}
	unknown, err := json.Marshal(c.unknown)
	if err != nil {
		return nil, err
	}
	return append(append(data[:len(data)-1], ','), unknown[1:]...), nil
}

// Account finds an account by name.
func (c Config) Account(name string) (providers.Account, bool) {
	i := c.index(name)
	if i < 0 {
		return providers.Account{}, false
	}
	return c.Accounts[i], true
}

// InUse gives the account in use; false where there is none.
func (c Config) InUse() (providers.Account, bool) { return c.Account(c.Current) }

// Named gives the account that somebody means by a name, in whichever of the ways
// there are to type its characters.
func (c Config) Named(name string) (providers.Account, bool) {
	if account, ok := c.Account(name); ok {
		return account, true
	}
	meant, _ := names.Name(name)
	for _, account := range c.Accounts {
		if known, _ := names.Name(account.Name); known == meant {
			return account, true
		}
	}
	return providers.Account{}, false
}

func (c Config) index(name string) int {
	return slices.IndexFunc(c.Accounts, func(a providers.Account) bool { return a.Name == name })
}

// decode reads a configuration file.
func decode(data []byte) (Config, error) {
	c := Config{Version: version}
	err := json.Unmarshal(data, &c)
	return c, err
}

// clone gives a Config that can be changed without changing c.
func (c Config) clone() Config {
	c.Accounts = slices.Clone(c.Accounts)
	for i := range c.Accounts {
		c.Accounts[i].Settings = maps.Clone(c.Accounts[i].Settings)
	}
	c.OBSHosts = slices.Clone(c.OBSHosts)
	c.AcceptedWarnings = slices.Clone(c.AcceptedWarnings)
	c.Alarms.Off = slices.Clone(c.Alarms.Off)
	c.Categories = maps.Clone(c.Categories)
	for name, memory := range c.Categories {
		c.Categories[name] = CategoryMemory{Recent: slices.Clone(memory.Recent), Favourite: slices.Clone(memory.Favourite)}
	}
	return c
}

// finish makes a changed Config ready to be written.
func (c Config) finish() Config {
	if c.Accounts == nil {
		c.Accounts = []providers.Account{}
	}
	c.Version = max(c.Version, version) // a later version's stays its own
	return c
}
