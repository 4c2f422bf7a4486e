package obs_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"cuelight/obs"
	"cuelight/obs/obssim"
	"cuelight/obs/obstest"
)

// inSwap runs a step of somebody else's once, when so many requests of the
// batch that writes are done: three read, the fourth gives the precondition, the
// fifth writes, three more read back. With 0 it is before all of them, and
// before the precondition is made. It gives how many writes OBS took.
func inSwap(o *obssim.OBS, after int, step func()) (writes func() int) {
	var taken atomic.Int32
	swap, prepares := false, false
	o.Faults(func(f *obssim.Faults) {
		f.InBatch = func(done int, request string) {
			if done == 1 {
				prepares = request == "SetPersistentData"
			}
			if request == "SetStreamServiceSettings" {
				taken.Add(1)
			}
			if prepares {
				return
			}
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
	return func() int { return int(taken.Load()) }
}

func TestASwitchRightBeforeTheWriteKeepsItFromOBS(t *testing.T) {
	for after := 0; after <= 3; after++ {
		t.Run(fmt.Sprintf("after %d requests", after), func(t *testing.T) {
			o, c := twoProfiles(t)
			before := snapshot(t, c)
			writes := inSwap(o, after, func() { o.SwitchProfile("BB") })
			found, err := c.ReplaceService(bounded(t), before, ours(t, before))
			obstest.WantKind(t, err, obs.ErrChanged)
			if found.Profile != "BB" || writes() != 0 {
				t.Errorf("found %v, %d writes", found, writes())
			}
			wantHeld(t, o, "AA", userAA)
			wantHeld(t, o, "BB", userBB)
		})
	}
}

func TestReplaceServiceTellsOfASwitchInItsVeryMidst(t *testing.T) {
	// After the last of the seven it is known where the write went.
	for after := 4; after <= 6; after++ {
		t.Run(fmt.Sprintf("after %d requests", after), func(t *testing.T) {
			o, c := twoProfiles(t)
			before := snapshot(t, c)
			inSwap(o, after, func() { o.SwitchProfile("BB") })
			found, err := c.ReplaceService(bounded(t), before, ours(t, before))
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
func switching(t *testing.T, o *obssim.OBS, c *obs.Client, takes time.Duration) (wait func()) {
	t.Helper()
	o.Faults(func(f *obssim.Faults) { f.SwitchTakes = takes })
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
	found, err := c.ReplaceService(bounded(t), before, ours(t, before))
	wait()
	obstest.WantKind(t, err, obs.ErrChanged)
	if found.Profile != "BB" {
		t.Errorf("found %v", found)
	}
	wantHeld(t, o, "AA", userAA)
	wantHeld(t, o, "BB", userBB)
}

func TestASwitchThatNeverEndsIsGivenUp(t *testing.T) {
	o, _ := twoProfiles(t)
	d := obstest.Quick()
	d.NotReady = 50 * time.Millisecond
	c := obstest.Dial(t, d, o.Endpoint())
	wait := switching(t, o, c, 300*time.Millisecond)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := c.Service(ctx)
	obstest.WantKind(t, err, context.Canceled)
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

func TestASwitchOfTheSceneCollectionIsWaitedFor(t *testing.T) {
	o, c := twoProfiles(t)
	events := c.Events()
	o.Emit("CurrentSceneCollectionChanging", 2, map[string]any{"sceneCollectionName": "one"})
	for e := range events {
		if e.Kind == obs.EventCollectionChanging {
			break
		}
	}
	began := time.Now()
	time.AfterFunc(100*time.Millisecond, func() {
		o.Emit("CurrentSceneCollectionChanged", 2, map[string]any{"sceneCollectionName": "two"})
	})
	snapshot(t, c)
	// Dialer.NotReady is a second: the end that OBS tells of ends the wait.
	if took := time.Since(began); took < 80*time.Millisecond || took > 700*time.Millisecond {
		t.Errorf("asked after %v", took)
	}
}

func TestARequestThatWaitsForASwitchEndsWithTheConnection(t *testing.T) {
	o, c := twoProfiles(t)
	wait := switching(t, o, c, 300*time.Millisecond)
	time.AfterFunc(30*time.Millisecond, func() { o.Kick(1001) })
	began := time.Now()
	_, err := c.Snapshot(t.Context())
	obstest.WantKind(t, err, obs.ErrClosed)
	if took := time.Since(began); took > 200*time.Millisecond {
		t.Errorf("ended after %v", took)
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

func TestANameThatOBSDidNotTellOfIsNotBelievedAtOnce(t *testing.T) {
	o, c := twoProfiles(t)
	snapshot(t, c)
	o.RenameProfile("AA", "CC")
	o.Faults(func(f *obssim.Faults) {
		f.InBatch = func(done int, _ string) {
			if done == 3 {
				o.RenameProfile("CC", "AA")
				o.Faults(func(f *obssim.Faults) { f.InBatch = nil })
			}
		}
	})
	if s := snapshot(t, c); s.Profile != "AA" {
		t.Errorf("got %v", s)
	}
}

// OBS has the name of the one profile and still the service of the other, and
// would write into the one.
func TestNothingIsWrittenIntoASwitch(t *testing.T) {
	o, c := twoProfiles(t)
	before := snapshot(t, c)
	var wait func()
	o.Faults(func(f *obssim.Faults) { f.SwitchTakes = 100 * time.Millisecond })
	inSwap(o, 2, func() {
		done := make(chan struct{})
		go func() { defer close(done); o.SwitchProfile("BB") }()
		wait = func() { <-done }
		time.Sleep(20 * time.Millisecond) // OBS has the other name now
	})
	found, err := c.ReplaceService(bounded(t), before, ours(t, before))
	wait()
	obstest.WantKind(t, err, obs.ErrChanged)
	if found.Profile != "BB" || found.Service.Server != userBB["server"] {
		t.Errorf("found %v", found)
	}
	wantHeld(t, o, "AA", userAA)
	wantHeld(t, o, "BB", userBB)
}

func TestASwitchRightAfterTheWriteMakesNoDifference(t *testing.T) {
	o, c := twoProfiles(t)
	before := snapshot(t, c)
	inSwap(o, 7, func() { o.SwitchProfile("BB") })
	if _, err := c.ReplaceService(bounded(t), before, ours(t, before)); err != nil {
		t.Fatal(err)
	}
	wantHeld(t, o, "AA", oursHeld)
	wantHeld(t, o, "BB", userBB)
}
