package app

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"cuelight/obs"
	"cuelight/providers"
)

func streaming(s State, stream StreamState) State {
	s.OBS.Link, s.OBS.Stream = LinkUp, stream
	return s
}

func healthAt(s State, at time.Time) State {
	s.Health = HealthState{Known: true, Last: obs.Health{Time: at, BitrateKbps: 6000, DroppedPercent: 0.5}}
	return s
}

func TestASessionLogTellsABroadcastFromItsStartToItsEnd(t *testing.T) {
	e := &Engine{journal: &sessionLog{dir: filepath.Join(t.TempDir(), "sessions")}}
	now := noon
	prev := State{}
	step := func(next State) {
		t.Helper()
		if err := e.journal.observe(prev, next, now); err != nil {
			t.Fatal(err)
		}
		prev = next
	}
	off := streaming(State{}, StreamOff)
	step(off)
	if len(e.Sessions()) != 0 {
		t.Fatal("a log of nothing")
	}
	on := streaming(off, StreamOn)
	on.Broadcast = BroadcastState{Known: true, Confirmed: providers.Broadcast{Title: "t", Category: providers.Category{Number: "1", Name: "one"}}}
	step(on)
	onAir := on
	onAir.Live = LiveState{Known: true, Live: providers.Live{OnAir: true, Viewers: 12}}
	step(onAir)
	for range 180 { // three minutes of a sample a second
		now = now.Add(time.Second)
		step(healthAt(onAir, now))
	}
	lost := onAir
	lost.OBS.Link, lost.OBS.Stream = LinkWaiting, StreamUnknown
	step(lost) // OBS may still stream: the log goes on
	step(onAir)
	step(streaming(onAir, StreamOff))
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
	count := map[Change]int{}
	for _, entry := range entries {
		count[entry.Event]++
	}
	if count[ChangeHealth] != 3 || count[ChangeStream] < 4 || count[ChangeOnAir] == 0 || count[ChangeLink] < 2 {
		t.Errorf("told: %v", count)
	}
	i := slices.IndexFunc(entries, func(e SessionEntry) bool { return e.Event == ChangeHealth })
	if h := entries[i]; h.BitrateKbps != 6000 || h.DroppedPercent != 0.5 || h.Viewers != 12 || h.Title != "t" || h.Category != "one" || h.Stream != "on" || !h.OnAir {
		t.Errorf("an entry is %+v", h)
	}
}

func TestOnlyTheLastSessionLogsAreKept(t *testing.T) {
	l := &sessionLog{dir: filepath.Join(t.TempDir(), "sessions")}
	for i := range sessionsKept + 5 {
		now := noon.Add(time.Duration(i) * time.Hour)
		for _, step := range []StreamState{StreamOn, StreamOff} {
			if err := l.observe(State{}, streaming(State{}, step), now); err != nil {
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
	until(t, e, "the end", func(s State) bool { return s.OBS.Stream == StreamOff })
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
	base := streaming(State{}, StreamOff)
	base.Broadcast.Known = true
	for _, c := range []struct {
		change func(*State)
		want   []Change
	}{
		{func(*State) {}, nil},
		{func(s *State) { s.Account.Nick = "n" }, []Change{ChangeAccount}},
		{func(s *State) { s.Account.SignedIn = SignedIn }, []Change{ChangeAccount}},
		{func(s *State) { s.OBS.Link = LinkWaiting }, []Change{ChangeLink}},
		{func(s *State) { s.OBS.Version = "30" }, []Change{ChangeLink}},
		{func(s *State) { s.OBS.Stream = StreamReconnecting }, []Change{ChangeStream}},
		{func(s *State) { s.OBS.Matches = MatchNo }, []Change{ChangeService}},
		{func(s *State) { s.OBS.Server = "x" }, []Change{ChangeService}},
		{func(s *State) { s.Live.OnAir = true }, []Change{ChangeOnAir}},
		{func(s *State) { s.Live.Viewers = 3 }, nil},
		{func(s *State) { s.Broadcast.Confirmed.Title = "x" }, []Change{ChangeDetails}},
		{func(s *State) { s.Broadcast.Confirmed.Category.Number = "2" }, []Change{ChangeDetails}},
		{func(s *State) { s.Broadcast.Draft.Title = ptr("x") }, nil},
		{func(s *State) { s.Health.Quiet = time.Minute }, []Change{ChangeMic}},
		{func(s *State) { s.Health.Frozen = time.Minute }, []Change{ChangePicture}},
		{func(s *State) { *s = healthAt(*s, noon) }, []Change{ChangeHealth}},
		{func(s *State) { s.OBS.Link, s.OBS.Stream, s.Account.Name = LinkKicked, StreamUnknown, "x" }, []Change{ChangeAccount, ChangeLink, ChangeStream}},
	} {
		next := base
		c.change(&next)
		if got := Changes(base, next); !slices.Equal(got, c.want) {
			t.Errorf("%v, want %v", got, c.want)
		}
	}
	waiting, trying := base, base
	waiting.OBS.Link, trying.OBS.Link = LinkWaiting, LinkConnecting
	if got := Changes(waiting, trying); got != nil {
		t.Errorf("a quiet attempt is told as %v", fmt.Sprint(got))
	}
}
