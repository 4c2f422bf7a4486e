package app

import (
	"testing"
	"time"

	"cuelight/app/monitor"
	"cuelight/app/state"
)

func TestAWholeBroadcastOfARunningEngineIsLogged(t *testing.T) {
	s := newStudio(t)
	e := onStage(t, s)
	s.stopInOBS(t)
	until(t, e, "the end", func(s state.State) bool { return s.OBS.Stream == state.StreamOff })
	var entries []monitor.SessionEntry
	for len(entries) == 0 || entries[len(entries)-1].Stream != "off" {
		if logs := e.Support.Sessions(); len(logs) > 0 {
			var err error
			if entries, err = e.Support.Session(logs[0]); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(5 * time.Millisecond) // the log is written beside everything else
	}
}

func streaming(s state.State, stream state.StreamState) state.State {
	s.OBS.Link, s.OBS.Stream = state.LinkUp, stream
	return s
}
