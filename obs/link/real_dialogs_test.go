//go:build linux

package link_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"cuelight/internal/realobs"
	"cuelight/obs"
	"cuelight/obs/discovery"
	"cuelight/obs/link"
	"cuelight/obs/obstest"
)

// realLink is a link that finds its OBS as it does on a user's machine, with
// the times of the program.
func realLink(t *testing.T, o *realobs.OBS) *linked {
	t.Helper()
	return startLink(t, link.Options{
		Find: func(ctx context.Context) (obs.Endpoint, error) {
			places := discovery.SystemPlaces()
			places.Home, places.Env = o.Home, func(string) string { return "" }
			found := discovery.Find(ctx, places)
			return found.Endpoint, found.Err()
		},
		Dialer: obs.Dialer{Silence: 1750 * time.Millisecond}, Retry: 500 * time.Millisecond, RetryFar: 5 * time.Second, StartupDelay: time.Second,
	})
}

func TestRealKickInOBSsOwnDialogIsFinal(t *testing.T) {
	o := realobs.ForTest(t, realobs.Options{})
	l := realLink(t, o)
	l.untilKind(link.Connected)
	if err := o.UI.KickSession(t.Context()); err != nil {
		t.Fatal(err)
	}
	obstest.WantKind(t, l.untilKind(link.Stopped).Err, obs.ErrKicked)
	opened := o.Opened()
	time.Sleep(3 * time.Second) // in which a link that retries would be back
	if again := o.Opened(); again != opened {
		t.Errorf("%d connections after the kick", again-opened)
	}
	l.Retry()
	l.untilKind(link.Connected)
}

func TestRealPasswordChangedInOBSsOwnDialogIsReadAgain(t *testing.T) {
	o := realobs.ForTest(t, realobs.Options{})
	l := realLink(t, o)
	l.untilKind(link.Connected)
	before := o.Password
	after, err := o.UI.NewPassword(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	obstest.WantKind(t, l.untilKind(link.Lost).Err, obs.ErrClosed)
	l.untilKind(link.Connected)
	_, err = obs.Dial(t.Context(), realEndpoint(o))
	obstest.WantKind(t, err, obs.ErrPassword)
	if o.Password = after; before == after {
		t.Error("the password is the old one")
	}
	obstest.Dial(t, obs.Dialer{}, realEndpoint(o))
}

func TestRealServerSwitchedOffInOBSsOwnDialogIsSaid(t *testing.T) {
	o := realobs.ForTest(t, realobs.Options{})
	l := realLink(t, o)
	l.untilKind(link.Connected)
	if err := o.UI.SwitchServer(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	l.untilKind(link.Lost)
	l.until("the server is off", func(e link.Event) bool {
		return e.Kind == link.Waiting && errors.Is(e.Err, discovery.ErrServerOff)
	})
	if err := o.UI.SwitchServer(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	l.untilKind(link.Connected)
}
