package obs_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"cuelight/obs"
	"cuelight/obs/obssim"
)

// tellOfASwitch sends the events of a switch that ends in the same profile, such
// as one there and back.
func tellOfASwitch(o *obssim.OBS) {
	o.Emit("CurrentProfileChanging", 2, map[string]any{"profileName": "AA"})
	o.Emit("CurrentProfileChanged", 2, map[string]any{"profileName": "AA"})
}

// whenKept calls a step once, right after the value that a write needs was kept.
func whenKept(o *obssim.OBS, step func()) {
	once := true
	o.Faults(func(f *obssim.Faults) {
		f.InBatch = func(done int, request string) {
			if once && done == 1 && request == "SetPersistentData" {
				once = false
				step()
			}
		}
	})
}

func TestASwitchBeforeTheWriteIsDecidedAnew(t *testing.T) {
	o, c := twoProfiles(t)
	before := snapshot(t, c)
	whenKept(o, func() { tellOfASwitch(o) })
	found, err := c.ReplaceService(bounded(t), before, ours(t, before))
	if err != nil || !found.Equal(before) {
		t.Fatalf("found %v, %v", found, err)
	}
	wantHeld(t, o, "AA", oursHeld)
	wantHeld(t, o, "BB", userBB)
}

// The value that a write needs goes into the profile that comes into use in that
// very moment: there it is taken back, or a write meant for another would be let
// through later.
func TestWhatIsKeptInTheWrongProfileIsTakenBack(t *testing.T) {
	o, c := twoProfiles(t)
	before := snapshot(t, c)
	o.Faults(func(f *obssim.Faults) {
		f.Requests = map[string]obssim.Fault{"SetPersistentData": {Times: 1, Delay: 150 * time.Millisecond}}
	})
	time.AfterFunc(60*time.Millisecond, func() { o.SwitchProfile("BB") })
	found, err := c.ReplaceService(bounded(t), before, ours(t, before))
	if !errors.Is(err, obs.ErrChanged) || found.Profile != "BB" {
		t.Fatalf("found %v, %v", found, err)
	}
	slots := o.Slots("BB")
	for name, value := range slots {
		if value != "" {
			t.Errorf("BB has %s: %v", name, value)
		}
	}
	if len(slots) != 1 || len(o.Slots("AA")) != 0 {
		t.Errorf("kept in AA: %v, in BB: %v", o.Slots("AA"), slots)
	}
	wantHeld(t, o, "AA", userAA)
	wantHeld(t, o, "BB", userBB)
}

func TestAValueThatCannotBeTakenBackFailsNoWrite(t *testing.T) {
	o, c := twoProfiles(t)
	before := snapshot(t, c)
	inSwap(o, 5, func() {
		o.Faults(func(f *obssim.Faults) { f.Requests = map[string]obssim.Fault{"SetPersistentData": {Status: 702}} })
	})
	if _, err := c.ReplaceService(bounded(t), before, ours(t, before)); err != nil {
		t.Fatal(err)
	}
	wantHeld(t, o, "AA", oursHeld)
}

func TestAProfileThatKeepsNothingIsNotWrittenTo(t *testing.T) {
	for _, request := range []string{"SetPersistentData", "GetPersistentData"} {
		o, c := twoProfiles(t)
		before := snapshot(t, c)
		writes := inSwap(o, -1, nil)
		o.Faults(func(f *obssim.Faults) { f.Requests = map[string]obssim.Fault{request: {Status: 702}} })
		found, err := c.ReplaceService(bounded(t), before, ours(t, before))
		if !errors.Is(err, obs.ErrRefused) || errors.Is(err, obs.ErrTorn) || !found.Equal(before) || writes() != 0 {
			t.Errorf("%s is refused: found %v, %v, %d writes", request, found, err, writes())
		}
		wantHeld(t, o, "AA", userAA)
	}
}

// ended is a context that has ended, and of which nobody has been told yet.
type ended struct{ context.Context }

func (ended) Err() error { return context.Canceled }

func TestNothingIsWrittenForACallerWhoIsGone(t *testing.T) {
	o, c := twoProfiles(t)
	before := snapshot(t, c)
	writes := inSwap(o, -1, nil)
	found, err := c.ReplaceService(ended{t.Context()}, before, ours(t, before))
	if !errors.Is(err, context.Canceled) || !found.Equal(before) || writes() != 0 || len(o.Slots("AA")) != 0 {
		t.Errorf("found %v, %v, %d writes", found, err, writes())
	}
	wantHeld(t, o, "AA", userAA)
}

// What happens to an undoing before it is sent.
func TestAnUndoThatIsNotSentIsTold(t *testing.T) {
	for name, tt := range map[string]struct {
		then  func(*obssim.OBS)
		cause error
	}{
		"the connection ends":     {func(o *obssim.OBS) { o.Kick(1001) }, obs.ErrClosed},
		"the profile is switched": {tellOfASwitch, nil},
	} {
		t.Run(name, func(t *testing.T) {
			o, c := twoProfiles(t)
			before := snapshot(t, c)
			betweenBatches(o, func(n int) {
				if n == 1 {
					o.ChangeService(obs.TypeCustom, newer(1))
				} else {
					time.AfterFunc(50*time.Millisecond, func() { tt.then(o) })
				}
			})
			found, err := c.ReplaceService(bounded(t), before, ours(t, before))
			torn := new(obs.TornWriteError)
			if !errors.As(err, &torn) || !errors.Is(torn.Err, tt.cause) {
				t.Fatalf("found %v, %v", found, err)
			}
			if found.Service.Server != newer(1)["server"] || !torn.Before.Equal(found) {
				t.Errorf("found %v, before %v", found, torn.Before)
			}
			if typ, held := o.ProfileService("AA"); typ != obs.TypeCustom || held["server"] != oursHeld["server"] || held["key"] != oursHeld["key"] {
				t.Errorf("AA holds %s %v", typ, held)
			}
		})
	}
}
