package monitor

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"cuelight/app/state"
	"cuelight/obs/streamhealth"
	"cuelight/providers"
)

func newLog(dir string) *SessionLog {
	return NewSessionLog(dir, func() time.Time { return noon }, slog.New(slog.DiscardHandler))
}

func streaming(s state.State, stream state.StreamState) state.State {
	s.OBS.Link, s.OBS.Stream = state.LinkUp, stream
	return s
}

func healthAt(s state.State, at time.Time) state.State {
	s.Health = state.HealthState{Known: true, Last: streamhealth.Health{Time: at, BitrateKbps: 6000, DroppedPercent: 0.5}}
	return s
}

func TestASessionLogTellsABroadcastFromItsStartToItsEnd(t *testing.T) {
	l := newLog(filepath.Join(t.TempDir(), "sessions"))
	now := noon
	prev := state.State{}
	advance := func(next state.State) {
		t.Helper()
		if err := l.record(step{prev, next, now}); err != nil {
			t.Fatal(err)
		}
		prev = next
	}
	off := streaming(state.State{}, state.StreamOff)
	advance(off)
	if len(l.Sessions()) != 0 {
		t.Fatal("a log of nothing")
	}
	on := streaming(off, state.StreamOn)
	on.Broadcast = state.BroadcastState{Known: true, Confirmed: providers.Broadcast{Title: "t", Category: providers.Category{Number: "1", Name: "one"}}}
	advance(on)
	onAir := on
	onAir.Live = state.LiveState{Known: true, Live: providers.Live{OnAir: true, Viewers: 12}}
	advance(onAir)
	for range 180 { // three minutes of a sample a second
		now = now.Add(time.Second)
		advance(healthAt(onAir, now))
	}
	lost := onAir
	lost.OBS.Link, lost.OBS.Stream = state.LinkWaiting, state.StreamUnknown
	advance(lost) // OBS may still stream: the log goes on
	advance(onAir)
	advance(streaming(onAir, state.StreamOff))
	advance(on)
	if err := l.close(); err != nil {
		t.Fatal(err)
	}

	logs := l.Sessions()
	if len(logs) != 2 { // newest first; the second broadcast has only begun
		t.Fatalf("logs: %v", logs)
	}
	entries, err := l.Session(logs[1])
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
	l := newLog(filepath.Join(t.TempDir(), "sessions"))
	for i := range sessionsKept + 5 {
		now := noon.Add(time.Duration(i) * time.Hour)
		for _, stream := range []state.StreamState{state.StreamOn, state.StreamOff} {
			if err := l.record(step{state.State{}, streaming(state.State{}, stream), now}); err != nil {
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
	l := newLog(t.TempDir())
	text := `{"time":"2026-01-01T00:00:00Z","event":"stream","on_air":true}` + "\n" + `{"time":"2026-01-0`
	if err := os.WriteFile(filepath.Join(l.dir, "20260101-000000.jsonl"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	entries, err := l.Session("../20260101-000000.jsonl") // a name is a name and no path
	if err != nil || len(entries) != 1 || !entries[0].OnAir {
		t.Errorf("read %+v, %v", entries, err)
	}
	if _, err := l.Session("none.jsonl"); err == nil {
		t.Error("a log that is not there was read")
	}
}

func TestWhatLedToTheEndIsWritten(t *testing.T) {
	l := newLog(filepath.Join(t.TempDir(), "sessions"))
	on := streaming(state.State{}, state.StreamOn)
	l.Observe(state.State{}, on)
	l.Observe(on, streaming(on, state.StreamReconnecting))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	l.Run(ctx)
	entries, err := l.Session(l.Sessions()[0])
	if err != nil || len(entries) == 0 || entries[len(entries)-1].Stream != "reconnecting" {
		t.Errorf("written %+v, %v", entries, err)
	}
	if l.file != nil {
		t.Error("the file is still open")
	}
}

func TestADiskThatIsTooSlowHoldsNothingUp(t *testing.T) {
	l := newLog(t.TempDir())
	for range 2 * queueLength { // nobody writes
		l.Observe(state.State{}, state.State{})
	}
	if len(l.queue) != queueLength {
		t.Errorf("%d steps wait", len(l.queue))
	}
}
