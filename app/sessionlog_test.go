package app

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"cuelight/app/state"
	"cuelight/obs"
	"cuelight/providers"
)

func streaming(s state.State, stream state.StreamState) state.State {
	s.OBS.Link, s.OBS.Stream = state.LinkUp, stream
	return s
}

func healthAt(s state.State, at time.Time) state.State {
	s.Health = state.HealthState{Known: true, Last: obs.Health{Time: at, BitrateKbps: 6000, DroppedPercent: 0.5}}
	return s
}

func TestASessionLogTellsABroadcastFromItsStartToItsEnd(t *testing.T) {
	e := &Engine{journal: &sessionLog{dir: filepath.Join(t.TempDir(), "sessions")}}
	now := noon
	prev := state.State{}
	step := func(next state.State) {
		t.Helper()
		if err := e.journal.observe(prev, next, now); err != nil {
			t.Fatal(err)
		}
		prev = next
	}
	off := streaming(state.State{}, state.StreamOff)
	step(off)
	if len(e.Sessions()) != 0 {
		t.Fatal("a log of nothing")
	}
	on := streaming(off, state.StreamOn)
	on.Broadcast = state.BroadcastState{Known: true, Confirmed: providers.Broadcast{Title: "t", Category: providers.Category{Number: "1", Name: "one"}}}
	step(on)
	onAir := on
	onAir.Live = state.LiveState{Known: true, Live: providers.Live{OnAir: true, Viewers: 12}}
	step(onAir)
	for range 180 { // three minutes of a sample a second
		now = now.Add(time.Second)
		step(healthAt(onAir, now))
	}
	lost := onAir
	lost.OBS.Link, lost.OBS.Stream = state.LinkWaiting, state.StreamUnknown
	step(lost) // OBS may still stream: the log goes on
	step(onAir)
	step(streaming(onAir, state.StreamOff))
	step(on)
	if err := e.journal.close(); err != nil {
		t.Fatal(err)
	}

	logs := e.Sessions()
	if len(logs) != 2 { // newest first; the second broadcast has only begun
		t.Fatalf("logs: %v", logs)
	}
	entries, err := e.Session(logs[1])
	if err != nil {
		t.Fatal(err)
	}
	count := map[state.Change]int{}
	for _, entry := range entries {
		count[entry.Event]++
	}
	if count[state.ChangeHealth] != 3 || count[state.ChangeStream] < 4 || count[state.ChangeOnAir] == 0 || count[state.ChangeLink] < 2 {
		t.Errorf("told: %v", count)
	}
	i := slices.IndexFunc(entries, func(e SessionEntry) bool { return e.Event == state.ChangeHealth })
	if h := entries[i]; h.BitrateKbps != 6000 || h.DroppedPercent != 0.5 || h.Viewers != 12 || h.Title != "t" || h.Category != "one" || h.Stream != "on" || !h.OnAir {
		t.Errorf("an entry is %+v", h)
	}
}

func TestOnlyTheLastSessionLogsAreKept(t *testing.T) {
	l := &sessionLog{dir: filepath.Join(t.TempDir(), "sessions")}
	for i := range sessionsKept + 5 {
		now := noon.Add(time.Duration(i) * time.Hour)
		for _, step := range []state.StreamState{state.StreamOn, state.StreamOff} {
			if err := l.observe(state.State{}, streaming(state.State{}, step), now); err != nil {
				t.Fatal(err)
			}
		}
	}
	names := sessionFiles(l.dir)
	if len(names) != sessionsKept || names[0] != noon.Add(5*time.Hour).UTC().Format("20060102-150405")+".jsonl" {
		t.Errorf("%d kept, from %s", len(names), names[0])
	}
}

func TestALineCutShortByACrashIsLeftOut(t *testing.T) {
	e := &Engine{journal: &sessionLog{dir: t.TempDir()}}
	text := `{"time":"2026-01-01T00:00:00Z","event":"stream","on_air":true}` + "\n" + `{"time":"2026-01-0`
	if err := os.WriteFile(filepath.Join(e.journal.dir, "20260101-000000.jsonl"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	entries, err := e.Session("../20260101-000000.jsonl") // a name is a name and no path
	if err != nil || len(entries) != 1 || !entries[0].OnAir {
		t.Errorf("read %+v, %v", entries, err)
	}
	if _, err := e.Session("none.jsonl"); err == nil {
		t.Error("a log that is not there was read")
	}
}

func TestAWholeBroadcastOfARunningEngineIsLogged(t *testing.T) {
	s := newStudio(t)
	e := onStage(t, s)
	s.stopInOBS(t)
	until(t, e, "the end", func(s state.State) bool { return s.OBS.Stream == state.StreamOff })
	var entries []SessionEntry
	for len(entries) == 0 || entries[len(entries)-1].Stream != "off" {
		if logs := e.Sessions(); len(logs) > 0 {
			var err error
			if entries, err = e.Session(logs[0]); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(5 * time.Millisecond) // the log is written beside everything else
	}
}

func TestEachChangeHasItsNameOnce(t *testing.T) {
	base := streaming(state.State{}, state.StreamOff)
	base.Broadcast.Known = true
	for _, c := range []struct {
		change func(*state.State)
		want   []state.Change
	}{
		{func(*state.State) {}, nil},
		{func(s *state.State) { s.Account.Nick = "n" }, []state.Change{state.ChangeAccount}},
		{func(s *state.State) { s.Account.SignedIn = state.SignedIn }, []state.Change{state.ChangeAccount}},
		{func(s *state.State) { s.OBS.Link = state.LinkWaiting }, []state.Change{state.ChangeLink}},
		{func(s *state.State) { s.OBS.Version = "30" }, []state.Change{state.ChangeLink}},
		{func(s *state.State) { s.OBS.Stream = state.StreamReconnecting }, []state.Change{state.ChangeStream}},
		{func(s *state.State) { s.OBS.Matches = state.MatchNo }, []state.Change{state.ChangeService}},
		{func(s *state.State) { s.OBS.Server = "x" }, []state.Change{state.ChangeService}},
		{func(s *state.State) { s.Live.OnAir = true }, []state.Change{state.ChangeOnAir}},
		{func(s *state.State) { s.Live.Viewers = 3 }, nil},
		{func(s *state.State) { s.Broadcast.Confirmed.Title = "x" }, []state.Change{state.ChangeDetails}},
		{func(s *state.State) { s.Broadcast.Confirmed.Category.Number = "2" }, []state.Change{state.ChangeDetails}},
		{func(s *state.State) { s.Broadcast.Draft.Title = ptr("x") }, nil},
		{func(s *state.State) { s.Health.Quiet = time.Minute }, []state.Change{state.ChangeMic}},
		{func(s *state.State) { s.Health.Frozen = time.Minute }, []state.Change{state.ChangePicture}},
		{func(s *state.State) { *s = healthAt(*s, noon) }, []state.Change{state.ChangeHealth}},
		{func(s *state.State) {
			s.OBS.Link, s.OBS.Stream, s.Account.Name = state.LinkKicked, state.StreamUnknown, "x"
		}, []state.Change{state.ChangeAccount, state.ChangeLink, state.ChangeStream}},
	} {
		next := base
		c.change(&next)
		if got := state.Changes(base, next); !slices.Equal(got, c.want) {
			t.Errorf("%v, want %v", got, c.want)
		}
	}
	waiting, trying := base, base
	waiting.OBS.Link, trying.OBS.Link = state.LinkWaiting, state.LinkConnecting
	if got := state.Changes(waiting, trying); got != nil {
		t.Errorf("a quiet attempt is told as %v", fmt.Sprint(got))
	}
}
