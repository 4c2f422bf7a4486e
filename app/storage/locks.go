package storage

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"cuelight/internal/localfile"
)

// Locks keeps goroutines and processes out of each other's way, by name. A
// file lock alone would let two goroutines of one process in together, so each
// name has a slot in the process as well.
type Locks struct {
	dir string
	// onHeld is told, on a goroutine of its own, when another process has held a
	// name for heldAfter that somebody here waits for, and its process ID, or 0
	// where that is not known; nil where nobody is.
	onHeld func(pid int)

	mu    sync.Mutex // guards slots; never held while a name is waited for
	slots map[string]chan struct{}
}

// heldAfter is how long another process may hold a name before somebody is told:
// what is done under one takes a call to the platform at most.
const heldAfter = 3 * time.Second

// ErrHeld: another Cuelight held a name for longer than there was time to wait.
var ErrHeld = errors.New("another Cuelight does not let go")

// NewLocks makes Locks whose files are in a folder, which is made when it is
// needed.
func NewLocks(dir string) *Locks {
	return &Locks{dir: dir, slots: make(map[string]chan struct{})}
}

// OnHeld has somebody told that another process is waited for, with its process
// ID or 0. It is called before the first Lock.
func (l *Locks) OnHeld(tell func(pid int)) { l.onHeld = tell }

// Lock waits for a name until the context ends. Its error is of kind ErrHeld
// where another process has it.
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
	if err := l.wait(ctx, file); err != nil {
		leave()
		return nil, fmt.Errorf("wait for another Cuelight (%s): %w", name, err)
	}
	signHeld(file.Path())
	return sync.OnceFunc(func() {
		_ = file.Unlock() // also released when the process ends
		leave()
	}), nil
}

// wait locks a file, and tells when that takes long.
func (l *Locks) wait(ctx context.Context, file *flock.Flock) error {
	if l.onHeld != nil {
		defer time.AfterFunc(heldAfter, func() { l.onHeld(holder(file.Path())) }).Stop()
	}
	ok, err := file.TryLockContext(ctx, 20*time.Millisecond)
	if ctx.Err() != nil && !ok {
		return fmt.Errorf("%w: %w", ErrHeld, ctx.Err())
	}
	return err
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
	signHeld(file.Path())
	return func() { _ = file.Unlock() }, true, nil
}

func (l *Locks) file(name string) (*flock.Flock, error) {
	if err := os.MkdirAll(l.dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder for locks: %w", err)
	}
	// Account names are the user's own and may hold what file names may not.
	sum := sha256.Sum256([]byte(name))
	path := filepath.Join(l.dir, hex.EncodeToString(sum[:8])+".lock")
	if err := localfile.Check(path); err != nil { // opening a pipe would wait for its other end
		return nil, fmt.Errorf("lock %s: %w", name, err)
	}
	return flock.New(path), nil
}

func (l *Locks) slot(name string) chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.slots[name] == nil {
		l.slots[name] = make(chan struct{}, 1)
	}
	return l.slots[name]
}
