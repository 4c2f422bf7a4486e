package obs_test

import (
	"context"
	"testing"
	"time"

	"cuelight/obs"
	"cuelight/obs/obssim"
	"cuelight/obs/obstest"
)

// A connection made in the midst of a switch of profiles is not told of its
// beginning, so that a first look may pair the name of one profile with the
// service of the other.
func TestASnapshotTellsWhetherItIsSure(t *testing.T) {
	_, c := twoProfiles(t)
	began := time.Now()
	if first := snapshot(t, c); first.Sure && time.Since(began) < 100*time.Millisecond {
		t.Error("sure right after connecting to an OBS with several profiles")
	}
	time.Sleep(200 * time.Millisecond)
	if !snapshot(t, c).Sure {
		t.Error("not sure on a connection that would have been told of a switch")
	}
	one := obstest.StartSim(t, obssim.Options{})
	if !snapshot(t, obstest.Dial(t, obstest.Quick(), one.Endpoint())).Sure {
		t.Error("not sure where OBS has one profile only")
	}
}

func TestASnapshotEndsWithItsContext(t *testing.T) {
	o, c := twoProfiles(t)
	snapshot(t, c)
	o.RenameProfile("AA", "CC") // it waits to be told of a switch
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	began := time.Now()
	_, err := c.Snapshot(ctx)
	obstest.WantKind(t, err, obs.ErrNoAnswer)
	if took := time.Since(began); took > 150*time.Millisecond {
		t.Errorf("ended after %v", took)
	}
}
