//go:build linux

package link_test

import (
	"context"
	"testing"
	"time"

	"cuelight/internal/realobs"
	"cuelight/internal/realparts"
	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/link"
	"cuelight/obs/obstest"
	"cuelight/obs/streamhealth"
)

func realEndpoint(o *realobs.OBS) obs.Endpoint {
	return obs.Endpoint{Host: "localhost", Port: o.Port, Password: secret.New(o.Password)}
}

func TestRealLinkSurvivesFreezeCrashAndQuit(t *testing.T) {
	o := realobs.ForTest(t, realobs.Options{})
	l := startLink(t, link.Options{
		Find: func(ctx context.Context) (obs.Endpoint, error) {
			return realEndpoint(o), nil
		},
		// The very defaults: their times are what is shown here.
		Dialer: obs.Dialer{Silence: 1750 * time.Millisecond}, Retry: 500 * time.Millisecond, RetryFar: 5 * time.Second, StartupDelay: time.Second,
	})
	l.untilKind(link.Connected)
	frozen := time.Now()
	o.Freeze()
	obstest.WantKind(t, l.untilKind(link.Lost).Err, obs.ErrClosed)
	if took := time.Since(frozen); took > 2*time.Second {
		t.Errorf("a frozen OBS was seen after %v", took)
	}
	o.Thaw()
	l.untilKind(link.Connected)
	for name, end := range map[string]func(){
		"kill -9":   o.Kill9,
		"terminate": func() { _ = o.Quit(10 * time.Second) },
	} {
		began := time.Now()
		end()
		err := l.untilKind(link.Lost).Err
		obstest.WantKind(t, err, obs.ErrClosed)
		lost := time.Since(began)
		if err := o.Launch(t.Context()); err != nil {
			t.Fatal(err)
		}
		ready := time.Now()
		l.untilKind(link.Connected)
		back := time.Since(ready)
		t.Logf("%s: lost after %v (%v), back %v after OBS was", name, lost, err, back)
		if lost > 2*time.Second && name == "kill -9" || back > 3*time.Second {
			t.Errorf("%s: lost after %v, back after %v", name, lost, back)
		}
		c, _ := l.Client()
		if _, err := c.Service(t.Context()); err != nil {
			t.Error(err)
		}
	}
}

func TestRealStreamLosesItsIngest(t *testing.T) {
	ingest := realparts.StartIngest(t, realparts.Hooks{})
	o := realobs.ForTest(t, realobs.Options{})
	l := startLink(t, link.Options{
		Find:   func(context.Context) (obs.Endpoint, error) { return realEndpoint(o), nil },
		Dialer: obs.Dialer{Silence: 1750 * time.Millisecond}, ServiceEvery: 200 * time.Millisecond,
	})
	l.untilKind(link.Connected)
	c, _ := l.Client()
	ctx := t.Context()
	l.untilKind(link.Service)
	o.Connect(t).Request("SetStreamServiceSettings", map[string]any{
		"streamServiceType":     obs.TypeCustom,
		"streamServiceSettings": map[string]any{"server": ingest.URL, "key": "theirs"},
	})
	if s := l.untilKind(link.Service).Service; !s.Matches(ingest.URL, secret.New("theirs")) {
		t.Errorf("a change by another client was told as %v", s)
	}
	if err := c.StartStream(ctx); err != nil {
		t.Fatal(err)
	}
	var sampler streamhealth.Sampler
	if _, err := sampler.Sample(ctx, c); err != nil {
		t.Fatal(err)
	}
	time.Sleep(1500 * time.Millisecond) // the counters count time
	if h, err := sampler.Sample(ctx, c); err != nil || h.BitrateKbps <= 0 || h.FPS <= 0 || !h.Stream.Active {
		t.Errorf("health %+v, %v", h, err)
	}
	ingest.Kill()
	l.until("reconnecting", func(e link.Event) bool { return e.Event.State == obs.StateReconnecting })
	if s, err := c.StreamStatus(ctx); err != nil || !s.Reconnecting {
		t.Errorf("status %+v, %v", s, err)
	}
	if err := c.StopStream(ctx); err != nil {
		t.Error(err)
	}
}
