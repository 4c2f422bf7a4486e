package destination

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// instance tells others that this run is alive: a file, named by a random ID,
// that is locked for as long as the process lives. The system takes the lock
// away from a process that is killed.
type instance struct {
	dir, id string
	file    *flock.Flock
}

// instanceSuffix ends the names of those files.
const instanceSuffix = ".lock"

// staleInstance is how old the file of a run that is gone has to be to be
// removed: not one that is just being made.
const staleInstance = time.Hour

func newInstance(dir string) *instance { return &instance{dir: dir, id: rand.Text()} }

func (i *instance) begin() error {
	if err := os.MkdirAll(i.dir, 0o700); err != nil {
		return fmt.Errorf("make the folder for instances: %w", err)
	}
	file := flock.New(filepath.Join(i.dir, i.id+instanceSuffix), flock.SetPermissions(0o600))
	if _, err := file.TryLock(); err != nil {
		return fmt.Errorf("lock the instance's file: %w", err)
	}
	i.file = file
	return nil
}

// end takes the file away; nil is an instance that never began.
func (i *instance) end() error {
	if i == nil || i.file == nil {
		return nil
	}
	err := i.file.Unlock()
	if removed := os.Remove(i.file.Path()); !errors.Is(removed, fs.ErrNotExist) {
		err = errors.Join(err, removed)
	}
	i.file = nil
	return err
}

// othersAlive reports whether an instance of that folder other than this one is
// alive; i may be nil for one that has none.
func (i *instance) othersAlive(dir string) bool {
	names, _ := filepath.Glob(filepath.Join(dir, "*"+instanceSuffix)) // the pattern is well formed
	for _, name := range names {
		if i != nil && filepath.Base(name) == i.id+instanceSuffix {
			continue
		}
		file := flock.New(name, flock.SetFlag(os.O_RDWR))
		free, err := file.TryLock()
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if !free {
			return true
		}
		if info, err := os.Stat(name); err == nil && time.Since(info.ModTime()) > staleInstance {
			_ = os.Remove(name)
		}
		_ = file.Unlock()
	}
	return false
}
