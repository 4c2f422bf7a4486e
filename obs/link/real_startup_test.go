//go:build linux

package link_test

import (
	"errors"
	"testing"
	"time"

	"cuelight/internal/realobs"
	"cuelight/internal/realparts"
	"cuelight/obs"
	"cuelight/obs/link"
	"cuelight/obs/obstest"
)

// notReady is OBS's request status while it loads.
const notReady = 207

func TestRealOBSThatIsStillLoadingIsWaitedFor(t *testing.T) {
	o := realobs.ForTest(t, realobs.Options{Since: "30"})
	refused := false
	for round := 0; round < 5 && !refused; round++ {
		o.Kill9()
		if err := o.Spawn(); err != nil {
			t.Fatal(err)
		}
		if err := o.WaitPort(t.Context()); err != nil {
			t.Fatal(err)
		}
		other := realparts.DialOBS(t, o.Address(), o.Password)
		_, err := other.Ask("GetStreamServiceSettings", nil)
		var refusal *realparts.OBSRefusal
		refused = errors.As(err, &refusal) && refusal.Code == notReady
		c := obstest.Dial(t, obs.Dialer{}, realEndpoint(o))
		if _, err := c.Service(t.Context()); err != nil {
			t.Fatalf("asked while it was loading: %v", err)
		}
	}
	if !refused {
		t.Error("OBS was never met while it was loading")
	}
}

func TestRealSafeModeIsWaitedForQuietly(t *testing.T) {
	o := realobs.ForTest(t, realobs.Options{Since: "30"})
	l := realLink(t, o)
	l.untilKind(link.Connected)
	o.Kill9()
	l.untilKind(link.Lost)
	// In safe mode OBS loads obs-websocket and leaves its server off.
	if err := o.Spawn("--safe-mode"); err != nil {
		t.Fatal(err)
	}
	if !o.UI.Appears(t.Context(), "SAFE MODE", time.Minute) {
		t.Fatal("OBS does not come up in safe mode")
	}
	time.Sleep(3 * time.Second) // in which the link tries some six times
	told := 0
	for len(l.events) > 0 {
		if e := <-l.events; e.Kind != link.Waiting || !errors.Is(e.Err, obs.ErrUnreachable) {
			t.Errorf("told %s, %v", e.Kind, e.Err)
		}
		told++
	}
	if told > 1 {
		t.Errorf("told %d times", told)
	}
	o.Kill9()
	if err := o.Launch(t.Context()); err != nil {
		t.Fatal(err)
	}
	l.untilKind(link.Connected)
}

func TestRealSecondOBSLeavesTheLinkToTheFirstAlone(t *testing.T) {
	first := realobs.ForTest(t, realobs.Options{})
	l := realLink(t, first)
	l.untilKind(link.Connected)
	first.Connect(t).SetService(obs.TypeCustom, map[string]any{"server": "rtmp://first.example/app", "key": "first"})
	// The same user's second OBS finds the port taken, and shows nothing of that.
	second, err := realobs.Start(t.Context(), realobs.Options{Home: first.Home, Port: first.Port, Display: first.Display})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(second.Stop)
	if err := second.WaitLog(t.Context(), "Listen failed"); err != nil {
		t.Fatal(err)
	}
	for len(l.events) > 0 {
		if e := <-l.events; e.Kind == link.Lost {
			t.Errorf("the link is lost: %v", e.Err)
		}
	}
	c, ok := l.Client()
	if !ok {
		t.Fatal("no connection")
	}
	if s, err := c.Service(t.Context()); err != nil || s.Server != "rtmp://first.example/app" {
		t.Errorf("read %q, %v", s.Server, err)
	}
	// The second does not take over: its server gave up when it started.
	first.Kill9()
	l.untilKind(link.Lost)
	l.untilKind(link.Waiting)
}
