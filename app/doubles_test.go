package app

import (
	"bytes"
	"io/fs"
	"sync"
	"testing"
	"time"

	"cuelight/app/vault"
	"cuelight/internal/keyringtest"
	"cuelight/obs/discovery"
)

// clock is a clock that tests move.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// logged is a log that tests read while it is written.
type logged struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func newRing() *keyringtest.Ring { return keyringtest.New(vault.ErrNotInKeyring) }

// emptyMachine is one on which there is no OBS.
func emptyMachine(t testing.TB) *discovery.Places {
	return &discovery.Places{
		OS: "linux", Home: t.TempDir(), Env: func(string) string { return "" },
		ReadFile: func(string) ([]byte, error) { return nil, fs.ErrNotExist },
		Exists:   func(string) bool { return false },
		LookPath: func(string) (string, error) { return "", fs.ErrNotExist },
	}
}
