package destination

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"cuelight/app/state"
	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/providers"
)

// service makes a custom service, with more settings where wanted.
func service(t testing.TB, server, key string, more ...string) obs.Service {
	t.Helper()
	settings := `{"server":"` + server + `","key":"` + key + `"` + strings.Join(append([]string{""}, more...), ",") + `}`
	s, err := obs.OpenService(secret.New(`{"v":1,"type":"rtmp_custom","settings":` + settings + `}`))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// fakeOBS is an OBS with profiles.
type fakeOBS struct {
	t        testing.TB
	mu       sync.Mutex // guards the fields below
	profile  string
	services map[string]obs.Service
	// active: an output runs; activeFor counts down how often it is still called
	// so, as right after a stop.
	active    bool
	activeFor int
	stops     int
	writes    int
	// snapshotErr and writeErr fail the next calls.
	snapshotErr, writeErr error
	// stale is what the next snapshot still gives as the service, as in the midst
	// of a switch of profiles.
	stale *obs.Service
	// written is called within a write, after the comparison; it may fail it.
	written func() error
}

func newFakeOBS(t testing.TB) *fakeOBS {
	return &fakeOBS{t: t, profile: "AA", services: map[string]obs.Service{
		"AA": service(t, "rtmp://aa.example/live", "own-key-of-AA", `"bwtest":true`),
		"BB": service(t, "rtmp://bb.example/live", "own-key-of-BB"),
	}}
}

func (o *fakeOBS) Snapshot(context.Context) (obs.ServiceSnapshot, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	now := obs.ServiceSnapshot{Profile: o.profile, Service: o.services[o.profile]}
	if o.stale != nil {
		now.Service, o.stale = *o.stale, nil
	}
	return now, o.snapshotErr
}

func (o *fakeOBS) ReplaceService(_ context.Context, expect obs.ServiceSnapshot, next obs.Service) (obs.ServiceSnapshot, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	found := obs.ServiceSnapshot{Profile: o.profile, Service: o.services[o.profile]}
	if !found.Equal(expect) {
		return found, &obs.Error{Kind: obs.ErrChanged, Op: "SetStreamServiceSettings"}
	}
	if o.active {
		return found, &obs.Error{Kind: obs.ErrStreaming, Op: "SetStreamServiceSettings"}
	}
	if o.written != nil {
		if err := o.written(); err != nil {
			return found, err
		}
	}
	if o.writeErr != nil {
		return found, o.writeErr
	}
	o.services[o.profile] = next
	o.writes++
	return found, nil
}

func (o *fakeOBS) StreamStatus(context.Context) (obs.Stream, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.activeFor > 0 {
		o.activeFor--
		return obs.Stream{Active: true}, nil
	}
	return obs.Stream{Active: o.active}, nil
}

func (o *fakeOBS) StopStream(context.Context) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.stops++
	if !o.active {
		return &obs.Error{Kind: obs.ErrNotStreaming}
	}
	o.active = false
	return nil
}

func (o *fakeOBS) choose(profile string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.profile = profile
}

// set is what the user does in OBS's settings.
func (o *fakeOBS) set(s obs.Service) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.services[o.profile] = s
}

func (o *fakeOBS) stream(on bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.active = on
}

func (o *fakeOBS) holds(profile string) obs.Service {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.services[profile]
}

// fakeVault is a vault that counts what it is asked and can fail.
type fakeVault struct {
	mu    sync.Mutex // guards the fields below
	items map[string]secret.Text
	// fail fails what it names: "get", "set" or "delete" and an item's beginning.
	fail  map[string]error
	calls int
}

func newFakeVault() *fakeVault {
	return &fakeVault{items: make(map[string]secret.Text), fail: make(map[string]error)}
}

func (v *fakeVault) enter(op, name string) error {
	v.calls++
	for what, err := range v.fail {
		if strings.HasPrefix(op+" "+name, what) {
			return err
		}
	}
	return nil
}

func (v *fakeVault) Get(_ context.Context, name string) (secret.Text, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if err := v.enter("get", name); err != nil {
		return secret.Text{}, err
	}
	value, ok := v.items[name]
	if !ok {
		return secret.Text{}, providers.ErrNoSecret
	}
	return value, nil
}

func (v *fakeVault) Set(ctx context.Context, name string, value secret.Text) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if err := errors.Join(ctx.Err(), v.enter("set", name)); err != nil {
		return err
	}
	v.items[name] = value
	return nil
}

func (v *fakeVault) Delete(ctx context.Context, name string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if err := errors.Join(ctx.Err(), v.enter("delete", name)); err != nil {
		return err
	}
	delete(v.items, name)
	return nil
}

func (v *fakeVault) names() []string {
	v.mu.Lock()
	defer v.mu.Unlock()
	var names []string
	for name := range maps.Keys(v.items) {
		names = append(names, name)
	}
	return names
}

// rig is a machine with one OBS, on which any number of Cuelights run.
type rig struct {
	t                 *testing.T
	dir               string
	ordinary, sandbox *fakeVault
	obs               *fakeOBS
	conn              Connection
	log               bytes.Buffer

	mu      sync.Mutex // guards the fields below
	ingests map[string]providers.Ingest
	asked   int
	askErr  error
	// shown is the State as the events made it.
	shown state.State
}

func newRig(t *testing.T) *rig {
	r := &rig{t: t, dir: t.TempDir(), ordinary: newFakeVault(), sandbox: newFakeVault(), obs: newFakeOBS(t)}
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
	out, err := d.SetUp(r.t.Context(), r.conn, account, give, func(state.Step) {})
	if err != nil {
		r.t.Fatal(err)
	}
	return out
}

func (r *rig) restore(d *Destination) error {
	_, err := d.Restore(r.t.Context(), r.conn, false)
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

func (m meddled) ReplaceService(ctx context.Context, expect obs.ServiceSnapshot, next obs.Service) (obs.ServiceSnapshot, error) {
	m.before()
	return m.fakeOBS.ReplaceService(ctx, expect, next)
}
