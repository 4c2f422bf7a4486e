package obs_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/obssim"
	"cuelight/obs/obstest"
)

// The settings of the tests below: what the user has in each profile.
var (
	userAA = map[string]any{"server": "rtmp://aa.example/app", "key": "user-aa"}
	userBB = map[string]any{"server": "rtmp://bb.example/app", "key": "user-bb"}
)

// twoProfiles is an OBS in profile AA, with another one BB.
func twoProfiles(t *testing.T) (*obssim.OBS, *obs.Client) {
	t.Helper()
	o := obstest.StartSim(t, obssim.Options{})
	o.AddProfile("AA", obs.TypeCustom, userAA)
	o.AddProfile("BB", obs.TypeCustom, userBB)
	o.SwitchProfile("AA")
	return o, obstest.Dial(t, obstest.Quick(), o.Endpoint())
}

// bounded ends what waits for ever, so that it fails its test.
func bounded(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	t.Cleanup(cancel)
	return ctx
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
func wantHeld(t *testing.T, o *obssim.OBS, profile string, want map[string]any) {
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
	o.Faults(func(f *obssim.Faults) {
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
	o.Faults(func(f *obssim.Faults) {
		f.InBatch = func(done int, _ string) {
			if done == 1 {
				o.SwitchProfile(names[0])
				names[0], names[1] = names[1], names[0]
			}
		}
	})
	_, err := c.Snapshot(t.Context())
	obstest.WantKind(t, err, obs.ErrNotReady)
}

func TestReplaceService(t *testing.T) {
	o, c := twoProfiles(t)
	before := snapshot(t, c)
	found, err := c.ReplaceService(bounded(t), before, ours(t, before))
	if err != nil || !found.Equal(before) {
		t.Fatalf("found %v, %v", found, err)
	}
	wantHeld(t, o, "AA", oursHeld)
	wantHeld(t, o, "BB", userBB)
	found, err = c.ReplaceService(bounded(t), snapshot(t, c), before.Service)
	if err != nil || found.Service.Key.Reveal() != "ours" {
		t.Fatalf("found %v, %v", found, err)
	}
	wantHeld(t, o, "AA", userAA)
}

func TestReplaceServiceWritesNothingOverAChange(t *testing.T) {
	tests := map[string]func(*obssim.OBS){
		"the user set something newer": func(o *obssim.OBS) {
			o.ChangeService(obs.TypeCustom, map[string]any{"server": "rtmp://newer.example/app", "key": "newer"})
		},
		"another profile":                  func(o *obssim.OBS) { o.SwitchProfile("BB") },
		"another profile that holds alike": func(o *obssim.OBS) { o.AddProfile("CC", obs.TypeCustom, userAA); o.SwitchProfile("CC") },
		"another type": func(o *obssim.OBS) {
			o.ChangeService("rtmp_common", userAA)
		},
	}
	for name, meanwhile := range tests {
		t.Run(name, func(t *testing.T) {
			o, c := twoProfiles(t)
			before := snapshot(t, c)
			meanwhile(o)
			now := snapshot(t, c)
			writes := inSwap(o, -1, nil)
			found, err := c.ReplaceService(bounded(t), before, ours(t, before))
			obstest.WantKind(t, err, obs.ErrChanged)
			if !found.Equal(now) || !snapshot(t, c).Equal(now) || writes() != 0 {
				t.Errorf("found %v, OBS holds %v, want %v; %d writes", found, snapshot(t, c), now, writes())
			}
		})
	}
}

func TestReplaceServiceUndoesAWriteOverAChange(t *testing.T) {
	newer := map[string]any{"server": "rtmp://newer.example/app", "key": "newer", "use_auth": true, "username": "me"}
	tests := map[string]struct {
		step func(*obssim.OBS)
		held map[string]map[string]any
	}{
		"the user sets something newer": {
			func(o *obssim.OBS) { o.ChangeService(obs.TypeCustom, newer) },
			map[string]map[string]any{"AA": newer, "BB": userBB},
		},
		"the profile switches": {
			func(o *obssim.OBS) { o.SwitchProfile("BB") },
			map[string]map[string]any{"AA": userAA, "BB": userBB},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			o, c := twoProfiles(t)
			before := snapshot(t, c)
			inSwap(o, 0, func() { tt.step(o) })
			found, err := c.ReplaceService(bounded(t), before, ours(t, before))
			obstest.WantKind(t, err, obs.ErrChanged)
			if now := snapshot(t, c); !found.Equal(now) {
				t.Errorf("found %v, OBS holds %v", found, now)
			}
			for profile, want := range tt.held {
				wantHeld(t, o, profile, want)
			}
		})
	}
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
	obstest.WantKind(t, err, context.Canceled)
	wantHeld(t, o, "AA", oursHeld)
}

// What a write needs is kept in the profile while it lasts, and in no other.
func TestAWriteLeavesNothingInTheProfile(t *testing.T) {
	o, c := twoProfiles(t)
	before := snapshot(t, c)
	if _, err := c.ReplaceService(bounded(t), before, ours(t, before)); err != nil {
		t.Fatal(err)
	}
	now := snapshot(t, c)
	inSwap(o, 0, func() { o.SwitchProfile("BB") })
	_, err := c.ReplaceService(bounded(t), now, before.Service)
	obstest.WantKind(t, err, obs.ErrChanged)
	for _, profile := range []string{"AA", "BB"} {
		for name, value := range o.Slots(profile) {
			if value != "" {
				t.Errorf("%s has %s: %v", profile, name, value)
			}
		}
	}
	if len(o.Slots("AA")) == 0 {
		t.Error("nothing was ever kept in AA")
	}
}
