package link_test

import (
	"context"
	"errors"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/link"
	"cuelight/obs/obssim"
	"cuelight/obs/obstest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m, obstest.Lasting()) }

// linked is a running link whose events a test waits for.
type linked struct {
	*link.Link
	t      *testing.T
	events chan link.Event
}

func startLink(t *testing.T, options link.Options) *linked {
	t.Helper()
	l := &linked{t: t, events: make(chan link.Event, 4096)}
	options.Notify = func(e link.Event) { l.events <- e }
	if options.Dialer == (obs.Dialer{}) {
		options.Dialer = obstest.Quick()
	}
	if options.Retry == 0 {
		options.Retry = 30 * time.Millisecond
	}
	if options.RetryFar == 0 {
		options.RetryFar = 60 * time.Millisecond
	}
	if options.StartupDelay == 0 {
		options.StartupDelay = time.Millisecond
	}
	l.Link = link.New(options)
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
func (l *linked) until(what string, fits func(link.Event) bool) link.Event {
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

func (l *linked) untilKind(kind link.Kind) link.Event {
	l.t.Helper()
	return l.until(string(kind), func(e link.Event) bool { return e.Kind == kind })
}

// none wants that no such event comes for a while.
func (l *linked) none(kind link.Kind, d time.Duration) {
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
			o := obstest.StartSim(t, obssim.Options{})
			l := startLink(t, link.Options{Find: finding(o)})
			connected := l.untilKind(link.Connected)
			if connected.Version.OBS != obssim.Version {
				t.Errorf("connected to %+v", connected.Version)
			}
			leave(o)
			obstest.WantKind(t, l.untilKind(link.Lost).Err, obs.ErrClosed)
			if _, ok := l.Client(); ok {
				t.Error("a lost link still gives a client")
			}
			obstest.WantKind(t, l.untilKind(link.Waiting).Err, obs.ErrUnreachable)
			l.none(link.Waiting, 200*time.Millisecond)
			if err := o.Restart(); err != nil {
				t.Fatal(err)
			}
			l.untilKind(link.Connected)
			if c, ok := l.Client(); !ok || c.Err() != nil {
				t.Error("a link that is back gives no client")
			}
		})
	}
}

func TestLinkSeesAFrozenOBS(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	l := startLink(t, link.Options{Find: finding(o), Dialer: obs.Dialer{}})
	l.untilKind(link.Connected)
	frozen := time.Now()
	o.Faults(func(f *obssim.Faults) { f.Hang = true })
	obstest.WantKind(t, l.untilKind(link.Lost).Err, obs.ErrClosed)
	if took := time.Since(frozen); took > 2*time.Second {
		t.Errorf("a frozen OBS was seen after %v", took)
	}
}

func TestLinkWithTheWrongPassword(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	var finds, password atomic.Int64
	l := startLink(t, link.Options{Find: func(context.Context) (obs.Endpoint, error) {
		finds.Add(1)
		e := o.Endpoint()
		if password.Load() == 0 {
			e.Password = secret.New("wrong")
		}
		return e, nil
	}})
	obstest.WantKind(t, l.untilKind(link.Stopped).Err, obs.ErrPassword)
	if finds.Load() < 2 {
		t.Error("the settings were not read once more before asking")
	}
	l.none(link.Connecting, 200*time.Millisecond)
	password.Store(1)
	l.untilKind(link.Connected)
}

func TestLinkRetriesAWrongPasswordOnlyWhenAsked(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	wrong := o.Endpoint()
	wrong.Password = secret.New("wrong")
	l := startLink(t, link.Options{
		Find: func(context.Context) (obs.Endpoint, error) { return wrong, nil },
	})
	l.untilKind(link.Stopped)
	o.SetPassword(secret.New("wrong"))
	l.none(link.Connecting, 200*time.Millisecond)
	l.Retry()
	l.untilKind(link.Connected)
}

// Another address in the settings used to count from the next start on.
func TestLinkGoesWhereItIsToldTo(t *testing.T) {
	var at atomic.Pointer[obssim.OBS]
	one, two := obstest.StartSim(t, obssim.Options{}), obstest.StartSim(t, obssim.Options{})
	at.Store(one)
	l := startLink(t, link.Options{
		Find: func(context.Context) (obs.Endpoint, error) { return at.Load().Endpoint(), nil },
	})
	l.untilKind(link.Connected)
	l.Retry()
	l.none(link.Connected, 100*time.Millisecond) // it is there already
	at.Store(two)
	l.Retry()
	if e := l.untilKind(link.Connected); e.Address != two.Endpoint().Address() {
		t.Errorf("connected to %s", e.Address)
	}
	two.SetPassword(secret.New("another"))
	l.Retry() // the endpoint tells the password that is kept, which is another now
	l.untilKind(link.Connected)
}

func TestLinkKickedByTheUserStaysAway(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	l := startLink(t, link.Options{Find: finding(o)})
	l.untilKind(link.Connected)
	o.Kick(4011)
	obstest.WantKind(t, l.untilKind(link.Stopped).Err, obs.ErrKicked)
	l.none(link.Connecting, 300*time.Millisecond)
	if n := o.Sessions(); n != 0 {
		t.Errorf("%d sessions after the kick", n)
	}
	l.Retry()
	l.untilKind(link.Connected)
}

func TestLinkWaitsWhileNothingIsFound(t *testing.T) {
	off := errors.New("server off")
	o := obstest.StartSim(t, obssim.Options{})
	var found atomic.Bool
	l := startLink(t, link.Options{Find: func(context.Context) (obs.Endpoint, error) {
		if found.Load() {
			return o.Endpoint(), nil
		}
		return obs.Endpoint{}, off
	}})
	if e := l.untilKind(link.Waiting); !errors.Is(e.Err, off) {
		t.Errorf("waiting for %v", e.Err)
	}
	l.none(link.Waiting, 200*time.Millisecond)
	found.Store(true)
	l.untilKind(link.Connected)
}

func TestRetryDoesNotWait(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	o.Quit()
	l := startLink(t, link.Options{Find: finding(o), Retry: time.Hour})
	l.untilKind(link.Waiting)
	if err := o.Restart(); err != nil {
		t.Fatal(err)
	}
	l.Retry()
	l.untilKind(link.Connected)
}

func TestManyReconnectsLeaveNothingBehind(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	l := startLink(t, link.Options{Find: finding(o), Retry: time.Millisecond})
	var before runtime.MemStats
	for i := range 200 {
		l.untilKind(link.Connected)
		if i == 20 { // warm
			runtime.GC()
			runtime.ReadMemStats(&before)
		}
		o.Reset()
		l.untilKind(link.Lost)
	}
	l.untilKind(link.Connected)
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
