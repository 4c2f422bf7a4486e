package app

import (
	"log/slog"
	"sync/atomic"
	"time"

	"cuelight/app/category"
	"cuelight/app/config"
	"cuelight/app/destination"
	"cuelight/app/diagnostics"
	"cuelight/app/features"
	"cuelight/app/history"
	"cuelight/app/monitor"
	"cuelight/app/obshosts"
	"cuelight/app/obslink"
	"cuelight/app/preset"
	"cuelight/app/refresh"
	"cuelight/app/rule"
	"cuelight/app/sandbox"
	"cuelight/app/sessions"
	"cuelight/app/signin"
	"cuelight/app/state"
	"cuelight/app/statestore"
	"cuelight/app/storage"
	"cuelight/app/task"
	"cuelight/app/titles"
	"cuelight/app/vault"
)

// Engine does what Cuelight does. Make one with Open; its methods, and those of
// the use cases that it composes, may be called from any goroutine.
type Engine struct{ *core }

// core is what the use cases share: the owners, and each other.
type core struct {
	// Accounts, Broadcast, Stream, Features and Support are the use cases, by
	// what they are about.
	Accounts  *Accounts
	Broadcast *Broadcast
	Stream    *Stream
	Features  *features.Features
	Support   *Support
	// Presets and Rules own what they are called after.
	Presets *preset.Presets
	Rules   *rule.Store
	// OBSHosts are the OBSes that are remembered.
	OBSHosts *obshosts.Hosts

	opt     Options
	dir     string
	log     *slog.Logger
	now     func() time.Time
	locks   *storage.Locks
	vault   *vault.Vault
	sandbox *sandbox.Services // nil outside the sandbox

	config   *config.Store
	states   *statestore.Store
	sessions *sessions.Pool
	obs      *obslink.Connection
	tasks    *task.Runner
	refresh  *refresh.Loop
	rules    *rule.Runner
	// identityStale: somebody else may have signed in meanwhile.
	identityStale atomic.Bool
	// peersInterval is how often a window looks for what other Cuelights changed.
	peersInterval time.Duration
	// background is what goes on beside the calls; Close ends it.
	background *task.Background
	// interactive: Run was called, so that a window's end is the sandbox's end.
	interactive atomic.Bool
	// destination is the only writer of OBS's stream service.
	destination *destination.Destination
	// obsWake holds a token while what waits for OBS may be done at once.
	obsWake chan struct{}
	// interruptGrace is how long what must not stop in the middle goes on once
	// its caller has gone away; tests make it shorter.
	interruptGrace time.Duration

	// History is what was applied before, Titles makes and remembers titles.
	History *history.History
	Titles  *titles.Titles

	categories  *category.Catalog
	monitor     *monitor.Monitor
	sessionLog  *monitor.SessionLog
	diagnostics *diagnostics.Diagnostics
}

type (
	// Accounts are the use cases of accounts and of signing in.
	Accounts struct {
		*core
		browser *signin.Browser
	}
	// Broadcast are the use cases of the broadcast's settings: the draft, sending
	// it, and reading what the platform holds.
	Broadcast struct {
		*core
		*category.UseCases
	}
	// Stream are the use cases of OBS: pointing it at an account, going live,
	// ending, and putting back what was there.
	Stream struct{ *core }
	// Support are the use cases of finding out what is wrong and what was.
	Support struct{ *core }
)

func (c *core) emit(events ...state.Event) { c.states.Emit(events...) }

func (c *core) notice(key, detail string, err error) {
	if err != nil {
		c.log.Warn("notice", "key", key, "detail", detail, "err", err)
	}
	c.emit(state.NoticePosted{Notice: state.Notice{At: c.now(), Key: key, Detail: detail, Err: err}})
}
