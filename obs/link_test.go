package obs_test

import (
	"context"
	"errors"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/obssim"
)

// linked is a running link whose events a test waits for.
type linked struct {
	*obs.Link
	t      *testing.T
	events chan obs.LinkEvent
}

func startLink(t *testing.T, options obs.LinkOptions) *linked {
	t.Helper()
	l := &linked{t: t, events: make(chan obs.LinkEvent, 4096)}
	options.Notify = func(e obs.LinkEvent) { l.events <- e }
	if options.Dialer == (obs.Dialer{}) {
		options.Dialer = quick()
	}
	if options.Retry == 0 {
		options.Retry = 30 * time.Millisecond
	}
	if options.RetryFar == 0 {
		options.RetryFar = 60 * time.Millisecond
	}
	if options.Settle == 0 {
		options.Settle = time.Millisecond
	}
	l.Link = obs.NewLink(options)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); _ = l.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		select {
		case <-ended:
		case <-time.After(5 * time.Second):
			t.Error("the link does not end")
		}
	})
	return l
}

// until skips events up to one that fits.
func (l *linked) until(what string, fits func(obs.LinkEvent) bool) obs.LinkEvent {
	l.t.Helper()
	for deadline := time.After(10 * time.Second); ; {
		select {
		case e := <-l.events:
			if fits(e) {
				return e
			}
		case <-deadline:
			l.t.Fatalf("no event: %s", what)
		}
	}
}

func (l *linked) untilKind(kind obs.LinkKind) obs.LinkEvent {
	l.t.Helper()
	return l.until(string(kind), func(e obs.LinkEvent) bool { return e.Kind == kind })
}

// none wants that no such event comes for a while.
func (l *linked) none(kind obs.LinkKind, d time.Duration) {
	l.t.Helper()
	for deadline := time.After(d); ; {
		select {
		case e := <-l.events:
			if e.Kind == kind {
				l.t.Fatalf("unexpected %s: %v", kind, e.Err)
			}
		case <-deadline:
			return
		}
	}
}

func finding(o *obssim.OBS) func(context.Context) (obs.Endpoint, error) {
	return func(context.Context) (obs.Endpoint, error) { return o.Endpoint(), nil }
}

func TestLinkComesBackByItself(t *testing.T) {
	for name, leave := range map[string]func(*obssim.OBS){
		"after OBS quits":   (*obssim.OBS).Quit,
		"after OBS crashes": (*obssim.OBS).Crash,
	} {
		t.Run(name, func(t *testing.T) {
			o := startSim(t, obssim.Options{})
			l := startLink(t, obs.LinkOptions{Find: finding(o)})
			connected := l.untilKind(obs.LinkConnected)
			if connected.Version.OBS != obssim.Version {
				t.Errorf("connected to %+v", connected.Version)
			}
			leave(o)
			wantKind(t, l.untilKind(obs.LinkLost).Err, obs.ErrClosed)
			if _, ok := l.Client(); ok {
				t.Error("a lost link still gives a client")
			}
			wantKind(t, l.untilKind(obs.LinkWaiting).Err, obs.ErrUnreachable)
			l.none(obs.LinkWaiting, 200*time.Millisecond)
			if err := o.Restart(); err != nil {
				t.Fatal(err)
			}
			l.untilKind(obs.LinkConnected)
			if c, ok := l.Client(); !ok || c.Err() != nil {
				t.Error("a link that is back gives no client")
			}
		})
	}
}

func TestLinkSeesAFrozenOBS(t *testing.T) {
	o := startSim(t, obssim.Options{})
	l := startLink(t, obs.LinkOptions{Find: finding(o), Dialer: obs.Dialer{}})
	l.untilKind(obs.LinkConnected)
	frozen := time.Now()
	o.Faults(func(f *obssim.Faults) { f.Hang = true })
	wantKind(t, l.untilKind(obs.LinkLost).Err, obs.ErrClosed)
	if took := time.Since(frozen); took > 2*time.Second {
		t.Errorf("a frozen OBS was seen after %v", took)
	}
}

func TestLinkWithTheWrongPassword(t *testing.T) {
	o := startSim(t, obssim.Options{})
	var finds, password atomic.Int64
	l := startLink(t, obs.LinkOptions{Find: func(context.Context) (obs.Endpoint, error) {
		finds.Add(1)
		e := o.Endpoint()
		if password.Load() == 0 {
			e.Password = secret.New("wrong")
		}
		return e, nil
	}})
	wantKind(t, l.untilKind(obs.LinkStopped).Err, obs.ErrPassword)
	if finds.Load() < 2 {
		t.Error("the settings were not read once more before asking")
	}
	l.none(obs.LinkConnecting, 200*time.Millisecond)
	password.Store(1)
	l.untilKind(obs.LinkConnected)
}

func TestLinkRetriesAWrongPasswordOnlyWhenAsked(t *testing.T) {
	o := startSim(t, obssim.Options{})
	wrong := o.Endpoint()
	wrong.Password = secret.New("wrong")
	l := startLink(t, obs.LinkOptions{
		Find: func(context.Context) (obs.Endpoint, error) { return wrong, nil },
	})
	l.untilKind(obs.LinkStopped)
	o.SetPassword(secret.New("wrong"))
	l.none(obs.LinkConnecting, 200*time.Millisecond)
	l.Retry()
	l.untilKind(obs.LinkConnected)
}

func TestLinkKickedByTheUserStaysAway(t *testing.T) {
	o := startSim(t, obssim.Options{})
	l := startLink(t, obs.LinkOptions{Find: finding(o)})
	l.untilKind(obs.LinkConnected)
	o.Kick(4011)
	wantKind(t, l.untilKind(obs.LinkStopped).Err, obs.ErrKicked)
	l.none(obs.LinkConnecting, 300*time.Millisecond)
	if n := o.Sessions(); n != 0 {
		t.Errorf("%d sessions after the kick", n)
	}
	l.Retry()
	l.untilKind(obs.LinkConnected)
}

func TestLinkWaitsWhileNothingIsFound(t *testing.T) {
	off := errors.New("server off")
	o := startSim(t, obssim.Options{})
	var found atomic.Bool
	l := startLink(t, obs.LinkOptions{Find: func(context.Context) (obs.Endpoint, error) {
		if found.Load() {
			return o.Endpoint(), nil
		}
		return obs.Endpoint{}, off
	}})
	if e := l.untilKind(obs.LinkWaiting); !errors.Is(e.Err, off) {
		t.Errorf("waiting for %v", e.Err)
	}
	l.none(obs.LinkWaiting, 200*time.Millisecond)
	found.Store(true)
	l.untilKind(obs.LinkConnected)
}

func TestLinkTellsWhereOBSPoints(t *testing.T) {
	o := startSim(t, obssim.Options{})
	l := startLink(t, obs.LinkOptions{Find: finding(o), ServiceEvery: 50 * time.Millisecond})
	first := l.untilKind(obs.LinkService).Service
	if first.Type != "rtmp_common" {
		t.Errorf("first told: %v", first)
	}
	l.none(obs.LinkService, 200*time.Millisecond)
	o.ChangeService(obs.TypeCustom, map[string]any{"server": "rtmp://elsewhere/", "key": "k1"})
	if s := l.untilKind(obs.LinkService).Service; !s.Matches("rtmp://elsewhere", secret.New("k1")) {
		t.Errorf("told of %v", s)
	}
	// Only the key changed: the text looks the same, the fingerprint does not.
	o.ChangeService(obs.TypeCustom, map[string]any{"server": "rtmp://elsewhere/", "key": "k2"})
	l.untilKind(obs.LinkService)
}

func TestLinkPassesOnTheStream(t *testing.T) {
	o := startSim(t, obssim.Options{})
	o.ChangeService(obs.TypeCustom, map[string]any{"server": "rtmp://here/", "key": "k"})
	l := startLink(t, obs.LinkOptions{Find: finding(o)})
	if l.untilKind(obs.LinkStream).Stream.Active {
		t.Error("nothing streams yet")
	}
	client, _ := l.Client()
	if err := client.StartStream(t.Context()); err != nil {
		t.Fatal(err)
	}
	state := func(want obs.OutputState) {
		t.Helper()
		l.until(string(want), func(e obs.LinkEvent) bool {
			return e.Kind == obs.LinkOBS && e.Event.Kind == obs.EventStream && e.Event.State == want
		})
	}
	state(obs.StateStarting)
	state(obs.StateStarted)
	o.Reconnect(20 * time.Millisecond)
	state(obs.StateReconnecting)
	state(obs.StateReconnected)
	o.Kick(1001) // the server restarted, OBS streams on
	if !l.untilKind(obs.LinkStream).Stream.Active {
		t.Error("the stream that runs was not seen on coming back")
	}
}

func TestRetryDoesNotWait(t *testing.T) {
	o := startSim(t, obssim.Options{})
	o.Quit()
	l := startLink(t, obs.LinkOptions{Find: finding(o), Retry: time.Hour})
	l.untilKind(obs.LinkWaiting)
	if err := o.Restart(); err != nil {
		t.Fatal(err)
	}
	l.Retry()
	l.untilKind(obs.LinkConnected)
}

func TestManyReconnectsLeaveNothingBehind(t *testing.T) {
	o := startSim(t, obssim.Options{})
	l := startLink(t, obs.LinkOptions{Find: finding(o), Retry: time.Millisecond})
	var before runtime.MemStats
	for i := range 200 {
		l.untilKind(obs.LinkConnected)
		if i == 20 { // warm
			runtime.GC()
			runtime.ReadMemStats(&before)
		}
		o.Reset()
		l.untilKind(obs.LinkLost)
	}
	l.untilKind(obs.LinkConnected)
	if n := runtime.NumGoroutine(); n > 60 {
		t.Errorf("%d goroutines after 200 connections", n)
	}
	var after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 2<<20 {
		t.Errorf("the heap has grown by %d bytes", grown)
	}
}
