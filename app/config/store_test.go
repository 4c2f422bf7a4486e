package config

import (
	"errors"
	"io"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"

	"cuelight/app/storage"
)

var (
	noon   = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	errBad = errors.New("bad")
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func ptr[T any](v T) *T { return &v }

// options are those that a process of its own would have.
func options(dir string) Options {
	return Options{
		Dir: dir, Locks: storage.NewLocks(filepath.Join(dir, "locks")),
		Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return noon },
	}
}

// open makes the Store that a process of its own would have.
func open(t testing.TB, dir string, change ...func(*Options)) *Store {
	t.Helper()
	o := options(dir)
	for _, c := range change {
		c(&o)
	}
	s, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closed(t, s) })
	return s
}

// logTo logs into a text.
func logTo(w io.Writer) *slog.Logger { return slog.New(slog.NewTextHandler(w, nil)) }

func closed(t testing.TB, s *Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
