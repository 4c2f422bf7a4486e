//go:build linux

package obs_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"cuelight/internal/realobs"
	"cuelight/internal/realparts"
	"cuelight/internal/secret"
	"cuelight/obs"
)

func TestRealStreamToAnIngest(t *testing.T) {
	ingest := realparts.StartIngest(t, realparts.Hooks{})
	o := realobs.ForTest(t, realobs.Options{})
	c := realSetUp(t, o, ingest.URL, "key-1")
	ctx := t.Context()
	if err := c.StartStream(ctx); err != nil {
		t.Fatal(err)
	}
	ingest.WaitPublished(t, "key-1", 10*time.Second)
	if got := ingest.Published(); len(got) != 1 {
		t.Errorf("the ingest saw %v", got)
	}
	wantKind(t, c.StartStream(ctx), obs.ErrStreaming)
	wantKind(t, c.SetService(ctx, ingest.URL, secret.New("key-2")), obs.ErrStreaming)
	if err := c.StopStream(ctx); err != nil {
		t.Fatal(err)
	}
	// OBS refuses for some seconds more; that is waited out.
	if err := c.SetService(ctx, ingest.URL, secret.New("key-2")); err != nil {
		t.Errorf("right after the stop: %v", err)
	}
}

func TestRealStartToAnUnreachableIngest(t *testing.T) {
	o := realobs.ForTest(t, realobs.Options{})
	c := realSetUp(t, o, "rtmp://127.0.0.1:1/app", "key")
	err := c.StartStream(t.Context())
	wantKind(t, err, obs.ErrNotStarted)
	var typed *obs.Error
	if errors.As(err, &typed); typed.Phase != obs.PhaseStopped {
		t.Errorf("phase %q", typed.Phase)
	}
	// OBS now shows a modal box: requests must still work.
	if err := c.SetService(t.Context(), "rtmp://127.0.0.1:1/app2", secret.New("key2")); err != nil {
		t.Errorf("behind the box: %v", err)
	}
	wantKind(t, c.StartStream(t.Context()), obs.ErrNotStarted)
}

func TestRealStartWhileTheSettingsAreOpenIsDropped(t *testing.T) {
	o := realobs.ForTest(t, realobs.Options{})
	c := dial(t, obs.Dialer{Watchdog: 2 * time.Second}, realEndpoint(o))
	if err := o.OpenSettings(t.Context()); err != nil {
		t.Fatal(err)
	}
	err := c.StartStream(t.Context())
	wantKind(t, err, obs.ErrNotStarted)
	var typed *obs.Error
	if errors.As(err, &typed); typed.Phase != obs.PhaseAsked {
		t.Errorf("phase %q", typed.Phase)
	}
}

func TestRealStreamLosesItsIngest(t *testing.T) {
	ingest := realparts.StartIngest(t, realparts.Hooks{})
	o := realobs.ForTest(t, realobs.Options{})
	l := startLink(t, obs.LinkOptions{
		Find:   func(context.Context) (obs.Endpoint, error) { return realEndpoint(o), nil },
		Dialer: obs.Dialer{Silence: 1750 * time.Millisecond}, ServiceEvery: 200 * time.Millisecond,
	})
	l.untilKind(obs.LinkConnected)
	c, _ := l.Client()
	ctx := t.Context()
	l.untilKind(obs.LinkService)
	o.Connect(t).Request("SetStreamServiceSettings", map[string]any{
		"streamServiceType":     obs.TypeCustom,
		"streamServiceSettings": map[string]any{"server": ingest.URL, "key": "theirs"},
	})
	if s := l.untilKind(obs.LinkService).Service; !s.Matches(ingest.URL, secret.New("theirs")) {
		t.Errorf("a change by another client was told as %v", s)
	}
	if err := c.StartStream(ctx); err != nil {
		t.Fatal(err)
	}
	var sampler obs.Sampler
	if _, err := sampler.Sample(ctx, c); err != nil {
		t.Fatal(err)
	}
	time.Sleep(1500 * time.Millisecond) // the counters count time
	if h, err := sampler.Sample(ctx, c); err != nil || h.BitrateKbps <= 0 || h.FPS <= 0 || !h.Stream.Active {
		t.Errorf("health %+v, %v", h, err)
	}
	ingest.Kill()
	l.until("reconnecting", func(e obs.LinkEvent) bool { return e.Event.State == obs.StateReconnecting })
	if s, err := c.StreamStatus(ctx); err != nil || !s.Reconnecting {
		t.Errorf("status %+v, %v", s, err)
	}
	if err := c.StopStream(ctx); err != nil {
		t.Error(err)
	}
}
