// Package store keeps one small document for the sandbox: in memory, or in a
// file that several processes read and change at once.
//
// Every access takes a lock across goroutines and processes, reads the file,
// and writes it whole under a temporary name before moving it into place, so a
// process killed at any moment leaves either the old document or the new one.
// What is stored must hold no secret; that is for the caller to see to.
package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
	"github.com/natefinch/atomic"

	"cuelight/internal/localfile"
)

// maxFile bounds a document, in bytes: real ones have some kilobytes.
const maxFile = 4 << 20

// lockTimeout bounds the wait for whoever has the document locked.
const lockTimeout = 5 * time.Second

// Document is one JSON document of type T. It is safe for use by any number of
// goroutines and, when it has a file, processes.
type Document[T any] struct {
	// turn is a semaphore: one access at a time within the process.
	turn  chan struct{}
	path  string
	lock  *flock.Flock
	value T
	fresh func() T
	log   *slog.Logger
}

// Memory returns a document that lives as long as the process.
func Memory[T any](fresh func() T) *Document[T] {
	return &Document[T]{turn: make(chan struct{}, 1), fresh: fresh, value: fresh(), log: slog.New(slog.DiscardHandler)}
}

// Open returns the document in dir/name.json, made with fresh where there is
// none. The folder is made when missing, for this user alone. An empty dir
// means Memory.
func Open[T any](dir, name string, fresh func() T, log *slog.Logger) (*Document[T], error) {
	if dir == "" {
		return Memory(fresh), nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the sandbox's folder: %w", err)
	}
	path := filepath.Join(dir, name+".json")
	return &Document[T]{turn: make(chan struct{}, 1), path: path, lock: flock.New(path + ".lock"), fresh: fresh, log: log}, nil
}

// View calls look with a copy of the document; changes to it are discarded.
func (d *Document[T]) View(ctx context.Context, look func(*T)) error {
	return d.withLock(ctx, func() error {
		doc, err := d.read()
		if err != nil {
			return err
		}
		look(doc)
		return nil
	})
}

// Update calls change with the document and stores the result. Where change
// fails, nothing is stored and its error is returned as it is.
func (d *Document[T]) Update(ctx context.Context, change func(*T) error) error {
	return d.withLock(ctx, func() error {
		doc, err := d.read()
		if err != nil {
			return err
		}
		if err := change(doc); err != nil {
			return err
		}
		return d.write(doc)
	})
}

// Close closes the lock file.
func (d *Document[T]) Close() error {
	if d.lock == nil {
		return nil
	}
	return d.lock.Close()
}

func (d *Document[T]) withLock(ctx context.Context, do func() error) error {
	ctx, cancel := context.WithTimeout(ctx, lockTimeout)
	defer cancel()
	select {
	case d.turn <- struct{}{}:
		defer func() { <-d.turn }()
	case <-ctx.Done():
		return fmt.Errorf("lock the sandbox's state: %w", ctx.Err())
	}
	if d.lock == nil {
		return do()
	}
	if err := localfile.Check(d.lock.Path()); err != nil { // opening a pipe would wait for its other end
		return fmt.Errorf("lock the sandbox's state: %w", err)
	}
	if ok, err := d.lock.TryLockContext(ctx, 3*time.Millisecond); err != nil {
		return fmt.Errorf("lock the sandbox's state: %w", err)
	} else if !ok {
		return errors.New("lock the sandbox's state: held by another process")
	}
	defer func() {
		if err := d.lock.Unlock(); err != nil {
			d.log.Warn("sandbox state stays locked", "error", err)
		}
	}()
	return do()
}

// read returns a copy. Documents in memory pass through JSON too, so that tests
// notice what would not survive a file.
func (d *Document[T]) read() (*T, error) {
	doc := d.fresh()
	if d.lock == nil {
		raw, err := json.Marshal(d.value)
		if err != nil {
			return nil, fmt.Errorf("copy the sandbox's state: %w", err)
		}
		return &doc, json.Unmarshal(raw, &doc)
	}
	raw, err := localfile.Read(d.path, maxFile)
	if errors.Is(err, os.ErrNotExist) {
		return &doc, nil
	}
	if errors.Is(err, localfile.ErrTooLarge) {
		return d.setAside(err)
	}
	if err != nil {
		return nil, fmt.Errorf("read the sandbox's state: %w", err)
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		return d.setAside(err)
	}
	return &doc, nil
}

// setAside renames a file that cannot be read and starts with a new document: a
// sandbox that refuses to start would help nobody.
func (d *Document[T]) setAside(cause error) (*T, error) {
	broken := d.path + ".broken"
	d.log.Warn("sandbox state cannot be read and is set aside", "error", cause, "kept", broken)
	if err := atomic.ReplaceFile(d.path, broken); err != nil {
		return nil, fmt.Errorf("set broken sandbox state aside: %w", err)
	}
	doc := d.fresh()
	return &doc, nil
}

func (d *Document[T]) write(doc *T) error {
	if d.lock == nil {
		d.value = *doc
		return nil
	}
	raw, err := json.MarshalIndent(doc, "", "  ")
	if err != nil {
		return fmt.Errorf("encode the sandbox's state: %w", err)
	}
	if err := atomic.WriteFile(d.path, bytes.NewReader(raw)); err != nil {
		return fmt.Errorf("write the sandbox's state: %w", err)
	}
	return nil
}
