package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"cuelight/app/storage"
	"cuelight/providers"
)

// configVersion is the format's number. It grows only where an older Cuelight
// would misread the file; members are added without.
const configVersion = 1

// Config is what the user decided, without secrets. It is one JSON file, made
// to be read and mended by hand.
type Config struct {
	// Version is that of the format the file was last written in.
	Version int `json:"version"`
	// Current is the name of the account in use.
	Current  string              `json:"current,omitempty"`
	Accounts []providers.Account `json:"accounts"`
	// Language is "ko", "en" or empty for the system's.
	Language string `json:"language,omitempty"`
	// Theme is "dark", "light" or empty for the system's.
	Theme string    `json:"theme,omitempty"`
	OBS   OBSConfig `json:"obs"`
	// Categories are the recent and favourite ones, by the account's name.
	Categories map[string]CategoryMemory `json:"categories,omitempty"`

	// later are members that a later version wrote: an older one that changes
	// the file must not lose them.
	later map[string]json.RawMessage
}

// UnmarshalJSON reads a Config and keeps the members it does not know.
func (c *Config) UnmarshalJSON(data []byte) error {
	type plain Config
	if err := json.Unmarshal(data, (*plain)(c)); err != nil {
		return err
	}
	if err := json.Unmarshal(data, &c.later); err != nil {
		return err
	}
	for field := range reflect.TypeFor[Config]().Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		delete(c.later, name)
	}
	if len(c.later) == 0 {
		c.later = nil
	}
	return nil
}

// MarshalJSON writes a Config and, behind it, what a later version wrote.
func (c Config) MarshalJSON() ([]byte, error) {
	type plain Config
	data, err := json.Marshal(plain(c))
	if err != nil || len(c.later) == 0 {
		return data, err
	}
	later, err := json.Marshal(c.later)
	if err != nil {
		return nil, err
	}
	return append(append(data[:len(data)-1], ','), later[1:]...), nil
}

// OBSConfig is how OBS is reached.
type OBSConfig struct {
	// Address is HOST:PORT, or empty to find OBS on this machine.
	Address string `json:"address,omitempty"`
	// Real uses the real OBS in the sandbox, where the practice one is the
	// default.
	Real bool `json:"real,omitempty"`
}

// Account finds an account by name.
func (c Config) Account(name string) (providers.Account, bool) {
	i := slices.IndexFunc(c.Accounts, func(a providers.Account) bool { return a.Name == name })
	if i < 0 {
		return providers.Account{}, false
	}
	return c.Accounts[i], true
}

// configName is the configuration file inside the configuration folder.
const configName = "config.json"

// store reads and writes the Config, safely beside other processes.
type store struct {
	dir   string
	locks *storage.Locks
	now   func() time.Time
	// onBroken, where set, is told of a file found broken by an update.
	onBroken func(*BrokenConfigError)

	mu sync.Mutex
	// last is what was read or written last, to go on from where the file turns
	// out to be broken in the middle of a run.
	last *Config
}

// DefaultDir is the configuration folder of the user: %AppData%\cuelight on
// Windows, ~/Library/Application Support/cuelight on macOS, and
// $XDG_CONFIG_HOME/cuelight or ~/.config/cuelight elsewhere.
func DefaultDir() (string, error) {
	base, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("find the configuration folder: %w", err)
	}
	return filepath.Join(base, "cuelight"), nil
}

// load reads the Config. A file that cannot be understood is kept aside under
// another name, never overwritten, and reported by a *BrokenConfigError beside
// an empty Config that can be gone on with.
func (s *store) load(ctx context.Context) (Config, error) {
	c, err := s.read()
	var broken *BrokenConfigError
	if !errors.As(err, &broken) {
		return c, err
	}
	// Moving it is for one process, and only while it is still broken: another
	// one may have replaced it since.
	unlock, err := s.locks.Lock(ctx, "config")
	if err != nil {
		return c, err
	}
	defer unlock()
	return s.readOrKeepAside()
}

// read reads the file as it is. A *BrokenConfigError of it has no name yet.
func (s *store) read() (Config, error) {
	empty := Config{Version: configVersion}
	data, err := os.ReadFile(filepath.Join(s.dir, configName))
	if errors.Is(err, fs.ErrNotExist) {
		return empty, nil
	}
	if err != nil {
		return empty, fmt.Errorf("read the configuration: %w", err)
	}
	var c Config
	if err := json.Unmarshal(data, &c); err != nil {
		return empty, &BrokenConfigError{Err: err}
	}
	s.remember(c)
	return c, nil
}

func (s *store) remember(c Config) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last = &c
}

// readOrKeepAside is for those who hold the lock.
func (s *store) readOrKeepAside() (Config, error) {
	c, err := s.read()
	var broken *BrokenConfigError
	if !errors.As(err, &broken) {
		return c, err
	}
	if broken.Kept, err = storage.KeepAside(filepath.Join(s.dir, configName), s.now()); err != nil {
		return c, fmt.Errorf("keep the broken configuration aside: %w", err)
	}
	return c, broken
}

// update changes the Config under the lock of all processes: it reads what is
// there now, lets change work on it, and replaces the file in one step. A file
// that broke in the middle of a run is kept aside and written anew from what
// was read or written last.
func (s *store) update(ctx context.Context, change func(*Config) error) (Config, error) {
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return Config{}, fmt.Errorf("make the configuration folder: %w", err)
	}
	unlock, err := s.locks.Lock(ctx, "config")
	if err != nil {
		return Config{}, err
	}
	defer unlock()

	c, err := s.readOrKeepAside()
	var broken *BrokenConfigError
	switch {
	case errors.As(err, &broken):
		c = s.lastKnown(c)
		if s.onBroken != nil {
			s.onBroken(broken)
		}
	case err != nil:
		return Config{}, err
	}
	c.Accounts, c.Categories = slices.Clone(c.Accounts), maps.Clone(c.Categories) // the last known one stays as it is
	if err := change(&c); err != nil {
		return Config{}, err
	}
	if c.Accounts == nil {
		c.Accounts = []providers.Account{}
	}
	c.Version = max(c.Version, configVersion) // a later version's stays its own
	if err := storage.WriteJSON(filepath.Join(s.dir, configName), c); err != nil {
		return Config{}, err
	}
	s.remember(c)
	return c, nil
}

// lastKnown gives what was read or written last, else c.
func (s *store) lastKnown(c Config) Config {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last == nil {
		return c
	}
	return *s.last
}

// BrokenConfigError tells that the configuration could not be read and where
// it was kept.
type BrokenConfigError struct {
	// Kept is the path the broken file was moved to.
	Kept string
	Err  error
}

// Error names the file that was kept.
func (e *BrokenConfigError) Error() string {
	return fmt.Sprintf("the configuration could not be read and was kept as %s: %v", e.Kept, e.Err)
}

// Unwrap gives the parser's error.
func (e *BrokenConfigError) Unwrap() error { return e.Err }
