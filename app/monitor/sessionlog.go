package monitor

import (
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"cuelight/app/storage"

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

// queueLength is how many steps wait for the disk at most: a slower one gets a
// log with gaps.
const queueLength = 1024

// SessionLog writes what happens from the start of a stream to its end into a
// file of its own: one line for each change, and the numbers once a minute. A
// slow disk holds nothing up: Observe queues, and Run writes.
type SessionLog struct {
	dir   string
	now   func() time.Time
	log   *slog.Logger
	queue chan step

	// The fields below belong to the goroutine of Run.

	// file is nil between two broadcasts; sampled is when numbers were written
	// into it last.
	file    *os.File
	sampled time.Time
}

// step is one change of the State.
type step struct {
	prev, next state.State
	at         time.Time
}

// NewSessionLog makes a SessionLog with its files in dir. It makes nothing on
// disk before a stream runs.
func NewSessionLog(dir string, now func() time.Time, log *slog.Logger) *SessionLog {
	return &SessionLog{dir: dir, now: now, log: log, queue: make(chan step, queueLength)}
}

// Observe takes the change from one State to the next. It returns at once.
func (l *SessionLog) Observe(prev, next state.State) {
	select {
	case l.queue <- step{prev, next, l.now()}:
	default:
	}
}

// Run writes what Observe took until the context ends, and what was taken
// before that.
func (l *SessionLog) Run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			l.finish()
			return
		case s := <-l.queue:
			l.take(s)
		}
	}
}

func (l *SessionLog) finish() {
	for len(l.queue) > 0 {
		l.take(<-l.queue)
	}
	if err := l.close(); err != nil {
		l.log.Warn("close the session log", "err", err)
	}
}

func (l *SessionLog) take(s step) {
	if err := l.record(s); err != nil {
		l.log.Warn("write the session log", "err", err)
	}
}

// record writes what a step changed.
func (l *SessionLog) record(s step) error {
	if l.file == nil {
		if !s.next.OBS.Stream.Running() {
			return nil
		}
		if err := l.open(s.at); err != nil {
			return err
		}
	}
	for _, change := range state.Changes(s.prev, s.next) {
		if change == state.ChangeHealth {
			if s.at.Sub(l.sampled) < time.Minute {
				continue
			}
			l.sampled = s.at
		}
		if err := l.write(entryOf(s.next, change, s.at)); err != nil {
			return err
		}
	}
	if s.next.OBS.Stream == state.StreamOff {
		return l.close()
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

func (l *SessionLog) open(now time.Time) error {
	if err := os.MkdirAll(l.dir, 0o700); err != nil {
		return err
	}
	l.prune()
	name := filepath.Join(l.dir, now.UTC().Format("20060102-150405")+".jsonl")
	file, err := os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	l.file, l.sampled = file, time.Time{}
	return err
}

// prune keeps the newest logs; their names sort by time.
func (l *SessionLog) prune() {
	names := sessionFiles(l.dir)
	for len(names) >= sessionsKept {
		_ = os.Remove(filepath.Join(l.dir, names[0]))
		names = names[1:]
	}
}

func (l *SessionLog) write(entry SessionEntry) error {
	line, err := json.Marshal(entry)
	if err != nil {
		return err
	}
	_, err = l.file.Write(append(line, '\n'))
	return err
}

func (l *SessionLog) close() error {
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
func (l *SessionLog) Sessions() []string {
	names := sessionFiles(l.dir)
	slices.Reverse(names)
	return names
}

// Session reads one session log; name is one of Sessions.
func (l *SessionLog) Session(name string) ([]SessionEntry, error) {
	data, err := storage.ReadFile(filepath.Join(l.dir, filepath.Base(name)))
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
