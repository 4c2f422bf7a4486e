package storage

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Document is one JSON file that several processes change: reading, changing and
// replacing it is one step behind a lock, so that no change is lost. It keeps
// nothing in memory. Its methods may be called from any goroutine.
type Document[T any] struct {
	// Path is the file; its name is that of the lock as well. The folder is made
	// when there is something to write.
	Path  string
	Locks *Locks
	// Decode reads the file, and refuses one that cannot be meant.
	Decode func([]byte) (T, error)
	// Max bounds the file, in bytes; 0 is MaxJSON. What would be larger is not
	// written, and such a file is no document.
	Max int64
	Now func() time.Time
	// Broken is told where a file went that could not be read; may be nil.
	Broken func(kept string, err error)
}

// Read reads the file; one that is not there is empty. A file that cannot be
// understood is kept aside under another name, told to Broken, and empty.
func (d *Document[T]) Read(ctx context.Context) (T, error) {
	found, broken, err := d.read()
	if broken == nil {
		return found, err
	}
	// Moving it is for one process, and only while it is still broken.
	unlock, err := d.Locks.Lock(ctx, d.name())
	if err != nil {
		return found, err
	}
	defer unlock()
	return d.readLocked()
}

// Update changes what the file holds and replaces it, and gives what it holds
// then. A change that refuses leaves the file as it is; its error comes back. The
// change must do nothing else: the lock is held.
func (d *Document[T]) Update(ctx context.Context, change func(*T) error) (T, error) {
	var none T
	if err := os.MkdirAll(filepath.Dir(d.Path), 0o700); err != nil {
		return none, fmt.Errorf("make the configuration folder: %w", err)
	}
	unlock, err := d.Locks.Lock(ctx, d.name())
	if err != nil {
		return none, fmt.Errorf("change %s: %w", d.name(), err)
	}
	defer unlock()
	value, err := d.readLocked()
	if err != nil {
		return none, err
	}
	before, err := json.Marshal(value)
	if err != nil {
		return none, fmt.Errorf("encode %s: %w", d.name(), err)
	}
	if err := change(&value); err != nil {
		return none, err
	}
	if after, err := json.Marshal(value); err == nil && string(after) == string(before) {
		return value, nil
	}
	return value, WriteJSON(d.Path, value, d.max())
}

func (d *Document[T]) max() int64 { return cmp.Or(d.Max, MaxJSON) }

func (d *Document[T]) name() string { return filepath.Base(d.Path) }

// readLocked is for those who hold the lock.
func (d *Document[T]) readLocked() (T, error) {
	found, broken, err := d.read()
	if broken == nil {
		return found, err
	}
	kept, err := KeepAside(d.Path, d.Now())
	if err != nil {
		return found, fmt.Errorf("keep the broken %s aside: %w", d.name(), err)
	}
	if d.Broken != nil {
		d.Broken(kept, broken)
	}
	return found, nil
}

// read tells apart a file that cannot be read and one that cannot be understood.
func (d *Document[T]) read() (found T, broken, err error) {
	var none T
	data, err := ReadJSON(d.Path, d.max())
	switch {
	case errors.Is(err, fs.ErrNotExist):
		found, err = d.Decode([]byte("{}"))
		return found, nil, err
	case errors.Is(err, ErrTooLarge):
		broken = err
	case err != nil:
		return none, nil, fmt.Errorf("read %s: %w", d.name(), err)
	default:
		if found, broken = d.Decode(data); broken == nil {
			return found, nil, nil
		}
	}
	empty, err := d.Decode([]byte("{}"))
	return empty, broken, err
}
