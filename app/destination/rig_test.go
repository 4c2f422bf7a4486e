package destination

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/providers"
)

// rig is a machine with one OBS, on which any number of Cuelights run.
type rig struct {
	t                 *testing.T
	dir               string
	ordinary, sandbox *fakeVault
	obs               *fakeOBS
	conn              Connection
	log               bytes.Buffer
	// ctx bounds what is done through the rig: what waits for ever fails its test.
	ctx context.Context

	mu      sync.Mutex // guards the fields below
	ingests map[string]providers.Ingest
	asked   int
	askErr  error
	// shown is the State as the events made it.
	shown state.State
}

func newRig(t *testing.T) *rig {
	r := &rig{t: t, dir: t.TempDir(), ordinary: newFakeVault(), sandbox: newFakeVault(), obs: newFakeOBS(t)}
	bounded, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	t.Cleanup(cancel)
	r.ctx = bounded
	r.conn = Connection{OBS: r.obs, Address: "127.0.0.1:4455"}
	r.ingests = map[string]providers.Ingest{"mine": ingest("mine-key-1"), "other": ingest("other-key-1")}
	t.Cleanup(r.nothingSecret)
	return r
}

func ingest(key string) providers.Ingest {
	return providers.Ingest{Server: "rtmp://platform.example/app/", Key: secret.New(key)}
}

func (r *rig) give(account, key string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ingests[account] = ingest(key)
}

func (r *rig) ask(_ context.Context, account string) (providers.Ingest, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked++
	return r.ingests[account], r.askErr
}

func (r *rig) emit(events ...state.Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, event := range events {
		r.shown = state.Reduce(r.shown, event)
	}
}

func (r *rig) state() state.OBSState {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.shown.OBS
}

func (r *rig) notices() []state.Notice {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.shown.Notices)
}

// cuelight starts one more process, so to speak.
func (r *rig) cuelight() *Destination { return r.start(false) }

// rehearsal starts one in the sandbox.
func (r *rig) rehearsal() *Destination { return r.start(true) }

func (r *rig) start(sandbox bool) *Destination {
	r.t.Helper()
	opt := Options{
		Dir: r.dir, Ordinary: r.dir, Sandbox: sandbox, Vault: r.ordinary, OrdinaryVault: r.ordinary, SandboxVault: r.sandbox,
		Ingest: r.ask, Emit: r.emit, Log: slog.New(slog.NewTextHandler(&r.log, nil)),
	}
	if sandbox {
		opt.Dir, opt.Vault = filepath.Join(r.dir, "sandbox"), r.sandbox
	}
	if err := os.MkdirAll(opt.Dir, 0o700); err != nil {
		r.t.Fatal(err)
	}
	d := New(opt)
	d.secondLookAfter = 0
	r.t.Cleanup(func() { r.close(d) })
	return d
}

func (r *rig) close(d *Destination) {
	r.t.Helper()
	if err := d.Close(); err != nil {
		r.t.Error(err)
	}
}

// setUp points OBS at an account.
func (r *rig) setUp(d *Destination, account string) Outcome {
	r.t.Helper()
	r.mu.Lock()
	give := r.ingests[account]
	r.mu.Unlock()
	out, err := d.SetUp(r.ctx, r.conn, account, give, func(state.Step) {})
	if err != nil {
		r.t.Fatal(err)
	}
	return out
}

func (r *rig) restore(d *Destination) error {
	_, err := d.Restore(r.ctx, r.conn, false)
	return err
}

// wantOwn asks for profiles to hold what their user set.
func (r *rig) wantOwn(profiles ...string) {
	r.t.Helper()
	fresh := newFakeOBS(r.t)
	for _, name := range profiles {
		if got := r.obs.holds(name); !got.Equal(fresh.services[name]) {
			r.t.Errorf("profile %s holds %v", name, got)
		}
	}
}

// wantKey asks for the profile in use to hold an account's key.
func (r *rig) wantKey(key string) {
	r.t.Helper()
	if got := r.obs.holds(r.obs.profile); !got.Matches(ingest(key).Server, ingest(key).Key) {
		r.t.Errorf("OBS holds %v", got)
	}
}

// nothingSecret looks for keys in files and the log.
func (r *rig) nothingSecret() {
	texts := r.log.String()
	_ = filepath.WalkDir(r.dir, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			data, _ := os.ReadFile(path)
			texts += string(data)
		}
		return nil
	})
	for _, key := range []string{"-key-of-", "-key-1", "-key-2", "-key-3"} {
		if strings.Contains(texts, key) {
			r.t.Errorf("a key like %q stands in a file or the log", key)
		}
	}
}
