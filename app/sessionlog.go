package app

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"cuelight/app/state"
)

// sessionsKept is how many session logs stay on disk.
const sessionsKept = 30

// SessionEntry is one line of a session log: what happened in a broadcast, to
// be read afterwards. It holds no secret.
type SessionEntry struct {
	Time  time.Time    `json:"time"`
	Event state.Change `json:"event"`
	// Stream is what OBS's stream did then.
	Stream string `json:"stream,omitempty"`
	OnAir  bool   `json:"on_air"`
	Title  string `json:"title,omitempty"`
	// Category is its name, or its number where that is all that is known.
	Category       string  `json:"category,omitempty"`
	Viewers        int     `json:"viewers,omitempty"`
	BitrateKbps    float64 `json:"bitrate_kbps,omitempty"`
	DroppedPercent float64 `json:"dropped_percent,omitempty"`
}

// sessionLog writes what happens from the start of a stream to its end into a
// file of its own: one line for each change, and the numbers once a minute.
type sessionLog struct {
	dir string

	mu     sync.Mutex
	file   *os.File
	minute time.Time
}

// observe takes the change from one State to the next.
func (l *sessionLog) observe(prev, next state.State, now time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	running := next.OBS.Stream.Running()
	if l.file == nil && !running {
		return nil
	}
	if l.file == nil {
		if err := l.open(now); err != nil {
			return err
		}
	}
	for _, change := range state.Changes(prev, next) {
		if change == state.ChangeHealth {
			if now.Sub(l.minute) < time.Minute {
				continue
			}
			l.minute = now
		}
		if err := l.write(entryOf(next, change, now)); err != nil {
			return err
		}
	}
	if next.OBS.Stream == state.StreamOff {
		err := l.file.Close()
		l.file = nil
		return err
	}
	return nil
}

func entryOf(s state.State, change state.Change, now time.Time) SessionEntry {
	entry := SessionEntry{
		Time: now.UTC(), Event: change, Stream: s.OBS.Stream.String(), OnAir: s.Live.OnAir,
		Title: s.Broadcast.Confirmed.Title, Category: state.CategoryText(s.Broadcast.Confirmed.Category),
		BitrateKbps: s.Health.Last.BitrateKbps, DroppedPercent: s.Health.Last.DroppedPercent,
	}
	if s.Live.OnAir && s.Live.Viewers > 0 {
		entry.Viewers = s.Live.Viewers
	}
	return entry
}

func (l *sessionLog) open(now time.Time) error {
	if err := os.MkdirAll(l.dir, 0o700); err != nil {
		return err
	}
	l.prune()
	name := filepath.Join(l.dir, now.UTC().Format("20060102-150405")+".jsonl")
	file, err := os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	l.file, l.minute = file, time.Time{}
	return err
}

// prune keeps the newest logs; their names sort by time.
func (l *sessionLog) prune() {
	names := sessionFiles(l.dir)
	for len(names) >= sessionsKept {
		_ = os.Remove(filepath.Join(l.dir, names[0]))
		names = names[1:]
	}
}

func (l *sessionLog) write(entry SessionEntry) error {
	line, err := json.Marshal(entry)
	if err != nil {
		return err
	}
	_, err = l.file.Write(append(line, '\n'))
	return err
}

func (l *sessionLog) close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil {
		return nil
	}
	err := l.file.Close()
	l.file = nil
	return err
}

func sessionFiles(dir string) []string {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	var names []string
	for _, entry := range entries {
		if strings.HasSuffix(entry.Name(), ".jsonl") {
			names = append(names, entry.Name())
		}
	}
	slices.Sort(names)
	return names
}

// Sessions lists the session logs, newest first.
func (e *Engine) Sessions() []string {
	names := sessionFiles(e.journal.dir)
	slices.Reverse(names)
	return names
}

// Session reads one session log; name is one of Sessions.
func (e *Engine) Session(name string) ([]SessionEntry, error) {
	data, err := os.ReadFile(filepath.Join(e.journal.dir, filepath.Base(name)))
	if err != nil {
		return nil, err
	}
	var entries []SessionEntry
	for line := range strings.Lines(string(data)) {
		var entry SessionEntry
		if json.Unmarshal([]byte(line), &entry) == nil {
			entries = append(entries, entry) // a line cut short by a crash is left out
		}
	}
	return entries, nil
}
