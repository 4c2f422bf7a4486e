package obs_test

import (
	"context"
	"testing"
	"time"

	"go.uber.org/goleak"

	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/obssim"
	"cuelight/obs/obstest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m, obstest.Lasting()) }

func TestSetUpStartAndStop(t *testing.T) {
	const server, key = "rtmp://ingest.example/app/", "key-0123"
	type call struct {
		server, key string
		on          bool
	}
	calls := make(chan call, 2)
	o := obstest.StartSim(t, obssim.Options{OnStream: func(server string, key secret.Text, on bool) error {
		calls <- call{server, key.Reveal(), on}
		return nil
	}})
	c := obstest.Dial(t, obstest.Quick(), o.Endpoint())
	ctx := t.Context()

	version, err := c.Version(ctx)
	if err != nil || version.OBS != obssim.Version || version.WebSocket == "" {
		t.Fatalf("version %+v, %v", version, err)
	}
	if err := obstest.SetService(ctx, c, server, secret.New(key)); err != nil {
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
	obstest.WantKind(t, c.StartStream(ctx), obs.ErrStreaming)
	obstest.WantKind(t, obstest.SetService(ctx, c, server, secret.New("other")), obs.ErrStreaming)
	if err := c.StopStream(ctx); err != nil {
		t.Fatal(err)
	}
	if got := <-calls; got.on {
		t.Errorf("the ingest was not told of the end")
	}
	obstest.WantKind(t, c.StopStream(ctx), obs.ErrNotStreaming)
}

func TestCancelledDial(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	o.Faults(func(f *obssim.Faults) { f.Mute = true })
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	began := time.Now()
	_, err := obs.Dial(ctx, o.Endpoint())
	obstest.WantKind(t, err, context.Canceled)
	if took := time.Since(began); took > time.Second {
		t.Errorf("a cancelled dial took %v", took)
	}
}
