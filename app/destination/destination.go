// Package destination decides where OBS sends. A Destination is the only code of
// Cuelight that writes OBS's stream service.
//
// OBS has no lock and no compare-and-write, and several Cuelights may be at one
// OBS: a window and a terminal, the sandbox and the ordinary one. So every
// change is one exclusive step, across goroutines and processes: read, keep what
// was there, write, read back (exclusive). What was there is kept per OBS and
// profile, because each profile of OBS has a stream service of its own, and is
// given back only to where it came from (backups, restore.go). A new stream key
// that OBS cannot take yet waits in a file (queue, keys.go). What the sandbox
// wrote to a real OBS is put back when the sandbox is gone (rehearsals,
// recovery.go).
package destination

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"time"

	"cuelight/app/state"
	"cuelight/app/storage"
	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/providers"
)

var (
	// ErrNoBackup: nothing is kept for the OBS and profile in use.
	ErrNoBackup = errors.New("no earlier OBS settings are kept")
	// ErrChangedSince: OBS does not hold what Cuelight wrote any more. Restore
	// gives it as a *ChangedError.
	ErrChangedSince = errors.New("OBS was set to something else meanwhile")
	// ErrLocked: another Cuelight, or another task of this one, was changing the
	// same for longer than the wait lasted.
	ErrLocked = errors.New("another Cuelight is changing OBS's stream settings")
)

// OBS is what is needed of a connection to OBS; *obs.Client has it.
type OBS interface {
	Snapshot(ctx context.Context) (obs.ServiceSnapshot, error)
	ReplaceService(ctx context.Context, expect obs.ServiceSnapshot, next obs.Service) (obs.ServiceSnapshot, error)
	StreamStatus(ctx context.Context) (obs.Stream, error)
	StopStream(ctx context.Context) error
}

// Connection is a connection to an OBS, with who it is.
type Connection struct {
	OBS
	// Address is HOST:PORT of the OBS.
	Address string
	// Simulated: it is the sandbox's own, whose address changes with each run.
	Simulated bool
}

// Vault keeps secrets by name. Get gives providers.ErrNoSecret for a name that
// has none.
type Vault interface {
	Get(ctx context.Context, name string) (secret.Text, error)
	Set(ctx context.Context, name string, value secret.Text) error
	Delete(ctx context.Context, name string) error
}

// Options are what a Destination is made of.
type Options struct {
	// Dir is the configuration folder, Ordinary that of the ordinary Cuelight:
	// the same one outside the sandbox. What concerns a real OBS is kept and
	// locked there, because both may be at the same one.
	Dir, Ordinary string
	Sandbox       bool
	// Vault holds this Cuelight's secrets, OrdinaryVault the ordinary one's and
	// SandboxVault the sandbox's: two of the three are the same.
	Vault, OrdinaryVault, SandboxVault Vault
	// Ingest asks the platform for an account's server and key.
	Ingest func(ctx context.Context, account string) (providers.Ingest, error)
	// Emit takes events for the State.
	Emit func(...state.Event)
	Log  *slog.Logger
}

// Destination is the owner of OBS's stream service. Make one with New; its
// methods may be called from any goroutine.
type Destination struct {
	opt        Options
	scopes     scopes
	backups    backups
	queue      *queue
	rehearsals *rehearsals
	// secondLookAfter is obs.MidSwitch; tests make it shorter.
	secondLookAfter time.Duration
}

// New makes a Destination. It writes nothing but, in the sandbox, the file that
// tells others that this run is alive.
func New(opt Options) *Destination {
	own, shared := storage.NewLocks(filepath.Join(opt.Dir, "locks")), storage.NewLocks(filepath.Join(opt.Ordinary, "locks"))
	held := func(pid int) { opt.Emit(state.NoticePosted{Notice: state.Held(time.Now(), pid)}) }
	own.OnHeld(held)
	shared.OnHeld(held)
	scopes := scopes{own: scope{opt.Vault, own}, shared: scope{opt.OrdinaryVault, shared}}
	d := &Destination{
		opt:             opt,
		scopes:          scopes,
		backups:         backups{scopes},
		queue:           &queue{dir: opt.Dir, locks: own, emit: opt.Emit, log: opt.Log},
		rehearsals:      &rehearsals{dir: filepath.Join(opt.Ordinary, "sandbox")},
		secondLookAfter: obs.MidSwitch,
	}
	if opt.Sandbox {
		if err := d.rehearsals.begin(); err != nil {
			opt.Log.Warn("tell others that this sandbox is alive", "err", err)
		}
	}
	return d
}

// Close ends what New began.
func (d *Destination) Close() error { return d.rehearsals.end() }

// place is one stream service: an OBS and a profile in it.
type place struct {
	OBS     string `json:"obs"`
	Profile string `json:"profile"`
}

// simulatedOBS stands for the sandbox's own OBS, whose address changes.
const simulatedOBS = "sandbox"

// id names an OBS. "localhost", 127.0.0.1 and ::1 are one machine.
func (c Connection) id() string {
	if c.Simulated {
		return simulatedOBS
	}
	at, err := obs.ParseEndpoint(c.Address)
	if err != nil {
		return c.Address
	}
	if at.Local() {
		at.Host = "localhost"
	}
	return at.Address()
}

func (c Connection) at(snap obs.ServiceSnapshot) place {
	return place{OBS: c.id(), Profile: snap.Profile}
}

// rehearses reports whether what is written there is a rehearsal: the sandbox's
// settings in the user's own OBS.
func (d *Destination) rehearses(at place) bool { return d.opt.Sandbox && at.OBS != simulatedOBS }

// afterwardsTimeout bounds the notes made after OBS was written to, which a caller who
// has gone away must not interrupt.
const afterwardsTimeout = 30 * time.Second

func afterwards(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), afterwardsTimeout)
}

// Seen shows what is kept and what waits for the OBS and profile now in use. It
// asks the keyring.
func (d *Destination) Seen(ctx context.Context, conn Connection, present obs.ServiceSnapshot) {
	at := conn.at(present)
	d.queue.see(at)
	d.queue.show()
	kept, err := d.backups.load(ctx, at, present.Service)
	if err != nil {
		d.opt.Log.Warn("read what is kept of OBS", "err", err)
		return
	}
	if err := d.backups.remember(ctx, kept); err != nil {
		d.opt.Log.Warn("remember whose OBS settings are kept", "err", err)
	}
	target := kept.target(d.rehearses(at))
	can := target != "" && !holds(present.Service, target) || d.backups.mayHaveMoved(ctx, kept, present.Service)
	d.opt.Emit(state.RestorableChanged{CanRestore: can},
		state.SenderRead{Account: d.sendsFor(at, present.Service, kept.prints)})
}

// sendsFor names the account whose ingest Cuelight wrote to a place and that is still
// there. The keyring has only fingerprints of names; the names are those of the
// accounts that the place was pointed at.
func (d *Destination) sendsFor(at place, present obs.Service, prints fingerprints) string {
	by, ours := prints.writer(present)
	if !ours {
		return ""
	}
	for _, t := range d.queue.targets() {
		if t.covers(at) && by.Account == prints.by(t.Account, by.Rehearsal).Account {
			return t.Account
		}
	}
	return ""
}
