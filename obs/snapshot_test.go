package obs_test

import (
	"testing"
	"time"

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
