//go:build linux

package obs_test

import (
	"errors"
	"testing"
	"time"

	"cuelight/internal/realobs"
	"cuelight/internal/realparts"
	"cuelight/obs"
)

// TestRealStartRightAfterAStop: for a moment after it has told that the stream
// stopped, OBS takes the request to start and drops it.
func TestRealStartRightAfterAStop(t *testing.T) {
	ingest := realparts.StartIngest(t, realparts.Hooks{})
	o := realobs.ForTest(t, realobs.Options{})
	c := realSetUp(t, o, ingest.URL, "key")
	ctx := t.Context()
	for round := range 3 {
		if err := c.StartStream(ctx); err != nil {
			t.Fatalf("start %d: %v", round, err)
		}
		if err := c.StopStream(ctx); err != nil {
			t.Fatalf("stop %d: %v", round, err)
		}
	}
	if got := len(ingest.Published()); got != 3 {
		t.Errorf("the ingest saw %d streams", got)
	}
}

// TestRealStartRightAfterAStopBySomebodyElse starts while OBS is still taking
// the output down that its user has stopped.
func TestRealStartRightAfterAStopBySomebodyElse(t *testing.T) {
	ingest := realparts.StartIngest(t, realparts.Hooks{})
	o := realobs.ForTest(t, realobs.Options{})
	c := realSetUp(t, o, ingest.URL, "key")
	ctx := t.Context()
	user := o.Connect(t)
	for round := range 3 {
		if err := c.StartStream(ctx); err != nil {
			t.Fatalf("start %d: %v", round, err)
		}
		user.Request("StopStream", nil)
		err := c.StartStream(ctx)
		for end := time.Now().Add(10 * time.Second); errors.Is(err, obs.ErrStreaming) && time.Now().Before(end); {
			err = c.StartStream(ctx) // until the moment in which OBS takes it
		}
		if err != nil {
			t.Fatalf("start %d after the user's stop: %v", round, err)
		}
		if err := c.StopStream(ctx); err != nil {
			t.Fatalf("stop %d: %v", round, err)
		}
	}
}
