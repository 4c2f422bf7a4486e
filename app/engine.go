package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"time"

	"cuelight/app/category"
	"cuelight/app/config"
	"cuelight/app/features"
	"cuelight/app/monitor"
	"cuelight/app/obshosts"
	"cuelight/app/sandbox"
	"cuelight/app/sessions"
	"cuelight/app/signin"
	"cuelight/app/state"
	"cuelight/app/statestore"
	"cuelight/app/storage"
	"cuelight/app/task"
	"cuelight/app/vault"
	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/discovery"
	"cuelight/providers"
)

// Options are what an Engine is made of. The zero value of each field means
// the ordinary thing.
type Options struct {
	// Dir is the configuration folder; empty means config.DefaultDir.
	Dir string
	// Sandbox runs on simulated services, with a configuration folder and
	// keyring items of its own, so that nothing mixes with real accounts.
	Sandbox bool
	// SandboxAddresses choose how the simulated services listen.
	SandboxAddresses sandbox.Addresses
	// Registry are the platforms known.
	Registry providers.Registry
	// Keyring is where secrets go; nil means the system's.
	Keyring vault.Keyring
	// KeyringTimeout bounds one call of the keyring; 0 means 15 seconds.
	KeyringTimeout time.Duration
	// TrayAvailable tells whether the desktop shows tray icons; nil means that
	// it does not.
	TrayAvailable func(context.Context) bool
	// Places is where OBS is looked for; nil means this machine.
	Places *discovery.Places
	// OBSAddress is HOST:PORT of an OBS to use instead of the configured or
	// discovered one.
	OBSAddress string
	// OBSPassword is the password for OBSAddress; empty means the keyring's,
	// then the discovered one.
	OBSPassword secret.Text
	// OBSUnprotected uses an OBS that asks for no password although one is known.
	OBSUnprotected bool
	// OpenURL opens an address in the user's browser; nil never opens one.
	OpenURL func(string) error
	// Lang is the language that dates in titles are written in, "ko" or "en".
	Lang string
	// Landing are the words of the page the browser comes back to.
	Landing Landing
	// HTTP makes the platform calls; nil means a client with a time limit.
	HTTP *http.Client
	Log  *slog.Logger
	Now  func() time.Time
}

// Open makes an Engine and loads the configuration; it starts nothing that
// runs on but, in the sandbox, the simulated services. A *config.BrokenError
// comes back beside a usable Engine.
func Open(ctx context.Context, opt Options) (*Engine, error) {
	e, err := newEngine(opt)
	if err != nil {
		return nil, err
	}
	storage.SweepTemp(e.dir)
	e.config, err = config.Open(ctx, config.Options{
		Dir: e.dir, Locks: e.locks, Log: e.log, Now: e.now, Broken: e.fileBroken, Unsaved: e.fileUnsaved,
	})
	var broken *config.BrokenError
	if err != nil && !errors.As(err, &broken) {
		return nil, err
	}
	if opt.Sandbox {
		if e.sandbox, err = e.startSandbox(ctx); err != nil {
			return nil, errors.Join(err, e.config.Close())
		}
	}
	e.destination = e.newDestination()
	e.obs = e.newOBSConnection()
	e.OBSHosts = obshosts.New(obshosts.Options{
		Config: e.Config, Update: e.config.Update, KeepPassword: e.obs.KeepPassword, ForgetPassword: e.obs.ForgetPassword,
	})
	e.states.Observe(e.Titles.NoteEnd)
	e.states.Observe(e.keepDraft)
	e.config.Observe(e.showConfig, e.showDraft)
	e.loadPresets(ctx)
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
		ordinary, err := config.DefaultDir()
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
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	locks := storage.NewLocks(filepath.Join(dir, "locks"))
	c := &core{
		opt: opt, dir: dir, log: opt.Log, now: opt.Now, locks: locks,
		states:     statestore.New(state.State{Sandbox: opt.Sandbox}),
		background: task.NewBackground(),
		obsWake:    make(chan struct{}, 1),

		peersInterval:  peersEvery,
		interruptGrace: task.InterruptGrace,
	}
	c.Accounts, c.Broadcast, c.Stream = &Accounts{core: c}, &Broadcast{core: c}, &Stream{c}
	c.Support = &Support{c}
	e := &Engine{c}
	e.refresh = e.newRefresh()
	e.Accounts.browser = signin.New(signin.Options{
		Landing: opt.Landing, OpenURL: opt.OpenURL, Emit: e.emit, Now: e.now,
		NotOpened: func() { e.notice("browser_failed", "", nil) },
	})
	locks.OnHeld(func(pid int) { e.emit(state.NoticePosted{Notice: state.Held(e.now(), pid)}) })
	e.sessions = sessions.NewPool(e.Accounts.openSession, opt.Log)
	e.tasks = &task.Runner{Emit: e.emit, Now: opt.Now, Log: opt.Log, Connect: e.connectOBS, Done: e.notifyPeers}
	e.Features = features.New(features.Options{
		Current: e.current, Answered: e.signInLost, ForgetIngest: e.sessions.ForgetIngest, Tasks: e.tasks,
		OBS: func(ctx context.Context) (*obs.Client, error) { return e.obs.Client(ctx) },
	})
	e.monitor = monitor.New(monitor.Options{
		Linked: e.linkedOBS, Stream: func() state.StreamState { return e.State().OBS.Stream }, Emit: e.emit, Now: e.now,
	})
	e.sessionLog = monitor.NewSessionLog(filepath.Join(dir, "sessions"), e.now, e.log)
	e.categories = category.New(category.Options{Dir: filepath.Join(dir, "categories"), Now: opt.Now, Log: opt.Log})
	e.Broadcast.UseCases = &category.UseCases{Catalog: e.categories, Current: e.current, Config: func() *config.Store { return e.config }}
	e.vault = vault.New(vault.Options{
		Keyring: opt.Keyring, Service: keyringService(dir, opt.Sandbox), Locks: locks,
		Timeout: opt.KeyringTimeout, Emit: e.emit, Log: opt.Log, Now: opt.Now,
	})
	e.History = e.newHistory()
	e.Titles = e.newTitles()
	e.diagnostics = e.newDiagnostics()
	e.newPresets()
	return e, nil
}

// Close ends sessions, links and simulated services.
func (e *Engine) Close() error {
	e.Accounts.CancelSignIn()
	e.Stream.endRehearsal()
	e.background.Close()
	if err := e.config.Close(); err != nil { // told already, where it could not be saved for a while
		e.log.Warn("save what was changed", "err", err)
	}
	e.obs.Close()
	err := errors.Join(e.destination.Close(), e.sessions.Close())
	if e.sandbox != nil {
		err = errors.Join(err, e.sandbox.Close())
	}
	return err
}

// Dir is the folder the Engine keeps its files in.
func (e *Engine) Dir() string { return e.dir }

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
