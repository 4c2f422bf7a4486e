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

	"cuelight/app/destination"
	"cuelight/app/obslink"
	"cuelight/app/sessions"
	"cuelight/app/state"
	"cuelight/app/statestore"
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

	states   *statestore.Store
	sessions *sessions.Pool
	obs      *obslink.Connection
	tasks    *tasks
	signIns  signIns
	refresh  *refreshLoop
	// background is what goes on beside the calls; Close ends it.
	background *background
	// interactive: Run was called, so that a window's end is the sandbox's end.
	interactive atomic.Bool
	// destination is the only writer of OBS's stream service.
	destination *destination.Destination
	// obsWake holds a token while what waits for OBS may be done at once.
	obsWake chan struct{}
	// interruptTimeout is how long what must not stop in the middle goes on once
	// its caller has gone away; tests make it shorter.
	interruptTimeout time.Duration

	// mu guards the configuration in use; nothing else is done under it.
	mu              sync.Mutex
	config          Config
	accountOverride string // the account in use for this run only

	categories catalog
	instanceID string // what this process signs its change marker with
	lastSeen   string // the change marker before anything was read
	nurse      nurse
	journal    *sessionLog
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
	e.destination = e.newDestination()
	e.obs = e.newOBSConnection()
	storage.SweepTemp(e.dir)
	e.lastSeen = e.tidings()
	config, err := e.store.load(ctx)
	var broken *BrokenConfigError
	if err != nil && !errors.As(err, &broken) {
		return nil, errors.Join(err, e.Close())
	}
	e.adopt(config)
	e.emit(state.WriteQueuedChanged{Queued: e.destination.Queued()})
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
		store:      &store{dir: dir, locks: locks, now: opt.Now},
		vault:      newVault(opt.Keyring, keyringService(dir, opt.Sandbox)),
		states:     statestore.New(state.State{Sandbox: opt.Sandbox}),
		refresh:    newRefreshLoop(),
		background: newBackground(),
		instanceID: rand.Text(),
		obsWake:    make(chan struct{}, 1),

		interruptTimeout: interruptTimeout,
	}
	e.sessions = sessions.NewPool(e.openSession, opt.Log)
	e.tasks = &tasks{emit: e.emit, now: opt.Now, log: opt.Log, connect: e.connectOBS, done: e.tellOthers}
	e.store.onBroken = func(broken *BrokenConfigError) { e.notice("config_broken", broken.Kept, broken) }
	e.nurse.engine = e
	e.journal = &sessionLog{dir: filepath.Join(dir, "sessions")}
	e.categories.kept = make(map[string]keptCategories)
	e.categories.indexed = make(map[string]*CategoryIndex)
	e.vault.onFail = func(err error) {
		e.emit(state.KeyringChanged{Durable: false, Err: err})
		e.notice("keyring_memory", "", err)
	}
	return e, nil
}

// Close ends sessions, links and simulated services.
func (e *Engine) Close() error {
	e.CancelSignIn()
	e.endRehearsal()
	e.background.close()
	e.obs.Close()
	err := e.destination.Close()
	err = errors.Join(err, e.sessions.Close())
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
func (e *Engine) State() state.State { return e.states.State() }

// Watch gives a channel that holds a token whenever the State has changed; see
// statestore.Store.
func (e *Engine) Watch() (changed <-chan struct{}, stop func()) { return e.states.Watch() }

// Observe calls a function with every State and the one before it until stop is
// called; see statestore.Store.
func (e *Engine) Observe(observe func(prev, next state.State)) (stop func()) {
	return e.states.Observe(observe)
}

func (e *Engine) emit(events ...state.Event) { e.states.Emit(events...) }

func (e *Engine) notice(key, detail string, err error) {
	if err != nil {
		e.log.Warn("notice", "key", key, "detail", detail, "err", err)
	}
	e.emit(state.NoticePosted{Notice: state.Notice{At: e.now(), Key: key, Detail: detail, Err: err}})
}
