package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"cuelight/app/state"
	"cuelight/app/storage"
	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/providers"
)

// Options are what an Engine is made of. The zero value of each field means
// the ordinary thing.
type Options struct {
	// Dir is the configuration folder; empty means DefaultDir.
	Dir string
	// Sandbox runs on simulated services, with a configuration folder and
	// keyring items of its own, so that nothing mixes with real accounts.
	Sandbox bool
	// Practice chooses how the sandbox's simulated services listen.
	Practice Sandbox
	// Registry are the platforms known.
	Registry providers.Registry
	// Keyring is where secrets go; nil means the system's.
	Keyring Keyring
	// Places is where OBS is looked for; nil means this machine.
	Places *obs.Places
	// OBSAddress is HOST:PORT of an OBS to use instead of the configured or
	// discovered one.
	OBSAddress string
	// OBSPassword is the password for OBSAddress; empty means the keyring's,
	// then the discovered one.
	OBSPassword secret.Text
	// OpenURL opens an address in the user's browser; nil never opens one.
	OpenURL func(string) error
	// Landing are the words of the page the browser comes back to.
	Landing Landing
	// HTTP makes the platform calls; nil means a client with a time limit.
	HTTP *http.Client
	Log  *slog.Logger
	Now  func() time.Time
}

// Engine does what Cuelight does. Make one with Open; its methods may be called
// from any goroutine.
type Engine struct {
	opt     Options
	dir     string
	log     *slog.Logger
	now     func() time.Time
	store   *store
	locks   *storage.Locks
	vault   *vault
	service *practiceServices // nil outside the sandbox

	obs *obsAccess
	// windowed: Run was called, so that a window's end is the sandbox's end.
	windowed atomic.Bool

	mu       sync.Mutex
	config   Config
	pinned   string // the account in use for this run only
	sessions map[string]openSession
	signIn   *pendingSignIn
	ingest   map[string]providers.Ingest // what the platform last gave, by account
	running  map[state.Task]bool

	stateMu     sync.Mutex
	state       state.State
	subscribers map[chan struct{}]struct{}
	observers   []func(prev, next state.State)

	categories catalog
	rhythm     rhythm
	wake       chan struct{} // the platform is to be asked now
	stranger   atomic.Bool   // somebody else may have signed in meanwhile
	teller     string        // what this process signs its tidings with
	heard      string        // the others' tidings before anything was read
	nurse      nurse
	journal    *sessionLog
}

type openSession struct {
	account providers.Account
	session providers.Session
}

// Open makes an Engine and loads the configuration; it starts nothing that
// runs on but, in the sandbox, the simulated services. A *BrokenConfigError
// comes back beside a usable Engine.
func Open(ctx context.Context, opt Options) (*Engine, error) {
	e, err := newEngine(opt)
	if err != nil {
		return nil, err
	}
	if opt.Sandbox {
		if e.service, err = e.startPractice(ctx); err != nil {
			return nil, err
		}
	}
	e.obs = newOBSAccess(e)
	storage.SweepTemp(e.dir)
	e.heard = e.tidings()
	config, err := e.store.load(ctx)
	var broken *BrokenConfigError
	if err != nil && !errors.As(err, &broken) {
		return nil, errors.Join(err, e.Close())
	}
	e.adopt(config)
	if e.writeIsQueued() {
		e.emit(state.WriteQueuedChanged{Queued: true})
	}
	if broken != nil {
		e.notice("config_broken", broken.Kept, broken)
		return e, broken
	}
	return e, nil
}

// Folder is where an Engine with these Options keeps its files: the sandbox
// has a folder of its own inside.
func Folder(opt Options) (string, error) {
	dir := opt.Dir
	if dir == "" {
		ordinary, err := DefaultDir()
		if err != nil {
			return "", err
		}
		dir = ordinary
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("find the configuration folder: %w", err)
	}
	if opt.Sandbox {
		dir = filepath.Join(dir, "sandbox")
	}
	return dir, nil
}

func newEngine(opt Options) (*Engine, error) {
	dir, err := Folder(opt)
	if err != nil {
		return nil, err
	}
	if opt.Keyring == nil {
		opt.Keyring = SystemKeyring{}
	}
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	locks := storage.NewLocks(filepath.Join(dir, "locks"))
	e := &Engine{
		opt: opt, dir: dir, log: opt.Log, now: opt.Now, locks: locks,
		store:       &store{dir: dir, locks: locks, now: opt.Now},
		vault:       newVault(opt.Keyring, keyringService(dir, opt.Sandbox)),
		sessions:    make(map[string]openSession),
		ingest:      make(map[string]providers.Ingest),
		running:     make(map[state.Task]bool),
		subscribers: make(map[chan struct{}]struct{}),
		rhythm:      rhythm{idle: refreshIdle, live: refreshLive, hear: hearEvery},
		wake:        make(chan struct{}, 1),
		teller:      rand.Text(),
	}
	e.store.onBroken = func(broken *BrokenConfigError) { e.notice("config_broken", broken.Kept, broken) }
	e.nurse.engine = e
	e.journal = &sessionLog{dir: filepath.Join(dir, "sessions")}
	e.categories.kept = make(map[string]keptCategories)
	e.categories.indexed = make(map[string]*CategoryIndex)
	e.state.Sandbox = opt.Sandbox
	e.vault.onFail = func(err error) {
		e.emit(state.KeyringChanged{Durable: false, Err: err})
		e.notice("keyring_memory", "", err)
	}
	return e, nil
}

// Close ends sessions, links and simulated services.
func (e *Engine) Close() error {
	e.CancelSignIn()
	e.leaveReal()
	err := e.obs.close()
	e.mu.Lock()
	for _, open := range e.sessions {
		err = errors.Join(err, open.session.Close())
	}
	e.sessions = make(map[string]openSession)
	e.mu.Unlock()
	err = errors.Join(err, e.journal.close())
	if e.service != nil {
		err = errors.Join(err, e.service.close())
	}
	return err
}

// Dir is the folder the Engine keeps its files in.
func (e *Engine) Dir() string { return e.dir }

// Config gives the configuration in use.
func (e *Engine) Config() Config {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.config
}

// State gives the present State.
func (e *Engine) State() state.State {
	e.stateMu.Lock()
	defer e.stateMu.Unlock()
	return e.state
}

// Watch gives a channel that holds a token whenever the State has changed
// since it was last drained: many changes make one. stop ends it.
func (e *Engine) Watch() (changed <-chan struct{}, stop func()) {
	ch := make(chan struct{}, 1)
	ch <- struct{}{}
	e.stateMu.Lock()
	e.subscribers[ch] = struct{}{}
	e.stateMu.Unlock()
	return ch, func() {
		e.stateMu.Lock()
		delete(e.subscribers, ch)
		e.stateMu.Unlock()
	}
}

// Observe calls a function with every State and the one before it, in order;
// unlike Watch it misses none. The function must return at once and call
// nothing of the Engine.
func (e *Engine) Observe(observe func(prev, next state.State)) {
	e.stateMu.Lock()
	defer e.stateMu.Unlock()
	e.observers = append(e.observers, observe)
}

// emit applies events to the State and wakes whoever watches.
func (e *Engine) emit(events ...state.Event) {
	e.stateMu.Lock()
	defer e.stateMu.Unlock()
	for _, ev := range events {
		prev := e.state
		e.state = state.Reduce(prev, ev)
		for _, observe := range e.observers {
			observe(prev, e.state)
		}
	}
	for ch := range e.subscribers {
		select {
		case ch <- struct{}{}:
		default: // it holds a token already
		}
	}
}

func (e *Engine) notice(key, detail string, err error) {
	if err != nil {
		e.log.Warn("notice", "key", key, "detail", detail, "err", err)
	}
	e.emit(state.NoticePosted{Notice: state.Notice{At: e.now(), Key: key, Detail: detail, Err: err}})
}
