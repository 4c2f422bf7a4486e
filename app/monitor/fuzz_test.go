package monitor

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func FuzzSessionLog(f *testing.F) {
	for _, seed := range []string{
		`{"time":"2026-03-01T12:00:00Z","event":"stream"}` + "\n" + `{"time":"2026-03`, "\n\n", "{}\n[]\nnull\n", "\x00", `{"time":1}`,
	} {
		f.Add([]byte(seed))
	}
	dir := f.TempDir()
	l := NewSessionLog(dir, time.Now, slog.New(slog.DiscardHandler))
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(filepath.Join(dir, "session"), data, 0o600); err != nil {
			t.Fatal(err)
		}
		entries, err := l.Session("session")
		if lines := bytes.Count(data, []byte("\n")) + 1; err != nil || len(entries) > lines {
			t.Errorf("%d entries of %d lines, %v", len(entries), lines, err)
		}
	})
}
