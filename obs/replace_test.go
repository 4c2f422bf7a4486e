package obs_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/practice"
)

// The settings of the tests below: what the user has in each profile.
var (
	userAA = map[string]any{"server": "rtmp://aa.example/app", "key": "user-aa"}
	userBB = map[string]any{"server": "rtmp://bb.example/app", "key": "user-bb"}
)

// twoProfiles is an OBS in profile AA, with another one BB.
func twoProfiles(t *testing.T) (*practice.OBS, *obs.Client) {
	t.Helper()
	o := startPractice(t, practice.Options{})
	o.AddProfile("AA", obs.TypeCustom, userAA)
	o.AddProfile("BB", obs.TypeCustom, userBB)
	o.SwitchProfile("AA")
	return o, dial(t, quick(), o.Endpoint())
}

// ours is the service that Cuelight wants in place of what was there.
func ours(t *testing.T, present obs.ServiceSnapshot) obs.Service {
	t.Helper()
	next, err := present.Service.WithServer("rtmp://ours.example/app", secret.New("ours"))
	if err != nil {
		t.Fatal(err)
	}
	return next
}

func snapshot(t *testing.T, c *obs.Client) obs.ServiceSnapshot {
	t.Helper()
	s, err := c.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// wantHeld wants a profile to hold these settings, empty ones apart.
func wantHeld(t *testing.T, o *practice.OBS, profile string, want map[string]any) {
	t.Helper()
	_, got := o.ProfileService(profile)
	for name, value := range got {
		if value == "" || value == false {
			delete(got, name)
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("profile %s holds %v, want %v", profile, got, want)
	}
}

var oursHeld = map[string]any{"server": "rtmp://ours.example/app", "key": "ours"}

func TestSnapshotIsOfTheProfileInUse(t *testing.T) {
	o, c := twoProfiles(t)
	for profile, settings := range map[string]map[string]any{"AA": userAA, "BB": userBB} {
		o.SwitchProfile(profile)
		s := snapshot(t, c)
		if s.Profile != profile || s.Service.Server != settings["server"] || s.Service.Key.Reveal() != settings["key"] {
			t.Errorf("in %s: %v", profile, s)
		}
		if name, err := c.CurrentProfile(t.Context()); err != nil || name != profile {
			t.Errorf("in %s: %q, %v", profile, name, err)
		}
	}
}

func TestSnapshotIsNotOfTwoProfiles(t *testing.T) {
	o, c := twoProfiles(t)
	switched := false
	o.Faults(func(f *practice.Faults) {
		f.InBatch = func(done int, _ string) {
			if done == 1 && !switched { // the name is read, its service not yet
				switched = true
				o.SwitchProfile("BB")
			}
		}
	})
	if s := snapshot(t, c); s.Profile != "BB" || s.Service.Server != userBB["server"] {
		t.Errorf("got %v", s)
	}
	if !switched {
		t.Fatal("nothing was switched")
	}
	names := []string{"AA", "BB"}
	o.Faults(func(f *practice.Faults) {
		f.InBatch = func(done int, _ string) {
			if done == 1 {
				o.SwitchProfile(names[0])
				names[0], names[1] = names[1], names[0]
			}
		}
	})
	_, err := c.Snapshot(t.Context())
	wantKind(t, err, obs.ErrNotReady)
}

func TestReplaceService(t *testing.T) {
	o, c := twoProfiles(t)
	before := snapshot(t, c)
	found, err := c.ReplaceService(t.Context(), before, ours(t, before))
	if err != nil || !found.Equal(before) {
		t.Fatalf("found %v, %v", found, err)
	}
	wantHeld(t, o, "AA", oursHeld)
	wantHeld(t, o, "BB", userBB)
	found, err = c.ReplaceService(t.Context(), snapshot(t, c), before.Service)
	if err != nil || found.Service.Key.Reveal() != "ours" {
		t.Fatalf("found %v, %v", found, err)
	}
	wantHeld(t, o, "AA", userAA)
}

func TestReplaceServiceWritesNothingOverAChange(t *testing.T) {
	tests := map[string]func(*practice.OBS){
		"the user set something newer": func(o *practice.OBS) {
			o.ChangeService(obs.TypeCustom, map[string]any{"server": "rtmp://newer.example/app", "key": "newer"})
		},
		"another profile":                  func(o *practice.OBS) { o.SwitchProfile("BB") },
		"another profile that holds alike": func(o *practice.OBS) { o.AddProfile("CC", obs.TypeCustom, userAA); o.SwitchProfile("CC") },
		"another type": func(o *practice.OBS) {
			o.ChangeService("rtmp_common", userAA)
		},
	}
	for name, meanwhile := range tests {
		t.Run(name, func(t *testing.T) {
			o, c := twoProfiles(t)
			before := snapshot(t, c)
			meanwhile(o)
			now := snapshot(t, c)
			writes := 0
			o.Faults(func(f *practice.Faults) {
				f.InBatch = func(_ int, request string) {
					if request == "SetStreamServiceSettings" {
						writes++
					}
				}
			})
			found, err := c.ReplaceService(t.Context(), before, ours(t, before))
			wantKind(t, err, obs.ErrChanged)
			if !found.Equal(now) || !snapshot(t, c).Equal(now) || writes != 0 {
				t.Errorf("found %v, OBS holds %v, want %v; %d writes", found, snapshot(t, c), now, writes)
			}
		})
	}
}

// inSwap runs a step of somebody else's once, when so many requests of the
// batch that writes are done.
func inSwap(o *practice.OBS, after int, step func()) {
	swap := false
	o.Faults(func(f *practice.Faults) {
		f.InBatch = func(done int, request string) {
			// The third request of a Snapshot ends it.
			if done == 3 && !swap {
				swap = true
				if after == 0 {
					step()
				}
				return
			}
			if swap && done == after {
				after = -1
				step()
			}
		}
	})
}

func TestReplaceServiceUndoesAWriteOverAChange(t *testing.T) {
	newer := map[string]any{"server": "rtmp://newer.example/app", "key": "newer", "use_auth": true, "username": "me"}
	tests := map[string]struct {
		step func(*practice.OBS)
		held map[string]map[string]any
	}{
		"the user sets something newer": {
			func(o *practice.OBS) { o.ChangeService(obs.TypeCustom, newer) },
			map[string]map[string]any{"AA": newer, "BB": userBB},
		},
		"the profile switches": {
			func(o *practice.OBS) { o.SwitchProfile("BB") },
			map[string]map[string]any{"AA": userAA, "BB": userBB},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			o, c := twoProfiles(t)
			before := snapshot(t, c)
			inSwap(o, 0, func() { tt.step(o) })
			found, err := c.ReplaceService(t.Context(), before, ours(t, before))
			wantKind(t, err, obs.ErrChanged)
			if now := snapshot(t, c); !found.Equal(now) {
				t.Errorf("found %v, OBS holds %v", found, now)
			}
			for profile, want := range tt.held {
				wantHeld(t, o, profile, want)
			}
		})
	}
}

func TestReplaceServiceTellsOfASwitchInItsVeryMidst(t *testing.T) {
	// After the last of the five it is known where the write went.
	for after := 1; after <= 5; after++ {
		t.Run(fmt.Sprintf("after %d requests", after), func(t *testing.T) {
			o, c := twoProfiles(t)
			before := snapshot(t, c)
			inSwap(o, after, func() { o.SwitchProfile("BB") })
			found, err := c.ReplaceService(t.Context(), before, ours(t, before))
			var torn *obs.TornWriteError
			if !errors.Is(err, obs.ErrTorn) || !errors.As(err, &torn) {
				t.Fatalf("got %v", err)
			}
			if strings.Contains(fmt.Sprintf("%v %+v %#v", err, torn, *torn), "user-") {
				t.Errorf("prints a key: %v", err)
			}
			if !found.Equal(torn.Before) || torn.After.Profile == "" {
				t.Errorf("found %v, before %v, after %v", found, torn.Before, torn.After)
			}
		})
	}
}

// switching begins a switch to BB that takes its time and waits until the
// client has been told.
func switching(t *testing.T, o *practice.OBS, c *obs.Client, takes time.Duration) (wait func()) {
	t.Helper()
	o.Faults(func(f *practice.Faults) { f.SwitchTakes = takes })
	events := c.Events()
	done := make(chan struct{})
	go func() { defer close(done); o.SwitchProfile("BB") }()
	for e := range events {
		if e.Kind == obs.EventProfileChanging && e.Name == "AA" {
			break
		}
	}
	return func() { <-done }
}

func TestOBSIsLeftAloneWhileItSwitches(t *testing.T) {
	o, c := twoProfiles(t)
	before := snapshot(t, c)
	wait := switching(t, o, c, 200*time.Millisecond)
	began := time.Now()
	if s := snapshot(t, c); s.Profile != "BB" || s.Service.Server != userBB["server"] {
		t.Errorf("read while it switches: %v", s)
	}
	if took := time.Since(began); took < 150*time.Millisecond {
		t.Errorf("OBS was asked after %v, in the midst of the switch", took)
	}
	wait()
	o.SwitchProfile("AA")
	wait = switching(t, o, c, 200*time.Millisecond)
	found, err := c.ReplaceService(t.Context(), before, ours(t, before))
	wait()
	wantKind(t, err, obs.ErrChanged)
	if found.Profile != "BB" {
		t.Errorf("found %v", found)
	}
	wantHeld(t, o, "AA", userAA)
	wantHeld(t, o, "BB", userBB)
}

func TestASwitchThatNeverEndsIsGivenUp(t *testing.T) {
	o, _ := twoProfiles(t)
	d := quick()
	d.NotReady = 50 * time.Millisecond
	c := dial(t, d, o.Endpoint())
	wait := switching(t, o, c, 300*time.Millisecond)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := c.Service(ctx)
	wantKind(t, err, context.Canceled)
	began := time.Now()
	for range 2 {
		if _, err := c.Service(t.Context()); err != nil {
			t.Error(err)
		}
	}
	if took := time.Since(began); took < 40*time.Millisecond || took > 200*time.Millisecond {
		t.Errorf("two requests took %v, want one wait of 50 ms", took)
	}
	wait()
}

func TestARenamedProfileIsBelieved(t *testing.T) {
	o, c := twoProfiles(t)
	snapshot(t, c)
	o.RenameProfile("AA", "CC")
	if s := snapshot(t, c); s.Profile != "CC" || s.Service.Server != userAA["server"] {
		t.Errorf("got %v", s)
	}
}

func TestReplaceServiceTellsOfAWriteIntoASwitch(t *testing.T) {
	o, c := twoProfiles(t)
	before := snapshot(t, c)
	var wait func()
	o.Faults(func(f *practice.Faults) { f.SwitchTakes = 100 * time.Millisecond })
	inSwap(o, 2, func() {
		done := make(chan struct{})
		go func() { defer close(done); o.SwitchProfile("BB") }()
		wait = func() { <-done }
		time.Sleep(20 * time.Millisecond) // OBS has the other name now
	})
	found, err := c.ReplaceService(t.Context(), before, ours(t, before))
	wait()
	var torn *obs.TornWriteError
	if !errors.As(err, &torn) {
		t.Fatalf("got %v", err)
	}
	if found.Profile != "BB" || !found.Service.Equal(before.Service) {
		t.Errorf("found %v, want the name of BB and the service of AA", found)
	}
	wantHeld(t, o, "AA", userAA)
	wantHeld(t, o, "BB", oursHeld)
}

func TestASwitchRightAfterTheWriteMakesNoDifference(t *testing.T) {
	o, c := twoProfiles(t)
	before := snapshot(t, c)
	inSwap(o, 6, func() { o.SwitchProfile("BB") })
	if _, err := c.ReplaceService(t.Context(), before, ours(t, before)); err != nil {
		t.Fatal(err)
	}
	wantHeld(t, o, "AA", oursHeld)
	wantHeld(t, o, "BB", userBB)
}

func TestReplaceServiceEndsWhatItBegan(t *testing.T) {
	o, c := twoProfiles(t)
	before := snapshot(t, c)
	ctx, cancel := context.WithCancel(t.Context())
	inSwap(o, 3, cancel)
	if _, err := c.ReplaceService(ctx, before, ours(t, before)); err != nil {
		t.Fatal(err)
	}
	wantHeld(t, o, "AA", oursHeld)
	_, err := c.ReplaceService(ctx, snapshot(t, c), before.Service)
	wantKind(t, err, context.Canceled)
	wantHeld(t, o, "AA", oursHeld)
}

func TestLinkTellsOfAnotherProfile(t *testing.T) {
	o, _ := twoProfiles(t)
	o.AddProfile("CC", obs.TypeCustom, userBB)
	l := startLink(t, obs.LinkOptions{
		Find:         func(context.Context) (obs.Endpoint, error) { return o.Endpoint(), nil },
		ServiceEvery: time.Hour,
	})
	for _, profile := range []string{"AA", "BB", "CC"} { // CC holds what BB does
		o.SwitchProfile(profile)
		e := l.untilKind(obs.LinkService)
		_, settings := o.ProfileService(profile)
		if e.Profile != profile || e.Service.Server != settings["server"] {
			t.Errorf("in %s the link tells of %q, %v", profile, e.Profile, e.Service)
		}
	}
}
