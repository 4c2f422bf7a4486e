package config

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"cuelight/app/storage"
	"cuelight/providers"
)

const (
	// FileName is the configuration file inside the configuration folder.
	FileName = "config.json"
	// DraftsFileName is the file of the drafts beside it.
	DraftsFileName = "drafts.json"
	// LockName is the lock that every process takes to write the configuration.
	LockName = "config"
)

// Options are what a Store needs from outside. All are needed but the
// functions.
type Options struct {
	// Dir is the configuration folder; it is made where it is missing.
	Dir   string
	Locks *storage.Locks
	Log   *slog.Logger
	Now   func() time.Time
	// SaveDelay is how long the disk may lag behind memory; zero means the
	// ordinary delay of that name.
	SaveDelay time.Duration
	// Broken is told of a file that turned out to be broken in the middle of a
	// run, and was kept aside.
	Broken func(file string, err *BrokenError)
	// Unsaved is told once when a file cannot be saved, and again only after it
	// could be meanwhile.
	Unsaved func(file string, err error)
}

// Store owns the configuration, the drafts and the change marker. Its methods
// may be called from any goroutine.
type Store struct {
	opt        Options
	config     *document[Config]
	drafts     *document[drafts]
	instanceID string

	// mu guards what follows. No function is called under it.
	mu sync.Mutex
	// accountOverride and channelOverrides are in use for this run only.
	accountOverride  string
	channelOverrides map[string]string
	// observer is told of each new Config; shown is the one it was told last.
	observer func(before, after Config)
	shown    Config
	// version counts what changes the Config, published what was told. One
	// goroutine at a time tells.
	version, published uint64
	publishing         bool
	told               *sync.Cond
	onDraft            func(account, channel string, before, after providers.Patch)
	lastSeen           string
}

// DefaultDir is the configuration folder of the user: %AppData%\cuelight on
// Windows, ~/Library/Application Support/cuelight on macOS, and
// $XDG_CONFIG_HOME/cuelight or ~/.config/cuelight elsewhere. A portable program
// has it beside itself.
func DefaultDir() (string, error) {
	if program, err := os.Executable(); err == nil {
		if dir, portable := portableDir(program); portable {
			return dir, nil
		}
	}
	base, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrNoFolder, err)
	}
	if !filepath.IsAbs(base) { // a HOME that is relative: another folder from everywhere
		return "", fmt.Errorf("%w: %s is not absolute", ErrNoFolder, base)
	}
	return filepath.Join(base, "cuelight"), nil
}

// Open reads the files. A *BrokenError of the configuration comes back beside a
// Store that can be used; of any other error there is none. Close ends it.
func Open(ctx context.Context, opt Options) (*Store, error) {
	s := &Store{opt: opt, instanceID: rand.Text(), channelOverrides: make(map[string]string)}
	s.told = sync.NewCond(&s.mu)
	s.config = newDocument(format[Config]{
		name: FileName, lock: LockName, decode: decode, clone: Config.clone, finish: Config.finish,
	}, opt)
	s.drafts = newDocument(format[drafts]{
		name: DraftsFileName, lock: DraftsFileName, decode: decodeDrafts, clone: drafts.clone, finish: drafts.finish, coalesce: coalesce,
	}, opt)
	s.config.changed = func(_, _ Config) { s.publish() }
	s.config.written = s.NotifyPeers
	s.drafts.changed = s.tellDrafts
	s.config.broken, s.drafts.broken = s.broken(FileName), s.broken(DraftsFileName)
	s.config.unsaved, s.drafts.unsaved = s.unsaved(FileName), s.unsaved(DraftsFileName)

	s.lastSeen = s.marker() // before anything is read: what comes later is news
	err := s.config.load(ctx)
	var broken *BrokenError
	if err != nil && !errors.As(err, &broken) {
		return nil, err
	}
	if err := s.drafts.load(ctx); err != nil {
		var broken *BrokenError
		if !errors.As(err, &broken) {
			return nil, err
		}
		s.broken(DraftsFileName)(broken)
	}
	s.config.start()
	s.drafts.start()
	return s, err
}

func (s *Store) broken(file string) func(*BrokenError) {
	return func(err *BrokenError) {
		s.opt.Log.Warn("a file could not be read and was kept aside", "file", file, "kept", err.Kept, "err", err.Err)
		if s.opt.Broken != nil {
			s.opt.Broken(file, err)
		}
	}
}

func (s *Store) unsaved(file string) func(error) {
	return func(err error) {
		s.opt.Log.Warn("a file could not be saved", "file", file, "err", err)
		if s.opt.Unsaved != nil {
			s.opt.Unsaved(file, err)
		}
	}
}

// Close saves what is not on disk yet, for a few seconds at most, and ends the
// Store. What could not be saved is an error.
func (s *Store) Close() error {
	drafts := make(chan error, 1)
	go func() { drafts <- s.drafts.close() }()
	return errors.Join(s.config.close(), <-drafts)
}

// Config gives the configuration in use: what is decided for all, and what was
// chosen for this run only.
func (s *Store) Config() Config {
	c := s.config.value()
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := c.Account(s.accountOverride); ok {
		c.Current = s.accountOverride
	}
	cloned := false
	for name, channel := range s.channelOverrides {
		i := c.index(name)
		if i < 0 {
			continue
		}
		if !cloned {
			c.Accounts, cloned = slices.Clone(c.Accounts), true
		}
		c.Accounts[i].Channel = channel
	}
	return c
}

// Change changes the configuration and does not wait for the disk. The function
// is called several times, with a Config of its own each time, and must do
// nothing else.
func (s *Store) Change(fn func(*Config)) {
	s.config.add(&change[Config]{apply: func(c *Config) error { fn(c); return nil }})
	s.publish()
}

// Update changes the configuration and returns when that is on disk, or has
// failed. The function is called with what is on disk and may refuse; it must
// do nothing else and may be called again.
func (s *Store) Update(ctx context.Context, fn func(*Config) error) error {
	return s.config.update(ctx, fn)
}

// Reload takes over what other processes wrote.
func (s *Store) Reload(ctx context.Context) error {
	return errors.Join(s.config.readAnew(ctx), s.drafts.readAnew(ctx))
}
