package destination

import (
	"context"
	"errors"
	"maps"
	"strings"
	"sync"
	"testing"

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
	// reconnecting: the output runs without being active; stopErr fails a stop.
	reconnecting bool
	stopErr      error
	writes       int
	// snapshotErr and writeErr fail the next calls.
	snapshotErr, writeErr error
	// stale is what the next snapshot still gives as the service, as in the midst
	// of a switch of profiles.
	stale *obs.Service
	// sure is what a Snapshot says of itself.
	sure bool
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
	now := obs.ServiceSnapshot{Profile: o.profile, Service: o.services[o.profile], Sure: o.sure}
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
	return obs.Stream{Active: o.active, Reconnecting: o.reconnecting}, nil
}

func (o *fakeOBS) StopStream(context.Context) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.stops++
	if o.stopErr != nil {
		return o.stopErr
	}
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

func (m meddled) ReplaceService(ctx context.Context, expect obs.ServiceSnapshot, next obs.Service) (obs.ServiceSnapshot, error) {
	m.before()
	return m.fakeOBS.ReplaceService(ctx, expect, next)
}
