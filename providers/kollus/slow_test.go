package kollus

import (
	"io"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"cuelight/providers"
)

// The service counts a call when it comes, which may be as late as its answer.
func TestACallThatTravelsSlowlyKeepsTheNextAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var came []time.Time
		answer := example(t, "channels.json")
		s, _ := service(t, "", func(w http.ResponseWriter, _ *http.Request) {
			if len(came) == 0 {
				time.Sleep(400 * time.Millisecond)
			}
			came = append(came, time.Now())
			_, _ = io.WriteString(w, answer)
		})
		for range 2 {
			if _, err := s.Channels(t.Context(), providers.ChannelQuery{}); err != nil {
				t.Fatal(err)
			}
		}
		if apart := came[1].Sub(came[0]); apart < serviceInterval {
			t.Errorf("the calls came %s apart", apart)
		}
	})
}

func TestASlowCallKeepsThoseOfAnotherProgramAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shared := newVault()
		here, there := newLimiters(callInterval).forAccount("x"), newLimiters(callInterval).forAccount("x")
		if err := here.waitAcrossProcesses(t.Context(), "first", shared, nil); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		time.Sleep(400 * time.Millisecond)
		here.answered(t.Context(), began, shared)
		counted := time.Now()
		if err := there.waitAcrossProcesses(t.Context(), "second", shared, nil); err != nil {
			t.Fatal(err)
		}
		if apart := time.Since(counted); apart < serviceInterval {
			t.Errorf("the calls came %s apart", apart)
		}
		here.answered(t.Context(), time.Now(), shared) // a fast one changes nothing
		if left := here.pauseLeft(); left > 0 {
			t.Errorf("%s are waited for after a fast call", left)
		}
	})
}
