package obs_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"go.uber.org/goleak"

	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/obssim"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m, lasting) }

// lasting is the goroutine that starts real parts, which stays.
var lasting = goleak.IgnoreAnyFunction("cuelight/internal/realparts.serveStarts")

// quick is a Dialer whose waits are short, for faults that take their time.
func quick() obs.Dialer {
	return obs.Dialer{
		Handshake: 500 * time.Millisecond, Request: 300 * time.Millisecond, NotReady: time.Second,
		Ping: 50 * time.Millisecond, Silence: 400 * time.Millisecond,
		Watchdog: 500 * time.Millisecond, Poll: 50 * time.Millisecond,
	}
}

func startSim(t *testing.T, options obssim.Options) *obssim.OBS {
	t.Helper()
	if options.Password.Empty() {
		options.Password = secret.New("open sesame")
	}
	o, err := obssim.New(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(o.Close)
	return o
}

func dial(t *testing.T, d obs.Dialer, e obs.Endpoint) *obs.Client {
	t.Helper()
	c, err := d.Dial(t.Context(), e)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func wantKind(t *testing.T, err, kind error) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Fatalf("got %v, want kind %v", err, kind)
	}
	var typed *obs.Error
	if !errors.As(err, &typed) {
		t.Fatalf("%v is no *obs.Error", err)
	}
}

func TestSetUpStartAndStop(t *testing.T) {
	const server, key = "rtmp://ingest.example/app/", "key-0123"
	type call struct {
		server, key string
		on          bool
	}
	calls := make(chan call, 2)
	o := startSim(t, obssim.Options{OnStream: func(server string, key secret.Text, on bool) error {
		calls <- call{server, key.Reveal(), on}
		return nil
	}})
	c := dial(t, quick(), o.Endpoint())
	ctx := t.Context()

	version, err := c.Version(ctx)
	if err != nil || version.OBS != obssim.Version || version.WebSocket == "" {
		t.Fatalf("version %+v, %v", version, err)
	}
	if err := c.SetService(ctx, server, secret.New(key)); err != nil {
		t.Fatal(err)
	}
	held, err := c.Service(ctx)
	if err != nil || !held.Matches(server, secret.New(key)) {
		t.Fatalf("OBS holds %v, %v", held, err)
	}
	if err := c.StartStream(ctx); err != nil {
		t.Fatal(err)
	}
	if got := <-calls; got != (call{server, key, true}) {
		t.Errorf("the ingest saw %+v", got)
	}
	if s, err := c.StreamStatus(ctx); err != nil || !s.Active {
		t.Errorf("status %+v, %v", s, err)
	}
	wantKind(t, c.StartStream(ctx), obs.ErrStreaming)
	wantKind(t, c.SetService(ctx, server, secret.New("other")), obs.ErrStreaming)
	if err := c.StopStream(ctx); err != nil {
		t.Fatal(err)
	}
	if got := <-calls; got.on {
		t.Errorf("the ingest was not told of the end")
	}
	wantKind(t, c.StopStream(ctx), obs.ErrNotStreaming)
}

func TestCancelledDial(t *testing.T) {
	o := startSim(t, obssim.Options{})
	o.Faults(func(f *obssim.Faults) { f.Mute = true })
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	began := time.Now()
	_, err := obs.Dial(ctx, o.Endpoint())
	wantKind(t, err, context.Canceled)
	if took := time.Since(began); took > time.Second {
		t.Errorf("a cancelled dial took %v", took)
	}
}
