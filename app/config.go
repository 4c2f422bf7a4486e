package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/natefinch/atomic"

	"cuelight/providers"
)

// Config is what the user decided, without secrets. It is one JSON file, made
// to be read and mended by hand.
type Config struct {
	// Version is the format's; 1.
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
	locks *locks
	now   func() time.Time
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
func (s *store) load() (Config, error) {
	empty := Config{Version: 1}
	path := filepath.Join(s.dir, configName)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return empty, nil
	}
	if err != nil {
		return empty, fmt.Errorf("read the configuration: %w", err)
	}
	var c Config
	if err := json.Unmarshal(data, &c); err != nil {
		aside, asideErr := s.aside(path)
		if asideErr != nil {
			return empty, fmt.Errorf("keep the broken configuration aside: %w", asideErr)
		}
		return empty, &BrokenConfigError{Kept: aside, Err: err}
	}
	return c, nil
}

// aside moves a broken file to a name that no earlier one has.
func (s *store) aside(path string) (string, error) {
	stem := path + ".broken-" + s.now().Format("20060102-150405")
	name := stem
	for i := 2; ; i++ {
		if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			return name, os.Rename(path, name)
		}
		name = fmt.Sprintf("%s-%d", stem, i)
	}
}

// update changes the Config under the lock of all processes: it reads what is
// there now, lets change work on it, and replaces the file in one step.
func (s *store) update(ctx context.Context, change func(*Config) error) (Config, error) {
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return Config{}, fmt.Errorf("make the configuration folder: %w", err)
	}
	unlock, err := s.locks.lock(ctx, "config")
	if err != nil {
		return Config{}, err
	}
	defer unlock()

	c, err := s.load()
	var broken *BrokenConfigError
	if err != nil && !errors.As(err, &broken) {
		return Config{}, err
	}
	if err := change(&c); err != nil {
		return Config{}, err
	}
	if c.Accounts == nil {
		c.Accounts = []providers.Account{}
	}
	c.Version = 1
	return c, writeJSON(filepath.Join(s.dir, configName), c)
}

// writeJSON replaces a file in one step, readable by its owner only.
func writeJSON(path string, value any) error {
	data, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return fmt.Errorf("encode %s: %w", filepath.Base(path), err)
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.tmp")
	if err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	defer func() { _ = os.Remove(tmp.Name()) }() // gone already where all went well
	_, err = tmp.Write(append(data, '\n'))
	err = errors.Join(err, tmp.Sync(), tmp.Close())
	if err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	if err := atomic.ReplaceFile(tmp.Name(), path); err != nil {
		return fmt.Errorf("replace %s: %w", filepath.Base(path), err)
	}
	return nil
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
