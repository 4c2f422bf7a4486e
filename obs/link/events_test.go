package link_test

import (
	"testing"
	"time"

	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/link"
	"cuelight/obs/obssim"
	"cuelight/obs/obstest"
)

func TestLinkTellsWhereOBSPoints(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	l := startLink(t, link.Options{Find: finding(o), ServiceEvery: 50 * time.Millisecond})
	first := l.untilKind(link.Service).Service
	if first.Type != "rtmp_common" {
		t.Errorf("first told: %v", first)
	}
	l.none(link.Service, 200*time.Millisecond)
	o.ChangeService(obs.TypeCustom, map[string]any{"server": "rtmp://elsewhere/", "key": "k1"})
	if s := l.untilKind(link.Service).Service; !s.Matches("rtmp://elsewhere", secret.New("k1")) {
		t.Errorf("told of %v", s)
	}
	// Only the key changed: the text looks the same, the fingerprint does not.
	o.ChangeService(obs.TypeCustom, map[string]any{"server": "rtmp://elsewhere/", "key": "k2"})
	l.untilKind(link.Service)
}

func TestLinkPassesOnTheStream(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	o.ChangeService(obs.TypeCustom, map[string]any{"server": "rtmp://here/", "key": "k"})
	l := startLink(t, link.Options{Find: finding(o)})
	if l.untilKind(link.Stream).Stream.Active {
		t.Error("nothing streams yet")
	}
	client, _ := l.Client()
	if err := client.StartStream(t.Context()); err != nil {
		t.Fatal(err)
	}
	state := func(want obs.OutputState) {
		t.Helper()
		l.until(string(want), func(e link.Event) bool {
			return e.Kind == link.OBS && e.Event.Kind == obs.EventStream && e.Event.State == want
		})
	}
	state(obs.StateStarting)
	state(obs.StateStarted)
	o.Reconnect(20 * time.Millisecond)
	state(obs.StateReconnecting)
	state(obs.StateReconnected)
	o.Kick(1001) // the server restarted, OBS streams on
	if !l.untilKind(link.Stream).Stream.Active {
		t.Error("the stream that runs was not seen on coming back")
	}
}

func TestLinkTellsOfAnotherProfile(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	for profile, server := range map[string]string{"AA": "rtmp://aa", "BB": "rtmp://bb", "CC": "rtmp://bb"} {
		o.AddProfile(profile, obs.TypeCustom, map[string]any{"server": server, "key": "k"})
	}
	l := startLink(t, link.Options{
		Find: finding(o), ServiceEvery: time.Hour,
	})
	l.untilKind(link.Service)                            // that of the profile in use at first
	for _, profile := range []string{"AA", "BB", "CC"} { // CC holds what BB does
		o.SwitchProfile(profile)
		e := l.untilKind(link.Service)
		_, settings := o.ProfileService(profile)
		if e.Profile != profile || e.Service.Server != settings["server"] {
			t.Errorf("in %s the link tells of %q, %v", profile, e.Profile, e.Service)
		}
	}
}
