package storage

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

// Locks keeps goroutines and processes out of each other's way, by name. A
// file lock alone would let two goroutines of one process in together, so each
// name has a slot in the process as well.
type Locks struct {
	dir string

	mu    sync.Mutex
	slots map[string]chan struct{}
}

func NewLocks(dir string) *Locks {
	return &Locks{dir: dir, slots: make(map[string]chan struct{})}
}

// Lock waits for a name until the context ends.
func (l *Locks) Lock(ctx context.Context, name string) (unlock func(), err error) {
	slot := l.slot(name)
	select {
	case slot <- struct{}{}:
	case <-ctx.Done():
		return nil, fmt.Errorf("wait for another task of Cuelight (%s): %w", name, ctx.Err())
	}
	leave := func() { <-slot }

	file, err := l.file(name)
	if err != nil {
		leave()
		return nil, err
	}
	ok, err := file.TryLockContext(ctx, 20*time.Millisecond)
	if err != nil || !ok {
		leave()
		return nil, fmt.Errorf("wait for another Cuelight (%s): %w", name, err)
	}
	return sync.OnceFunc(func() {
		_ = file.Unlock() // also released when the process ends
		leave()
	}), nil
}

// Try takes a name if nobody has it, and says whether it did.
func (l *Locks) Try(name string) (unlock func(), mine bool, err error) {
	file, err := l.file(name)
	if err != nil {
		return nil, false, err
	}
	if mine, err = file.TryLock(); err != nil || !mine {
		return nil, false, err
	}
	return func() { _ = file.Unlock() }, true, nil
}

func (l *Locks) file(name string) (*flock.Flock, error) {
	if err := os.MkdirAll(l.dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder for locks: %w", err)
	}
	// Account names are the user's own and may hold what file names may not.
	sum := sha256.Sum256([]byte(name))
	return flock.New(filepath.Join(l.dir, hex.EncodeToString(sum[:8])+".lock")), nil
}

func (l *Locks) slot(name string) chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.slots[name] == nil {
		l.slots[name] = make(chan struct{}, 1)
	}
	return l.slots[name]
}
